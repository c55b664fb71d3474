import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { KafkaConnection } from '../../connection/kafka-connection';
import { namespaceOf } from '../../kubernetes/place';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { enforce, messagesOf } from '../../validation/rule';
import { addFlinkDeployment, flinkPodLabels } from './flink-deployment';
import { grantSink, grantSource } from './flink-grants';
import { FlinkJobProps, FlinkJobSettings, flinkJobSettings } from './flink-job-settings';
import { FLINK_SQL_JOB_RULES } from './flink-sql-job-rules';
import { FlinkSqlRunner } from './flink-sql-runner';
import { KafkaTable } from './kafka-table';
import { KAFKA_TABLE_RULES } from './kafka-table-rules';
import { sqlIdentifier, sqlString } from './sql-literal';
import { SqlScript, renderForRunner } from './sql-runner-dialect';

/** A table of a job: `job.addTable` gives one. */
export class FlinkTable {
  /** @internal */
  public static _of(name: string, table: KafkaTable): FlinkTable {
    return new FlinkTable(name, table);
  }

  private constructor(
    /** The name by which queries call the table. */
    public readonly name: string,
    /** The table. */
    public readonly table: KafkaTable,
  ) {}
}

/** An INSERT statement. */
export interface FlinkInsertProps {
  /** The table that is written to. */
  readonly into: FlinkTable;
  /** The tables that the query reads. */
  readonly from: FlinkTable[];
  /** The query in Flink SQL, such as `SELECT * FROM Sales`: the tables go by the names they have in the job. */
  readonly query: string;
}

/** A job of SQL statements. */
export interface FlinkSqlJobProps extends FlinkJobProps {
  /**
   * The image that runs the statements.
   *
   * @default FlinkSqlRunner.V0_4_0
   */
  readonly runner?: FlinkSqlRunner;
  /**
   * Settings of the SQL session, such as `{ 'table.exec.source.idle-timeout': '30 s' }`.
   *
   * @default - none
   */
  readonly sessionSettings?: { [setting: string]: string };
}

/**
 * A Flink job of SQL statements: a FlinkDeployment (`flink.apache.org/v1beta1`) with StreamsHub's SQL runner.
 *
 * Tables bring what they need: the files of their connections are mounted, listeners and registries are opened to the
 * job's pods, and the users of the connections get the rights for what is read and written. Several INSERT statements
 * run as one job.
 *
 * @see Flink Kubernetes operator 1.15.0, CRD flinkdeployments; streamshub/flink-sql 0.4.0
 */
export class FlinkSqlJob extends Construct {
  /** The name of the FlinkDeployment. */
  public readonly jobName: string;
  /** The namespace. */
  public readonly namespace: string;
  /** The image that runs the statements. */
  public readonly runner: FlinkSqlRunner;
  /** The labels of the job's pods, besides Flink's own. */
  public readonly podLabels: { [key: string]: string };
  /** The FlinkDeployment, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _settings: FlinkJobSettings;
  /** @internal */
  public readonly _sessionSettings: { readonly [setting: string]: string };
  private readonly ownTables: FlinkTable[] = [];
  private readonly ownInserts: FlinkInsertProps[] = [];
  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the job's name if none is given
   * @param props the job
   */
  public constructor(scope: Construct, id: string, props: FlinkSqlJobProps = {}) {
    super(scope, id);
    this.jobName = props.jobName ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.runner = props.runner ?? FlinkSqlRunner.V0_4_0;
    this.podLabels = flinkPodLabels(this.jobName);
    this._settings = flinkJobSettings(props);
    this._sessionSettings = props.sessionSettings ?? {};
    this.apiObject = addFlinkDeployment(this, {
      jobName: this.jobName,
      namespace: this.namespace,
      image: this.runner.image,
      flinkVersion: this.runner.flinkVersion,
      program: { jarUri: 'local:///opt/streamshub/flink-sql-runner.jar' },
      settings: this._settings,
      environment: () => ({ SQL_STATEMENTS: this._rendered() }),
      connections: () => this.connections(),
      files: () => this.files(),
      peers: () => this.peers,
    });
    enforce(this, FLINK_SQL_JOB_RULES, this);
    this.node.addValidation({ validate: () => this.tableFaults() });
  }

  /**
   * Names a table, and opens what it connects to.
   *
   * @param name the name by which queries call the table
   * @param table the table
   */
  public addTable(name: string, table: KafkaTable): FlinkTable {
    const named = FlinkTable._of(name, table);
    this.ownTables.push(named);
    table.connection.allowFromPods(this.podLabels);
    for (const registry of table.registries) registry.allowFromPods(this.podLabels, this.namespace);
    return named;
  }

  /**
   * Adds an INSERT statement, and gives the users of the connections the rights that it needs.
   *
   * @param props what is written where
   */
  public insert(props: FlinkInsertProps): void {
    this.ownInserts.push(props);
    for (const { table } of props.from) {
      grantSource({
        topic: table.topic,
        connection: table.connection,
        group: table.group,
        commitsOffsets: this._settings.checkpointing !== undefined,
        startsAtOffsets: table._startup()?._details.kind === 'group',
      });
    }
    const { topic, connection, delivery } = props.into.table;
    grantSink({ topic, connection, transactionalIdPrefix: delivery._transactions?.transactionalIdPrefix });
  }

  /**
   * Lets somebody besides the operator reach Flink's REST API and web interface, which ask for no credentials.
   *
   * @param peer who may connect
   */
  public allowRestFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  /** The tables, in the order they were added. */
  public get tables(): FlinkTable[] {
    return [...this.ownTables];
  }

  /** The statements as Flink sees them, without semicolons. Several INSERT statements run as one statement set. */
  public get statements(): string[] {
    const { statements, inserts } = this._script();
    return [...statements, ...inserts];
  }

  /** @internal The INSERT statements. */
  public _inserts(): readonly FlinkInsertProps[] {
    return this.ownInserts;
  }

  /** @internal The statements. */
  public _script(): SqlScript {
    const settings = Object.entries(this._sessionSettings);
    return {
      statements: [
        ...settings.map(([setting, value]) => `SET ${sqlString(setting)} = ${sqlString(value)}`),
        ...this.ownTables.map(({ name, table }) => table._sql(name)),
      ],
      inserts: this.ownInserts.map(({ into, query }) => `INSERT INTO ${sqlIdentifier(into.name)}\n${query.trim()}`),
    };
  }

  /** @internal The statements as the runner reads them. */
  public _rendered(): string {
    return renderForRunner(this._script());
  }

  private connections(): KafkaConnection[] {
    return [...new Set(this.ownTables.map(({ table }) => table.connection))];
  }

  private files(): ClientFiles {
    const files = new ClientFiles();
    for (const { table } of this.ownTables) table._addFiles(files);
    return files;
  }

  private tableFaults(): string[] {
    const { runner, namespace, _settings: settings } = this;
    const files = this.files();
    return this.ownTables.flatMap(({ name, table }) =>
      messagesOf(KAFKA_TABLE_RULES, { name, table, runner, settings, namespace, files }),
    );
  }
}
