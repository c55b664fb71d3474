import { ApiObject, Lazy, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { isDnsSubdomain } from '../../kubernetes/names';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { ResourceProps, renderResources } from '../../kubernetes/resources';
import { addWorkloadPolicy } from '../../kubernetes/workload-policy';
import { KafkaVersion } from '../../strimzi/kafka-version';
import { enforce } from '../../validation/rule';
import { STRIMZI_CLIENT_RULES } from '../strimzi/strimzi-client-rules';
import {
  StrimziClient,
  belowMnt,
  renderJvmOptions,
  renderStrimziTemplate,
  strimziClient,
} from '../strimzi/strimzi-client';
import { ConnectBuild, renderBuild } from './connect-build';
import { KafkaConnect, KafkaConnectProps } from './kafka-connect';
import { ConnectorState, KafkaConnector } from './kafka-connector';
import { STRIMZI_KAFKA_CONNECT_RULES } from './strimzi-kafka-connect-rules';

const REST_PORT = 8083;

/** What each worker asks for and gets at most. */
const RESOURCES: ResourceProps = { cpuRequest: Cpu.millis(500), cpuLimit: Cpu.units(2), memory: Size.gibibytes(2) };

/** Workers that Strimzi runs. */
export interface StrimziKafkaConnectProps extends KafkaConnectProps {
  /**
   * The version of Kafka that the workers are of.
   *
   * @default - Strimzi's default
   */
  readonly version?: KafkaVersion;
  /**
   * An image with the plugins of the connectors, by version or digest. It must be made from Strimzi's image.
   *
   * @default - Strimzi's image, with few plugins
   */
  readonly image?: string;
  /**
   * Has Strimzi build an image with the plugins of the connectors.
   *
   * @default - nothing is built
   */
  readonly imageBuild?: ConnectBuild;
}

/**
 * A Connect cluster that Strimzi runs: a KafkaConnect resource (`kafka.strimzi.io/v1`), whose connectors are
 * KafkaConnector resources.
 *
 * The workers' REST interface has neither encryption nor login. Strimzi's NetworkPolicy opens it to its operator and to
 * the workers alone.
 *
 * @see Strimzi 1.2.0, install/cluster-operator/041-Crd-kafkaconnect.yaml
 */
export class StrimziKafkaConnect extends KafkaConnect {
  public readonly apiObject: ApiObject;
  /** The image with the plugins; none for Strimzi's. */
  public readonly image?: string;

  /** @internal */
  public readonly _build?: ConnectBuild;
  private readonly client: StrimziClient;
  private readonly resources: ResourceProps;
  private readonly version?: KafkaVersion;
  private restPeers?: NetworkPeer[];

  /**
   * @param scope the scope
   * @param id the construct's id, and the resource's name if none is given
   * @param props the workers
   */
  public constructor(scope: Construct, id: string, props: StrimziKafkaConnectProps) {
    super(scope, id, props);
    this.image = props.image;
    this._build = props.imageBuild;
    this.version = props.version;
    this.resources = props.resources ?? RESOURCES;
    this.client = strimziClient(this.connection);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaConnect',
      metadata: {
        name: this.connectName,
        namespace: this.namespace,
        annotations: { 'strimzi.io/use-connector-resources': 'true' },
      },
      spec: Lazy.any({ produce: () => this.render() }) as object,
    });
    this.connection.allowFromPods(this._labels);
    const label = `Kafka Connect '${this.connectName}'`;
    const files = [this.client.files, this._files];
    enforce(this, STRIMZI_CLIENT_RULES, { label, connection: this.connection, files });
    enforce(this, STRIMZI_KAFKA_CONNECT_RULES, this);
  }

  /** The host name and port of the REST interface, for those that `allowRestFrom()` lets in. */
  public get restAddress(): string {
    return `${this.connectName}-connect-api.${this.namespace}.svc:${REST_PORT}`;
  }

  /**
   * Opens the workers' REST interface, which has no login: whoever reaches it may run connectors as their users.
   *
   * @param peer who may connect
   */
  public allowRestFrom(peer: NetworkPeer): void {
    if (!this.restPeers) {
      const peers: NetworkPeer[] = [];
      this.restPeers = peers;
      addWorkloadPolicy(this, {
        // Strimzi's own policy is called after the workers.
        name: `${this.connectName}-connect-rest`,
        namespace: this.namespace,
        labels: this._labels,
        port: REST_PORT,
        peers: () => peers,
      });
    }
    this.restPeers.push(peer);
  }

  /** @internal */
  public get _classes(): JavaClientClasses {
    return JavaClientClasses.ORIGINAL;
  }

  /** @internal The labels by which Strimzi's own NetworkPolicy knows the pods. */
  public get _labels(): { [label: string]: string } {
    return {
      'strimzi.io/cluster': this.connectName,
      'strimzi.io/kind': 'KafkaConnect',
      'strimzi.io/name': `${this.connectName}-connect`,
    };
  }

  /** @internal */
  public get _reserved(): readonly string[] {
    return [
      'ssl.',
      'listeners',
      'plugin.path',
      'rest.',
      'consumer.interceptor.classes',
      'producer.interceptor.classes',
    ];
  }

  /** @internal */
  public _place(text: string): string {
    return belowMnt(text);
  }

  /** @internal */
  public _addConnector(connector: KafkaConnector): ApiObject {
    const { connectorName, connectorClass, tasksMax, state, version } = connector;
    return new ApiObject(connector, 'Resource', {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaConnector',
      metadata: {
        name: connectorName,
        namespace: this.namespace,
        labels: { 'strimzi.io/cluster': this.connectName },
      },
      spec: {
        class: connectorClass,
        tasksMax,
        ...(version === undefined ? {} : { version }),
        ...(state === ConnectorState.RUNNING ? {} : { state }),
        config: connector._settings(),
      },
    });
  }

  /** @internal */
  public _connectorFaults({ connectorName }: KafkaConnector): string[] {
    if (isDnsSubdomain(connectorName)) return [];
    return [`no KafkaConnector can be named '${connectorName}'`];
  }

  private render(): object {
    const { connection, client, image, _build: build, version } = this;
    const files = this._files;
    const properties = [connection, ...this._connectors().map((connector) => connector.connection)].map((used) =>
      JavaClientSettings.systemProperties(used),
    );
    return {
      ...(version ? { version: version.version } : {}),
      replicas: this.replicas,
      ...(image === undefined ? {} : { image }),
      ...client.fields,
      groupId: this.groupId,
      configStorageTopic: this.configTopic,
      offsetStorageTopic: this.offsetTopic,
      statusStorageTopic: this.statusTopic,
      config: this._workerSettings(),
      resources: renderResources(this.resources),
      ...renderJvmOptions(
        Object.fromEntries(
          Object.entries(Object.assign({}, ...properties) as Record<string, string>).map(([name, value]) => [
            name,
            belowMnt(value),
          ]),
        ),
      ),
      template: renderStrimziTemplate('connectContainer', client.environment, [client.files, files]),
      ...(build ? { build: renderBuild(build) } : {}),
    };
  }
}
