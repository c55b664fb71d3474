import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Does the work of data generator 0.1.0: sends sales records with an Avro schema that it registers. Everything it knows
 * of its surroundings comes from the environment: each KAFKA_NAME is a setting of the client, and REGISTRY_URL is where
 * the schema goes. Sends as many records as its argument says, or for ever without one.
 */
public class SalesGenerator {
  private static final String TOPIC = "flink.sales.records";
  private static final Schema SALES = SchemaBuilder.record("Sales").namespace("com.github.streamshub.kafka.data.generator.schema")
      .fields()
      .requiredString("user_id")
      .requiredString("product_id")
      .requiredString("invoice_id")
      .requiredString("quantity")
      .requiredString("unit_cost")
      .endRecord();

  public static void main(String[] args) throws Exception {
    long records = args.length > 0 ? Long.parseLong(args[0]) : Long.MAX_VALUE;
    Properties settings = new Properties();
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (!variable.getKey().startsWith("KAFKA_")) continue;
      settings.put(variable.getKey().substring("KAFKA_".length()).toLowerCase().replace('_', '.'), variable.getValue());
    }
    settings.put("key.serializer", StringSerializer.class.getName());
    settings.put("value.serializer", AvroKafkaSerializer.class.getName());
    settings.put("apicurio.registry.url", System.getenv("REGISTRY_URL"));
    settings.put("apicurio.registry.auto-register", "true");
    // What a Confluent client writes: a zero byte and the id of the content in four bytes.
    settings.put("apicurio.registry.headers.enabled", "false");
    settings.put("apicurio.registry.id-handler", "io.apicurio.registry.serde.Legacy4ByteIdHandler");
    settings.put("apicurio.registry.use-id", "contentId");
    try (KafkaProducer<String, GenericRecord> producer = new KafkaProducer<>(settings)) {
      for (long i = 1; i <= records; i++) {
        GenericRecord sale = new GenericData.Record(SALES);
        sale.put("user_id", "user-" + i);
        sale.put("product_id", "product-" + i);
        sale.put("invoice_id", "invoice-" + i);
        sale.put("quantity", Long.toString(i));
        sale.put("unit_cost", "£" + i);
        producer.send(new ProducerRecord<>(TOPIC, sale)).get(60, TimeUnit.SECONDS);
        System.out.println("sent " + i);
        Thread.sleep(Integer.getInteger("pause.ms", 50));
      }
    }
  }
}
