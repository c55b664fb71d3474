import { JavaRegistrySettings } from '../../connection/java-registry-settings';
import { ISchemaRegistry } from '../../connection/schema-registry';

/**
 * How the key or the value of records is turned into bytes and back.
 *
 * @see Apache Kafka 4.3.1, docs/connect.html, "Configuring connectors"
 */
export class ConnectConverter {
  /** Text. */
  public static string(): ConnectConverter {
    return new ConnectConverter('org.apache.kafka.connect.storage.StringConverter', {});
  }

  /** Bytes as they are. */
  public static byteArray(): ConnectConverter {
    return new ConnectConverter('org.apache.kafka.connect.converters.ByteArrayConverter', {});
  }

  /**
   * JSON.
   *
   * @param schemas whether each record brings its schema along; not, if left out
   */
  public static json(schemas: boolean = false): ConnectConverter {
    return new ConnectConverter('org.apache.kafka.connect.json.JsonConverter', { 'schemas.enable': String(schemas) });
  }

  /**
   * Avro with its schema in a registry, in Confluent's wire format. Strimzi's image does not have the converter: add it as
   * a plugin.
   *
   * @param registry the registry
   */
  public static avro(registry: ISchemaRegistry): ConnectConverter {
    return new ConnectConverter('io.confluent.connect.avro.AvroConverter', {}, registry);
  }

  /**
   * Protobuf with its schema in a registry, in Confluent's wire format.
   *
   * @param registry the registry
   */
  public static protobuf(registry: ISchemaRegistry): ConnectConverter {
    return new ConnectConverter('io.confluent.connect.protobuf.ProtobufConverter', {}, registry);
  }

  /**
   * JSON with its schema in a registry, in Confluent's wire format.
   *
   * @param registry the registry
   */
  public static jsonSchema(registry: ISchemaRegistry): ConnectConverter {
    return new ConnectConverter('io.confluent.connect.json.JsonSchemaConverter', {}, registry);
  }

  /**
   * Any other converter that the workers have.
   *
   * @param converterClass the name of its class
   * @param settings its settings, without `key.converter.` or `value.converter.`
   */
  public static of(converterClass: string, settings: { [setting: string]: string } = {}): ConnectConverter {
    return new ConnectConverter(converterClass, settings);
  }

  private constructor(
    /** The name of the converter's class. */
    public readonly converterClass: string,
    /** @internal */
    public readonly _settings: { readonly [setting: string]: string },
    /** The registry with the schemas; none if the converter has no use for one. */
    public readonly registry?: ISchemaRegistry,
  ) {}

  /** @internal The settings of a worker or connector, for its `key` or `value`. */
  public _render(part: 'key' | 'value'): { [setting: string]: string } {
    const prefix = `${part}.converter.`;
    return {
      [`${part}.converter`]: this.converterClass,
      ...(this.registry ? JavaRegistrySettings.forSerializer(this.registry, prefix) : {}),
      ...Object.fromEntries(Object.entries(this._settings).map(([setting, value]) => [`${prefix}${setting}`, value])),
    };
  }
}
