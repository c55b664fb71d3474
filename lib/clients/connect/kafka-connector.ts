import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { IKafkaUser } from '../../access/kafka-user';
import { JavaClientSettings } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { SecretKey } from '../../secrets/secret-key';
import { enforce } from '../../validation/rule';
import { ConnectConverter } from './connect-converter';
import { KafkaConnect } from './kafka-connect';
import { KAFKA_CONNECTOR_RULES } from './kafka-connector-rules';

/** Whether a connector works. */
export enum ConnectorState {
  RUNNING = 'running',
  /** It holds what it has, and does not work. */
  PAUSED = 'paused',
  /** It has let go of everything; its offsets may be changed. */
  STOPPED = 'stopped',
}

/** A connector of a Connect cluster. */
export interface KafkaConnectorProps {
  /** The Connect cluster. */
  readonly connect: KafkaConnect;
  /** The class of the connector, by its full name. */
  readonly connectorClass: string;
  /**
   * The name of the connector. The group of a sink is `connect-<name>`.
   *
   * @default - the construct's id
   */
  readonly connectorName?: string;
  /**
   * The number of tasks that it may be split into.
   *
   * @default 1
   */
  readonly tasksMax?: number;
  /**
   * The connector's own settings, without any secret.
   *
   * @default - none
   */
  readonly config?: { [setting: string]: any };
  /**
   * The connector's own settings whose values are secret. The workers read them from mounted files.
   *
   * @default - none
   */
  readonly secrets?: { [setting: string]: SecretKey };
  /**
   * How the connector reaches Kafka, if not as the workers do: as a user of its own.
   *
   * @default - that of the workers
   */
  readonly connection?: KafkaConnection;
  /**
   * How the keys of records are written.
   *
   * @default - as the workers do
   */
  readonly keyConverter?: ConnectConverter;
  /**
   * How the values of records are written.
   *
   * @default - as the workers do
   */
  readonly valueConverter?: ConnectConverter;
  /**
   * Whether the connector works.
   *
   * @default ConnectorState.RUNNING
   */
  readonly state?: ConnectorState;
  /**
   * Which version of the connector's plugin runs, as a version or a range such as `[1.0,2.0)`.
   *
   * @default - the newest that the workers have
   */
  readonly version?: string;
}

/** The clients of a connector that log in to Kafka. */
const OVERRIDES = ['producer.override.', 'consumer.override.', 'admin.override.'];

/** A connector: a source that writes to Kafka, or a sink that reads from it. */
export abstract class KafkaConnector extends Construct {
  /** The Connect cluster. */
  public readonly connect: KafkaConnect;
  /** The name of the connector. */
  public readonly connectorName: string;
  /** The class of the connector. */
  public readonly connectorClass: string;
  /** The number of tasks that it may be split into. */
  public readonly tasksMax: number;
  /** How the connector reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** Whether the connector works. */
  public readonly state: ConnectorState;
  /** Which version of its plugin runs; none for the newest. */
  public readonly version?: string;
  /** The resource that describes the connector, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: KafkaConnectorProps;
  /** @internal The settings that follow from the properties. */
  public readonly _derived: { readonly [setting: string]: string };

  /**
   * @param scope the scope
   * @param id the construct's id, and the connector's name if none is given
   * @param props the connector
   * @param settings what else follows for its kind
   */
  protected constructor(
    scope: Construct,
    id: string,
    props: KafkaConnectorProps,
    settings: { [setting: string]: string },
  ) {
    super(scope, id);
    this._props = props;
    this.connect = props.connect;
    this.connectorName = props.connectorName ?? id;
    this.connectorClass = props.connectorClass;
    this.tasksMax = props.tasksMax ?? 1;
    this.connection = props.connection ?? props.connect.connection;
    this.state = props.state ?? ConnectorState.RUNNING;
    this.version = props.version;
    this.bringFiles();
    this._derived = { ...settings, ...this.converterSettings(), ...this.overrideSettings(), ...this.secretSettings() };
    props.connect._register(this);
    this.apiObject = props.connect._addConnector(this);
    enforce(this, KAFKA_CONNECTOR_RULES, this);
  }

  /** @internal All settings but name, class, tasks and version. */
  public _settings(): { [setting: string]: any } {
    return { ...this._derived, ...this._props.config };
  }

  /** @internal Whether settings of the workers' clients are overridden. */
  public _overrides(): boolean {
    return Object.keys(this._settings()).some((setting) => OVERRIDES.some((prefix) => setting.startsWith(prefix)));
  }

  /** @internal Who is to be given the rights that the connector needs. */
  protected get _grantee(): IKafkaUser | undefined {
    return this.connection.grantee;
  }

  /** @internal Of which kind it is, for messages, and what it lacks. */
  public abstract _kindFaults(): string[];

  private bringFiles(): void {
    const { connect, _props: props } = this;
    for (const key of Object.values(props.secrets ?? {})) connect._files.addKey(key);
    for (const converter of [props.keyConverter, props.valueConverter]) {
      if (converter) connect._useConverter(converter);
    }
    if (!props.connection) return;
    connect._files.addCredentials(props.connection.credentials, connect._classes);
    props.connection.allowFromPods(connect._labels);
  }

  private converterSettings(): { [setting: string]: string } {
    const { keyConverter, valueConverter } = this._props;
    return this.placed({ ...keyConverter?._render('key'), ...valueConverter?._render('value') });
  }

  /** The login for every client of the connector. What it trusts is what the workers trust. */
  private overrideSettings(): { [setting: string]: string } {
    const { connection } = this._props;
    if (!connection) return {};
    const settings = Object.entries(JavaClientSettings.render(connection, this.connect._classes)).filter(
      ([setting]) => !/^(config\.providers|ssl\.truststore)\b/.test(setting),
    );
    return this.placed(
      Object.fromEntries(
        OVERRIDES.flatMap((prefix) => settings.map(([setting, value]) => [`${prefix}${setting}`, value])),
      ),
    );
  }

  private secretSettings(): { [setting: string]: string } {
    return Object.fromEntries(
      Object.entries(this._props.secrets ?? {}).map(([setting, key]) => [setting, this.connect._reference(key)]),
    );
  }

  private placed(settings: { [setting: string]: string }): { [setting: string]: string } {
    return Object.fromEntries(
      Object.entries(settings).map(([setting, value]) => [setting, this.connect._place(value)]),
    );
  }
}
