import { keyStorePath, trustPath } from '../../connection/client-files';
import { ISchemaRegistry } from '../../connection/schema-registry';

/**
 * How the key or the value of records is written.
 *
 * @see Apache Flink 2.1, "Formats" of the Table API connectors
 */
export class TableFormat {
  /**
   * Avro with its schema in a registry, in Confluent's wire format.
   *
   * @param registry the registry
   * @param options further options of the format, such as `{ subject: 'sales' }`
   */
  public static avroConfluent(registry: ISchemaRegistry, options: { [option: string]: string } = {}): TableFormat {
    return new TableFormat('avro-confluent', options, registry);
  }

  /**
   * Comma-separated values.
   *
   * @param options options of the format, such as `{ 'ignore-parse-errors': 'true' }`
   */
  public static csv(options: { [option: string]: string } = {}): TableFormat {
    return new TableFormat('csv', options);
  }

  /**
   * JSON.
   *
   * @param options options of the format, such as `{ 'timestamp-format.standard': 'ISO-8601' }`
   */
  public static json(options: { [option: string]: string } = {}): TableFormat {
    return new TableFormat('json', options);
  }

  /**
   * One column as it is.
   *
   * @param options options of the format
   */
  public static raw(options: { [option: string]: string } = {}): TableFormat {
    return new TableFormat('raw', options);
  }

  /**
   * Any other format that the image has.
   *
   * @param name the format's name in Flink SQL, such as `debezium-json`
   * @param options options of the format
   */
  public static of(name: string, options: { [option: string]: string } = {}): TableFormat {
    return new TableFormat(name, options);
  }

  private constructor(
    /** The format's name in Flink SQL. */
    public readonly name: string,
    /** @internal The options that the user gave. */
    public readonly _given: { readonly [option: string]: string },
    /** The registry with the schemas; none if the format has no use for one. */
    public readonly registry?: ISchemaRegistry,
  ) {}

  /** @internal What the format itself sets, without the table's `key.` or `value.` and the format's name. */
  public _own(): Record<string, string> {
    if (!this.registry) return {};
    const { confluentUrl, trust, credentials } = this.registry;
    const details = credentials?._details;
    return {
      url: confluentUrl,
      ...(trust
        ? {
            'ssl.truststore.location': trustPath(trust),
            // The format has no option for the type, and the registry's client would read a PEM file as JKS.
            'properties.schema.registry.ssl.truststore.type': 'PEM',
          }
        : {}),
      ...(details?.kind === 'certificate'
        ? {
            'ssl.keystore.location': keyStorePath(details.certificate),
            'properties.schema.registry.ssl.keystore.type': 'PEM',
          }
        : {}),
    };
  }

  /** @internal The options of a table for its key or value. */
  public _options(part: 'key' | 'value'): Record<string, string> {
    const options = { ...this._own(), ...this._given };
    return {
      [`${part}.format`]: this.name,
      ...Object.fromEntries(
        Object.entries(options).map(([option, value]) => [`${part}.${this.name}.${option}`, value]),
      ),
    };
  }
}
