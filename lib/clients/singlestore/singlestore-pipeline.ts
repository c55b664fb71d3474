import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { IKafkaTopic } from '../../access/kafka-topic';
import { ConsumerGroup } from '../../access/named-resources';
import { KafkaConnection } from '../../connection/kafka-connection';
import { SecretKey } from '../../secrets/secret-key';
import { enforce } from '../../validation/rule';
import { sqlIdentifier } from '../flink/sql-literal';
import { READER_CONFIGS } from './engine-configs';
import { kafkaClause } from './kafka-clause';
import { PipelineFormat } from './pipeline-format';
import { PipelineTarget } from './pipeline-target';
import { SingleStoreEngine } from './singlestore-engine';
import { SINGLESTORE_PIPELINE_RULES } from './singlestore-pipeline-rules';
import { addStatementJob } from './statement-job';
import { STATEMENT_RULES } from './statement-rules';
import { withoutMarks } from './sql-text';

/** A pipeline from a topic into a table or procedure. */
export interface SingleStorePipelineProps {
  /** The SingleStore that reads. */
  readonly engine: SingleStoreEngine;
  /** The database that the pipeline belongs to. */
  readonly database: string;
  /** How the engine reaches Kafka. */
  readonly connection: KafkaConnection;
  /** The topic. */
  readonly topic: IKafkaTopic;
  /** Where the records go. */
  readonly into: PipelineTarget;
  /** How the records are read. */
  readonly format: PipelineFormat;
  /**
   * The name of the pipeline.
   *
   * @default - the construct's id
   */
  readonly pipelineName?: string;
  /**
   * The consumer group, for whoever watches it: the engine keeps its offsets by itself.
   *
   * @default - none, and no right on groups
   */
  readonly group?: string;
  /**
   * How long the engine waits between two batches.
   *
   * @default - the engine's own: 2.5 seconds
   */
  readonly batchInterval?: Duration;
  /**
   * Whether the pipeline is started.
   *
   * @default true
   */
  readonly start?: boolean;
  /**
   * Settings of librdkafka's consumer and of the engine beside those of the connection.
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
 * A pipeline that SingleStore reads from Kafka by: `CREATE OR REPLACE PIPELINE ... LOAD DATA KAFKA`.
 *
 * A Job runs the statement once the engine answers, over TLS. The statement is in a ConfigMap and holds marks where
 * passwords belong, which the Job fills from mounted Secrets. The user of the connection may read the topic.
 *
 * @see SingleStore 9.0, "CREATE PIPELINE"
 */
export class SingleStorePipeline extends Construct {
  /** The name of the pipeline. */
  public readonly pipelineName: string;
  /** The SingleStore that reads. */
  public readonly engine: SingleStoreEngine;
  /** How the engine reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** The statements, with `${path of a file}` in place of each secret. */
  public readonly statement: string;
  /** The Job, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: SingleStorePipelineProps;

  /**
   * @param scope the scope
   * @param id the construct's id, and the names of the pipeline and the Job if none are given
   * @param props the pipeline
   */
  public constructor(scope: Construct, id: string, props: SingleStorePipelineProps) {
    super(scope, id);
    const { engine, connection, topic, group, config = {}, keyPassword } = props;
    this._props = props;
    this.pipelineName = props.pipelineName ?? id;
    this.engine = engine;
    this.connection = connection;

    const registry = props.format._registry;
    const { lines, secrets, missing } = kafkaClause({
      engine,
      connection,
      topicName: topic.topicName,
      config: { ...(group === undefined ? {} : { 'group.id': group }), ...config },
      keyPassword,
      registry,
    });
    this.statement = this.render(lines);
    this.apiObject = addStatementJob(this, {
      name: props.jobName ?? id,
      namespace: connection.namespace,
      engine,
      database: props.database,
      sql: this.statement,
      secrets,
      repeatable: true,
      image: props.image,
    });

    engine._connect(connection, registry);
    this.grant();
    enforce(this, SINGLESTORE_PIPELINE_RULES, this);
    enforce(this, STATEMENT_RULES, {
      label: `pipeline '${this.pipelineName}'`,
      engine,
      connection,
      topic,
      config,
      known: READER_CONFIGS,
      keyPassword,
      identifiers: [
        { what: 'pipeline', name: this.pipelineName },
        { what: 'database', name: props.database },
        { what: 'table or procedure', name: props.into.name },
        ...props.format._columns.map((name) => ({ what: 'column', name })),
      ],
      missing,
    });
  }

  private render(kafka: readonly string[]): string {
    const { batchInterval, into, format, start = true } = this._props;
    const name = sqlIdentifier(this.pipelineName);
    const rest = [
      ...(batchInterval ? [`BATCH_INTERVAL ${batchInterval.toMilliseconds({ integral: false })}`] : []),
      into._render(),
      ...format._render(),
    ];
    return [
      withoutMarks(`CREATE OR REPLACE PIPELINE ${name} AS`),
      `LOAD DATA ${kafka.join('\n')}`,
      `${rest.map(withoutMarks).join('\n')};`,
      ...(start ? [withoutMarks(`START PIPELINE IF NOT RUNNING ${name};`)] : []),
      '',
    ].join('\n');
  }

  private grant(): void {
    const { topic, group } = this._props;
    const { grantee } = this.connection;
    if (!grantee) return;
    if (group === undefined) topic.grantRead(grantee);
    else topic.grantConsume(grantee, ConsumerGroup.literal(group));
  }
}
