import { ClientFiles } from '../../connection/client-files';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { IKafkaTopic } from '../../access/kafka-topic';
import { DeliveryGuarantee } from './delivery-guarantee';
import { FlinkColumn, FlinkWatermark } from './flink-column';
import { ScanStartup } from './scan-startup';
import { sqlIdentifier, sqlString } from './sql-literal';
import { TableFormat } from './table-format';

/** What all tables on Kafka topics have in common. */
export interface KafkaTableCommonProps {
  /** The topic. */
  readonly topic: IKafkaTopic;
  /** How the job reaches the topic, and as whom. */
  readonly connection: KafkaConnection;
  /** The columns. */
  readonly columns: FlinkColumn[];
  /**
   * How far event time has come.
   *
   * @default - the table has no event time
   */
  readonly watermark?: FlinkWatermark;
  /** How values are written. */
  readonly valueFormat: TableFormat;
  /**
   * The consumer group whose offsets a job with checkpoints commits, so that others can see how far it is.
   *
   * @default - none: the job keeps its offsets for itself and needs no right on a group
   */
  readonly group?: string;
  /**
   * Whether the job ends when it has read what was there when it began.
   *
   * @default false
   */
  readonly bounded?: boolean;
  /**
   * Whether written records can be lost or doubled.
   *
   * @default DeliveryGuarantee.atLeastOnce()
   */
  readonly delivery?: DeliveryGuarantee;
  /**
   * Further settings of Kafka's client, such as `{ 'fetch.min.bytes': '1024' }`, without the `properties.` in front.
   * What follows from the connection is refused.
   *
   * @default - none
   */
  readonly clientProperties?: { [setting: string]: string };
  /**
   * Further options of the table, such as `{ 'sink.partitioner': 'round-robin' }`. What has a property here is refused.
   *
   * @default - none
   */
  readonly options?: { [option: string]: string };
}

/** A table on the records of a topic. */
export interface KafkaTableProps extends KafkaTableCommonProps {
  /**
   * How keys are written. Needs `keyFields`.
   *
   * @default - records have no key
   */
  readonly keyFormat?: TableFormat;
  /**
   * The columns that make up the key.
   *
   * @default - records have no key
   */
  readonly keyFields?: string[];
  /**
   * Where a job begins to read when it has no state of its own.
   *
   * @default ScanStartup.earliest()
   */
  readonly startup?: ScanStartup;
}

/** A table on the newest record of each key of a topic. */
export interface UpsertKafkaTableProps extends KafkaTableCommonProps {
  /** The columns that make up the key. */
  readonly primaryKey: string[];
  /** How keys are written. */
  readonly keyFormat: TableFormat;
}

/** @internal What each kind of table consists of. */
export type KafkaTableDetails =
  | ({ readonly connector: 'kafka' } & KafkaTableProps)
  | ({ readonly connector: 'upsert-kafka' } & UpsertKafkaTableProps);

/**
 * A table of Flink SQL on a Kafka topic. Its options follow from the connection; `FlinkSqlJob.addTable` names it.
 *
 * @see Apache Flink SQL connector for Kafka 4.0.1 and 5.0.0, KafkaConnectorOptions
 */
export class KafkaTable {
  /**
   * Every record is a row (connector `kafka`). A sink with `keyFormat` and `keyFields` writes records with a key.
   *
   * @param props the table
   */
  public static kafka(props: KafkaTableProps): KafkaTable {
    return new KafkaTable({ connector: 'kafka', ...props });
  }

  /**
   * The newest record of each key is a row, and a record without a value deletes it (connector `upsert-kafka`).
   *
   * Only a query whose result has the same key as the table, such as a GROUP BY, can be written to it by every version
   * of Flink: 2.3 refuses others without an ON CONFLICT clause, which older versions do not know. To write a plain
   * stream with a key, use `KafkaTable.kafka` with `keyFormat` and `keyFields`.
   *
   * @param props the table
   */
  public static upsertKafka(props: UpsertKafkaTableProps): KafkaTable {
    return new KafkaTable({ connector: 'upsert-kafka', ...props });
  }

  /** The topic. */
  public readonly topic: IKafkaTopic;
  /** How the job reaches the topic, and as whom. */
  public readonly connection: KafkaConnection;
  /** The consumer group whose offsets are committed; none if the job keeps them for itself. */
  public readonly group?: string;
  /** Whether written records can be lost or doubled. */
  public readonly delivery: DeliveryGuarantee;

  private constructor(
    /** @internal */
    public readonly _details: KafkaTableDetails,
  ) {
    this.topic = _details.topic;
    this.connection = _details.connection;
    this.group = _details.group;
    this.delivery = _details.delivery ?? DeliveryGuarantee.atLeastOnce();
  }

  /** The schema registries that the formats use. */
  public get registries(): ISchemaRegistry[] {
    return this._formats().flatMap(({ format }) => (format.registry ? [format.registry] : []));
  }

  /** @internal The formats, and what of a record each is for. */
  public _formats(): { readonly part: 'key' | 'value'; readonly format: TableFormat }[] {
    const { keyFormat, valueFormat } = this._details;
    return [
      ...(keyFormat ? [{ part: 'key' as const, format: keyFormat }] : []),
      { part: 'value' as const, format: valueFormat },
    ];
  }

  /** @internal Where reading begins; none for tables that always begin at the oldest record. */
  public _startup(): ScanStartup | undefined {
    return this._details.connector === 'kafka' ? (this._details.startup ?? ScanStartup.earliest()) : undefined;
  }

  /** @internal The settings of Kafka's client that follow from the connection. */
  public _connectionSettings(): Record<string, string> {
    return JavaClientSettings.render(this.connection, JavaClientClasses.FLINK_SQL_CONNECTOR);
  }

  /** @internal All options of the table, in the order they are written. */
  public _options(): Record<string, string> {
    const { connector, bounded, clientProperties = {}, options = {} } = this._details;
    const keyFields = this._details.connector === 'kafka' ? this._details.keyFields : undefined;
    return {
      connector,
      topic: this.topic.topicName,
      ...asProperties(this._connectionSettings()),
      ...(this.group === undefined ? {} : { 'properties.group.id': this.group }),
      ...(keyFields ? { 'key.fields': keyFields.join(';') } : {}),
      ...Object.fromEntries(this._formats().flatMap(({ part, format }) => Object.entries(format._options(part)))),
      ...this._startup()?._options(),
      ...(bounded ? { 'scan.bounded.mode': 'latest-offset' } : {}),
      ...this.delivery._options(),
      ...asProperties(clientProperties),
      ...options,
    };
  }

  /** @internal The CREATE TABLE statement as Flink sees it. */
  public _sql(name: string): string {
    const { columns, watermark } = this._details;
    const primaryKey = this._details.connector === 'upsert-kafka' ? this._details.primaryKey : [];
    const key = primaryKey.map(sqlIdentifier).join(', ');
    const schema = [
      ...columns.map((column) => column._sql()),
      ...(watermark ? [watermark._sql()] : []),
      ...(primaryKey.length > 0 ? [`PRIMARY KEY (${key}) NOT ENFORCED`] : []),
    ];
    const options = Object.entries(this._options()).map(
      ([option, value]) => `${sqlString(option)} = ${sqlString(value)}`,
    );
    return `CREATE TABLE ${sqlIdentifier(name)} (\n${indented(schema)}\n) WITH (\n${indented(options)}\n)`;
  }

  /** @internal Adds the files that the options speak of. */
  public _addFiles(files: ClientFiles): void {
    files.addConnection(this.connection);
    for (const { trust, credentials } of this.registries) {
      if (trust) files.addTrust(trust);
      // The format knows one file, and resolves no references.
      if (credentials?._details.kind === 'certificate') files.addKeyStore(credentials._details.certificate);
    }
  }
}

function asProperties(settings: { readonly [setting: string]: string }): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([setting, value]) => [`properties.${setting}`, value]));
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join(',\n');
}
