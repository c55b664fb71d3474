import { ApiObject, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { KafkaConnection } from '../../connection/kafka-connection';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { PLACE_RULES, serviceHost, serviceHosts } from '../../kubernetes/place';
import { ResourceProps, renderResources } from '../../kubernetes/resources';
import { addWorkloadPolicy } from '../../kubernetes/workload-policy';
import { ICertificate } from '../../pki/certificate';
import { enforce } from '../../validation/rule';
import { renderJvmOptions, renderStrimziTemplate, strimziClient } from '../strimzi/strimzi-client';
import { STRIMZI_CLIENT_RULES } from '../strimzi/strimzi-client-rules';
import { KAFKA_BRIDGE_RULES } from './kafka-bridge-rules';

const HTTPS_PORT = 8443;
const HTTP_PORT = 8080;

const RESOURCES: ResourceProps = { cpuRequest: Cpu.millis(250), cpuLimit: Cpu.units(1), memory: Size.gibibytes(1) };

/** A bridge. Give exactly one of `certificate` and `unencrypted`. */
export interface KafkaBridgeProps {
  /** How the bridge reaches Kafka: everybody who uses the bridge does so as the user of this connection. */
  readonly connection: KafkaConnection;
  /**
   * The certificate that the bridge shows: it then speaks HTTPS only, on port 8443.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly certificate?: ICertificate;
  /**
   * Lets the bridge speak plain HTTP, on port 8080.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
  /**
   * The name of the KafkaBridge resource.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The number of pods. Only one if the bridge reads, because each pod keeps the consumers that were made there.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * Whether records can be read by the bridge.
   *
   * @default true
   */
  readonly consumer?: boolean;
  /**
   * Whether records can be written by the bridge.
   *
   * @default true
   */
  readonly producer?: boolean;
  /**
   * Settings of Kafka's consumers in the bridge, such as `auto.offset.reset`.
   *
   * @default - those of Kafka
   */
  readonly consumerConfig?: { [setting: string]: any };
  /**
   * Settings of Kafka's producer in the bridge, such as `acks`.
   *
   * @default - those of Kafka
   */
  readonly producerConfig?: { [setting: string]: any };
  /**
   * Settings of Kafka's admin client in the bridge.
   *
   * @default - those of Kafka
   */
  readonly adminConfig?: { [setting: string]: any };
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if the URL should contain it.
   *
   * @default - hosts end in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * What each pod asks for and gets at most.
   *
   * @default - 250 to 1000 millicores and 1 GiB
   */
  readonly resources?: ResourceProps;
}

/**
 * Kafka over HTTP: a KafkaBridge resource (`kafka.strimzi.io/v1`) and a NetworkPolicy.
 *
 * The bridge does not ask who its HTTP clients are, and Kafka sees them all as the one user of the connection. So make
 * one bridge for each user, grant the user its topics and groups, and let in only who may act as that user:
 * `allowFrom()`.
 *
 * @see Strimzi 1.2.0, install/cluster-operator/046-Crd-kafkabridge.yaml
 */
export class KafkaBridge extends Construct {
  /**
   * The names that the certificate of a bridge must be valid for.
   *
   * @param name the name of the bridge
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(serviceName(name), namespace, clusterDomain);
  }

  /** The name of the KafkaBridge resource. */
  public readonly bridgeName: string;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** How the bridge reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** The certificate that the bridge shows; none if it speaks plain HTTP. */
  public readonly certificate?: ICertificate;
  /** Whether the bridge may speak plain HTTP. */
  public readonly unencrypted: boolean;
  /** The number of pods. */
  public readonly replicas: number;
  /** Whether records can be read by the bridge. */
  public readonly consumer: boolean;
  /** The host name of the Service that Strimzi makes. */
  public readonly serviceHost: string;
  /** The KafkaBridge resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: KafkaBridgeProps;
  private readonly peers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the bridge's name if none is given
   * @param props the bridge
   */
  public constructor(scope: Construct, id: string, props: KafkaBridgeProps) {
    super(scope, id);
    this._props = props;
    this.bridgeName = props.name ?? id;
    this.connection = props.connection;
    this.namespace = props.connection.namespace;
    this.certificate = props.certificate;
    this.unencrypted = props.unencrypted ?? false;
    this.replicas = props.replicas ?? 1;
    this.consumer = props.consumer ?? true;
    this.serviceHost = serviceHost(serviceName(this.bridgeName), this.namespace, props.clusterDomain);

    const client = strimziClient(this.connection);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaBridge',
      metadata: { name: this.bridgeName, namespace: this.namespace },
      spec: {
        replicas: this.replicas,
        ...client.fields,
        http: this.renderHttp(),
        consumer: { enabled: this.consumer, ...clientConfig(props.consumerConfig) },
        producer: { enabled: props.producer ?? true, ...clientConfig(props.producerConfig) },
        ...(props.adminConfig ? { adminClient: clientConfig(props.adminConfig) } : {}),
        resources: renderResources(props.resources ?? RESOURCES),
        ...renderJvmOptions(client.systemProperties),
        template: renderStrimziTemplate('bridgeContainer', client.environment, [client.files]),
      },
    });
    // The labels by which Strimzi's own selectors know the pods.
    const labels = {
      'strimzi.io/cluster': this.bridgeName,
      'strimzi.io/kind': 'KafkaBridge',
      'strimzi.io/name': `${this.bridgeName}-bridge`,
    };
    addWorkloadPolicy(this, {
      name: `${this.bridgeName}-bridge`,
      namespace: this.namespace,
      labels,
      port: this.port,
      peers: () => this.peers,
    });
    this.connection.allowFromPods(labels);

    const label = `bridge '${this.bridgeName}'`;
    enforce(this, PLACE_RULES, this);
    enforce(this, STRIMZI_CLIENT_RULES, { label, connection: this.connection, files: [client.files] });
    enforce(this, KAFKA_BRIDGE_RULES, this);
  }

  /** The port of the Service. */
  public get port(): number {
    return this.certificate ? HTTPS_PORT : HTTP_PORT;
  }

  /** The URL of the bridge, without a slash at its end. */
  public get url(): string {
    return `${this.certificate ? 'https' : 'http'}://${this.serviceHost}:${this.port}`;
  }

  /**
   * Lets a client in. It can do whatever the user of the bridge can.
   *
   * @param peer who may connect
   */
  public allowFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  private renderHttp(): object {
    const { certificate, port } = this;
    if (!certificate) return { port };
    const { secretName, key } = certificate.certificate;
    return { port, tls: { certificateAndKey: { secretName, certificate: key, key: certificate.privateKey.key } } };
  }
}

/** The name of the Service that Strimzi makes. */
function serviceName(bridge: string): string {
  return `${bridge}-bridge-service`;
}

function clientConfig(config: { [setting: string]: any } | undefined): object {
  return config ? { config: { ...config } } : {};
}
