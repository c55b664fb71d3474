import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { IKafkaTopic } from '../../access/kafka-topic';
import { KafkaConnection } from '../../connection/kafka-connection';
import { SecretKey } from '../../secrets/secret-key';
import { enforce } from '../../validation/rule';
import { WRITER_CONFIGS } from './engine-configs';
import { kafkaClause } from './kafka-clause';
import { SingleStoreEngine } from './singlestore-engine';
import { SINGLESTORE_EXPORT_RULES } from './singlestore-export-rules';
import { addStatementJob } from './statement-job';
import { STATEMENT_RULES } from './statement-rules';
import { withoutMarks } from './sql-text';

/** The rows of a query on their way into a topic. */
export interface SingleStoreExportProps {
  /** The SingleStore that writes. */
  readonly engine: SingleStoreEngine;
  /** The database that the query is about. */
  readonly database: string;
  /** The query, without a semicolon at its end: `SELECT TO_JSON(sales.*) FROM sales`. */
  readonly query: string;
  /** How the engine reaches Kafka. Not by OAUTHBEARER, which exports do not know. */
  readonly connection: KafkaConnection;
  /** The topic. */
  readonly topic: IKafkaTopic;
  /**
   * The column of the query that is the key of the records.
   *
   * @default - none: records have no key
   */
  readonly keyColumn?: string;
  /**
   * Settings of librdkafka's producer and of the engine beside those of the connection.
   *
   * @default - none
   */
  readonly config?: { [setting: string]: string };
  /**
   * The password of the private key, if it is encrypted.
   *
   * @default - none
   */
  readonly keyPassword?: SecretKey;
  /**
   * The name of the Job and of the ConfigMap with its statement.
   *
   * @default - the construct's id
   */
  readonly jobName?: string;
  /**
   * The image of the Job, by version or digest: it needs `mariadb`, `sh` and `awk`.
   *
   * @default - MariaDB 11.8.3
   */
  readonly image?: string;
}

/**
 * An export from SingleStore into Kafka: `SELECT ... INTO KAFKA`, once.
 *
 * A Job runs the statement when the engine answers, over TLS. The rows would be in the topic twice if it ran again, so a
 * failure after that is left to people. The user of the connection may write to the topic.
 *
 * @see SingleStore 9.0, "SELECT"
 */
export class SingleStoreExport extends Construct {
  /** The SingleStore that writes. */
  public readonly engine: SingleStoreEngine;
  /** How the engine reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** The statement, with `${path of a file}` in place of each secret. */
  public readonly statement: string;
  /** The Job, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: SingleStoreExportProps;

  /**
   * @param scope the scope
   * @param id the construct's id, and the name of the Job if none is given
   * @param props the export
   */
  public constructor(scope: Construct, id: string, props: SingleStoreExportProps) {
    super(scope, id);
    const { engine, connection, topic, query, keyColumn, config = {}, keyPassword } = props;
    this._props = props;
    this.engine = engine;
    this.connection = connection;

    const { lines, secrets, missing } = kafkaClause({
      engine,
      connection,
      topicName: topic.topicName,
      config,
      keyPassword,
    });
    const key = keyColumn === undefined ? [] : [withoutMarks(`KAFKA KEY "${keyColumn.replace(/[\\"]/g, '\\$&')}"`)];
    this.statement = `${[withoutMarks(query), `INTO ${lines.join('\n')}`, ...key].join('\n')};\n`;
    this.apiObject = addStatementJob(this, {
      name: props.jobName ?? id,
      namespace: connection.namespace,
      engine,
      database: props.database,
      sql: this.statement,
      secrets,
      repeatable: false,
      image: props.image,
    });

    engine._connect(connection);
    if (connection.grantee) topic.grantProduce(connection.grantee);
    enforce(this, SINGLESTORE_EXPORT_RULES, this);
    enforce(this, STATEMENT_RULES, {
      label: `export '${id}'`,
      engine,
      connection,
      topic,
      config,
      known: WRITER_CONFIGS,
      keyPassword,
      identifiers: [
        { what: 'database', name: props.database },
        ...(keyColumn === undefined ? [] : [{ what: 'column', name: keyColumn }]),
      ],
      missing,
    });
  }
}
