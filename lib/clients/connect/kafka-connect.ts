import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClientFiles } from '../../connection/client-files';
import { JavaClientClasses } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { REGISTRY_CLIENT_RULES } from '../../connection/registry-client-rules';
import { providerSettings, secretReference } from '../../connection/secret-references';
import { PLACE_RULES } from '../../kubernetes/place';
import { SecretKey } from '../../secrets/secret-key';
import { ResourceProps } from '../../kubernetes/resources';
import { enforce } from '../../validation/rule';
import { ConnectConverter } from './connect-converter';
import { ConnectStorage, addStorageTopics, grantWorkers, storageSettings } from './connect-storage';
import type { KafkaConnector } from './kafka-connector';
import { KAFKA_CONNECT_RULES } from './kafka-connect-rules';

/** The workers of a Connect cluster, whoever runs them. */
export interface KafkaConnectProps {
  /** How the workers reach Kafka, and by default their connectors, too. */
  readonly connection: KafkaConnection;
  /**
   * The name of the Connect cluster.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The group in which the workers share out their work. Each Connect cluster needs one of its own.
   *
   * @default - the name of the Connect cluster
   */
  readonly groupId?: string;
  /**
   * The topic with the configuration of the connectors.
   *
   * @default - `<name>-configs`
   */
  readonly configTopic?: string;
  /**
   * The topic that says how far source connectors have got.
   *
   * @default - `<name>-offsets`
   */
  readonly offsetTopic?: string;
  /**
   * The topic that says how connectors and tasks are.
   *
   * @default - `<name>-status`
   */
  readonly statusTopic?: string;
  /**
   * Whether the records of source connectors and how far they have got are written in one transaction.
   *
   * @default false
   */
  readonly exactlyOnceSource?: boolean;
  /**
   * How the keys of records are written, unless a connector says otherwise.
   *
   * @default ConnectConverter.json()
   */
  readonly keyConverter?: ConnectConverter;
  /**
   * How the values of records are written, unless a connector says otherwise.
   *
   * @default ConnectConverter.json()
   */
  readonly valueConverter?: ConnectConverter;
  /**
   * The number of workers.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Further settings of the workers, such as `offset.flush.interval.ms`.
   *
   * @default - those of Kafka
   */
  readonly config?: { [setting: string]: any };
  /**
   * What each worker asks for and gets at most.
   *
   * @default - 500 to 2000 millicores and 2 GiB
   */
  readonly resources?: ResourceProps;
}

/**
 * A Connect cluster: workers that run connectors.
 *
 * The user of the connection is given what the workers need for themselves: their three topics, their group and, with
 * exactly-once delivery, their transactions. What a connector needs is granted by the connector.
 */
export abstract class KafkaConnect extends Construct {
  /** The name of the Connect cluster. */
  public readonly connectName: string;
  /** How the workers reach Kafka. */
  public readonly connection: KafkaConnection;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** The group of the workers. */
  public readonly groupId: string;
  /** The topic with the configuration of the connectors. */
  public readonly configTopic: string;
  /** The topic that says how far source connectors have got. */
  public readonly offsetTopic: string;
  /** The topic that says how connectors and tasks are. */
  public readonly statusTopic: string;
  /** Whether the records of source connectors and how far they have got are written in one transaction. */
  public readonly exactlyOnceSource: boolean;
  /** The number of workers. */
  public readonly replicas: number;
  /** The resource that runs the workers, for what has no property here. */
  public abstract readonly apiObject: ApiObject;

  /** @internal The files of the connectors and converters, in the terms of `ClientFiles`. */
  public readonly _files = new ClientFiles();
  /** @internal */
  public readonly _config: { readonly [setting: string]: any };
  private readonly converters: { readonly key: ConnectConverter; readonly value: ConnectConverter };
  private readonly ownConnectors: KafkaConnector[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the name if none is given
   * @param props the workers
   */
  protected constructor(scope: Construct, id: string, props: KafkaConnectProps) {
    super(scope, id);
    this.connectName = props.name ?? id;
    this.connection = props.connection;
    this.namespace = props.connection.namespace;
    this.groupId = props.groupId ?? this.connectName;
    this.configTopic = props.configTopic ?? `${this.connectName}-configs`;
    this.offsetTopic = props.offsetTopic ?? `${this.connectName}-offsets`;
    this.statusTopic = props.statusTopic ?? `${this.connectName}-status`;
    this.exactlyOnceSource = props.exactlyOnceSource ?? false;
    this.replicas = props.replicas ?? 1;
    this._config = props.config ?? {};
    this.converters = {
      key: props.keyConverter ?? ConnectConverter.json(),
      value: props.valueConverter ?? ConnectConverter.json(),
    };
    addStorageTopics(this, this.connection, this._storage());
    grantWorkers(this.connection, this._storage(), this.groupId, this.exactlyOnceSource);
    for (const converter of Object.values(this.converters)) this._useConverter(converter);
    enforce(this, PLACE_RULES, this);
    enforce(this, KAFKA_CONNECT_RULES, this);
  }

  /** @internal Where the workers have Kafka's classes. */
  public abstract get _classes(): JavaClientClasses;

  /** @internal The labels of the workers' pods. */
  public abstract get _labels(): { [label: string]: string };

  /** @internal The text with the paths of files as the workers have them. */
  public abstract _place(text: string): string;

  /** @internal The resource that describes a connector. */
  public abstract _addConnector(connector: KafkaConnector): ApiObject;

  /** @internal Why the workers cannot have such a connector; nothing if they can. */
  public abstract _connectorFaults(connector: KafkaConnector): string[];

  /** @internal Settings that whoever runs the workers keeps to itself, by the beginnings of their names. */
  public abstract get _reserved(): readonly string[];

  /** @internal */
  public _storage(): ConnectStorage {
    return { configTopic: this.configTopic, offsetTopic: this.offsetTopic, statusTopic: this.statusTopic };
  }

  /** @internal Takes note of a connector. */
  public _register(connector: KafkaConnector): void {
    this.ownConnectors.push(connector);
  }

  /** @internal */
  public _connectors(): readonly KafkaConnector[] {
    return this.ownConnectors;
  }

  /** @internal Brings what a converter needs to the workers. */
  public _useConverter(converter: ConnectConverter): void {
    const { registry } = converter;
    if (!registry) return;
    this._files.addRegistry(registry);
    registry.allowFromPods(this._labels, this.namespace);
    const label = `Kafka Connect '${this.connectName}'`;
    enforce(this, REGISTRY_CLIENT_RULES, { label, namespace: this.namespace, registry });
  }

  /** @internal A reference to a secret value, for a setting of a connector. */
  public _reference(key: SecretKey): string {
    return this._place(secretReference(key));
  }

  /** @internal The settings of the workers that follow from the properties, but for address, login and listener. */
  public _derived(): { [setting: string]: string } {
    const overridden = this.ownConnectors.some((connector) => connector._overrides());
    const settings = {
      ...storageSettings(this.connection),
      ...this.converters.key._render('key'),
      ...this.converters.value._render('value'),
      ...(this.exactlyOnceSource ? { 'exactly.once.source.support': 'enabled' } : {}),
      // Whoever may post a connector could otherwise have it log in as somebody else.
      'connector.client.config.override.policy': overridden ? 'All' : 'None',
    };
    return Object.fromEntries(Object.entries(settings).map(([setting, value]) => [setting, this._place(value)]));
  }

  /** @internal What lets the workers read the secret values that they and their connectors refer to. */
  public _providers(): { [setting: string]: string } {
    return providerSettings(
      Object.fromEntries(
        [this._derived(), ...this.ownConnectors.map((connector) => connector._derived)]
          .flatMap((settings) => Object.values(settings))
          .map((value, index) => [String(index), value]),
      ),
    );
  }

  /** @internal The settings that the user gives win over those that follow. */
  public _workerSettings(): { [setting: string]: any } {
    return { ...this._derived(), ...this._providers(), ...this._config };
  }
}
