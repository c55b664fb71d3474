import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka clients on request: one request in JSON a line, one answer in JSON a line. */
public class Probe {
  private static final ObjectMapper JSON = new ObjectMapper();

  public static void main(String[] args) throws Exception {
    PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    // Whatever a library prints must not come between the answers.
    System.setOut(System.err);
    ExecutorService workers = Executors.newFixedThreadPool(Integer.getInteger("probe.threads", 4));
    BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line; (line = requests.readLine()) != null; ) {
      JsonNode request = JSON.readTree(line);
      workers.submit(() -> {
        ObjectNode answer = answerTo(request);
        synchronized (answers) {
          answers.println(answer);
          answers.flush();
        }
      });
    }
    workers.shutdownNow();
    System.exit(0);
  }

  private static ObjectNode answerTo(JsonNode request) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("id", request.get("id"));
    ArrayNode errors = answer.putArray("errors");
    try {
      answer.set("records", JSON.valueToTree(perform(request)));
    } catch (Throwable failure) {
      Set<Throwable> seen = new HashSet<>();
      for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
        if (!(cause instanceof ExecutionException)) errors.add(cause.getClass().getName() + ": " + cause.getMessage());
      }
    }
    return answer;
  }

  private static List<String> perform(JsonNode request) throws Exception {
    Map<String, Object> settings = settings(request);
    long limit = request.path("limit").asLong(20_000);
    String topic = request.path("topic").asText();
    switch (request.get("operation").asText()) {
      case "produce":
        return produce(settings, topic, texts(request.get("values")), limit);
      case "consume":
        return consume(settings, topic, request.get("count").asInt(), limit);
      case "transact":
        return transact(settings, topic, limit);
      case "createTopics":
        return createTopics(settings, request.get("topics"), limit);
      case "deleteTopic":
        return administer(settings, limit, admin -> admin.deleteTopics(List.of(topic)).all().get(limit, TimeUnit.MILLISECONDS));
      case "describeConfigs":
        return administer(settings, limit, admin ->
            admin.describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic))).all().get(limit, TimeUnit.MILLISECONDS));
      case "describeCluster":
        return administer(settings, limit, admin -> admin.describeCluster().nodes().get(limit, TimeUnit.MILLISECONDS));
      case "unknownSettings":
        return unknownSettings(request);
      case "createPasswords":
        return createPasswords(settings, request.get("users"), limit);
      case "createAcls":
        return administer(settings, limit, admin -> admin.createAcls(acls(request)).all().get(limit, TimeUnit.MILLISECONDS));
      case "deleteAcls":
        return administer(settings, limit, admin ->
            admin.deleteAcls(acls(request).stream().map(AclBinding::toFilter).toList()).all().get(limit, TimeUnit.MILLISECONDS));
      default:
        throw new IllegalArgumentException(request.get("operation").asText());
    }
  }

  private static List<String> produce(Map<String, Object> settings, String topic, List<String> values, long limit)
      throws Exception {
    settings.put("max.block.ms", Long.toString(limit));
    settings.put("linger.ms", "0");
    settings.put("delivery.timeout.ms", Long.toString(limit));
    settings.put("request.timeout.ms", Long.toString(limit));
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>(topic, value, value)).get(limit, TimeUnit.MILLISECONDS);
      }
    }
    return values;
  }

  /** Reads until there are as many records as wanted, all from the beginning; as a group if the settings name one. */
  private static List<String> consume(Map<String, Object> settings, String topic, int count, long limit) {
    boolean alone = !settings.containsKey("group.id");
    settings.put("auto.offset.reset", "earliest");
    // What a group has read is read again the next time.
    settings.put("enable.auto.commit", "false");
    settings.put("default.api.timeout.ms", Long.toString(limit));
    settings.put("request.timeout.ms", Long.toString(limit));
    List<String> values = new ArrayList<>();
    long end = System.currentTimeMillis() + limit;
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      if (alone) {
        // Asks for the topic's partitions as Flink's source does, so that a missing right shows at once.
        Collection<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition())).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
      } else {
        consumer.subscribe(List.of(topic));
      }
      while (values.size() < count && System.currentTimeMillis() < end) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) values.add(record.value());
      }
    }
    if (values.size() < count) throw new TimeoutException("consumed " + values.size() + " of " + count);
    return values;
  }

  private static List<String> transact(Map<String, Object> settings, String topic, long limit) throws Exception {
    settings.put("max.block.ms", Long.toString(limit));
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(new ProducerRecord<>(topic, "transaction")).get(limit, TimeUnit.MILLISECONDS);
      producer.commitTransaction();
    }
    return List.of();
  }

  private static List<String> createTopics(Map<String, Object> settings, JsonNode topics, long limit) throws Exception {
    List<NewTopic> made = new ArrayList<>();
    for (JsonNode topic : topics) {
      Map<String, String> configs = new HashMap<>();
      topic.path("config").fields().forEachRemaining(entry -> configs.put(entry.getKey(), entry.getValue().asText()));
      made.add(new NewTopic(topic.get("name").asText(), topic.path("partitions").asInt(1), (short) 1).configs(configs));
    }
    return administer(settings, limit, admin -> admin.createTopics(made).all().get(limit, TimeUnit.MILLISECONDS));
  }

  private static List<String> createPasswords(Map<String, Object> settings, JsonNode users, long limit) throws Exception {
    return administer(settings, limit, admin -> {
      for (JsonNode user : users) {
        ScramCredentialInfo info = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(
            List.of(new UserScramCredentialUpsertion(user.get("name").asText(), info, user.get("password").asText())))
            .all().get(limit, TimeUnit.MILLISECONDS);
      }
    });
  }

  private static List<AclBinding> acls(JsonNode request) {
    List<AclBinding> bindings = new ArrayList<>();
    for (JsonNode acl : request.get("acls")) {
      ResourcePattern resource = new ResourcePattern(
          ResourceType.valueOf(acl.get("type").asText()),
          acl.get("name").asText(),
          PatternType.valueOf(acl.get("pattern").asText()));
      bindings.add(new AclBinding(resource, new AccessControlEntry(
          acl.get("principal").asText(),
          acl.get("host").asText(),
          AclOperation.valueOf(acl.get("operation").asText()),
          AclPermissionType.valueOf(acl.get("permission").asText()))));
    }
    return bindings;
  }

  private interface Administration {
    void accept(Admin admin) throws Exception;
  }

  private static List<String> administer(Map<String, Object> settings, long limit, Administration work) throws Exception {
    settings.put("default.api.timeout.ms", Long.toString(limit));
    settings.put("request.timeout.ms", Long.toString(limit));
    try (Admin admin = Admin.create(settings)) {
      work.accept(admin);
    }
    return List.of();
  }

  private static Map<String, Object> settings(JsonNode request) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("reconnect.backoff.max.ms", "500");
    settings.put("client.id", "probe-" + request.get("id").asText());
    request.get("settings").fields().forEachRemaining(entry -> settings.put(entry.getKey(), entry.getValue().asText()));
    return settings;
  }

  /** The settings that are none of a producer, of a consumer and of an administrator. */
  private static List<String> unknownSettings(JsonNode request) {
    List<String> unknown = new ArrayList<>();
    request.get("settings").fieldNames().forEachRemaining(name -> {
      boolean known = ProducerConfig.configNames().contains(name)
          && ConsumerConfig.configNames().contains(name)
          && AdminClientConfig.configNames().contains(name);
      if (!known) unknown.add(name);
    });
    return unknown;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array) texts.add(text.asText());
    return texts;
  }
}
