import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ITopicGrants } from '../../access/kafka-topic';
import { ConsumerGroup } from '../../access/named-resources';
import { KafkaConnection } from '../../connection/kafka-connection';
import { REGISTRY_CLIENT_RULES } from '../../connection/registry-client-rules';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { enforce } from '../../validation/rule';
import { ConfluentProgram, ConfluentServer } from './confluent-server';
import { ConfluentServerProps } from './confluent-server-props';
import { CONFLUENT_REST_PROXY_RULES } from './rest-proxy-rules';
import { LicensedPrincipalPropagation, addRestProxyFiles, restProxyProperties } from './rest-proxy-settings';

const PROGRAM: ConfluentProgram = {
  label: 'REST Proxy',
  component: 'kafka-rest',
  image: 'confluentinc/cp-kafka-rest:8.3.1',
  prefix: 'KAFKA_REST_',
  options: 'KAFKAREST_OPTS',
  heapOptions: 'KAFKAREST_HEAP_OPTS',
  port: 8082,
  readyPath: '/',
  // To leave out '/' would be to leave out everything.
  openReadyPath: false,
  talksToItself: false,
};

/** A Confluent REST Proxy. */
export interface ConfluentRestProxyProps extends ConfluentServerProps {
  /**
   * The registry of the schemas, for clients that write and read Avro, JSON Schema or Protobuf.
   *
   * @default - none
   */
  readonly registry?: ISchemaRegistry;
  /**
   * Has the proxy log in to Kafka as each of its clients, by a plugin that takes a license of Confluent Platform.
   *
   * @default - none: the proxy is one user, that of its connection, whoever its clients are
   */
  readonly licensedPropagation?: LicensedPrincipalPropagation;
}

/**
 * A Confluent REST Proxy: StatefulSet, Services and NetworkPolicy.
 *
 * Kafka knows all of its clients as the user of its connection. Where they have different rights, run one proxy for
 * each user, and let only that user's pods in. A consumer lives in the pod that made it, and the proxy answers with the
 * name of that pod.
 *
 * @see Confluent REST Proxy 8.3, kafka-rest/.../KafkaRestConfig.java
 */
export class ConfluentRestProxy extends Construct {
  /**
   * The names that the certificate of a proxy must be valid for: those of its Service and of its pods.
   *
   * @param name the name of the proxy
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return ConfluentServer.dnsNames(name, namespace, clusterDomain);
  }

  /** The name of the StatefulSet and the Service. */
  public readonly proxyName: string;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** How the proxy reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** The registry of the schemas. */
  public readonly registry?: ISchemaRegistry;
  /** The authority whose client certificates are let in; none if clients need no certificate. */
  public readonly clientTrust?: TrustedCertificates;
  /** Whether and how the proxy logs in to Kafka as its clients. */
  public readonly licensedPropagation?: LicensedPrincipalPropagation;
  /** The host name of the Service. */
  public readonly serviceHost: string;
  /** The StatefulSet, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly server: ConfluentServer;

  /**
   * @param scope the scope
   * @param id the construct's id, and the proxy's name if none is given
   * @param props the proxy
   */
  public constructor(scope: Construct, id: string, props: ConfluentRestProxyProps) {
    super(scope, id);
    this.connection = props.connection;
    this.registry = props.registry;
    this.clientTrust = props.clientTrust;
    this.licensedPropagation = props.licensedPropagation;
    const parts = { connection: props.connection, registry: props.registry, propagation: props.licensedPropagation };
    const scheme = props.certificate ? 'https' : 'http';
    this.server = new ConfluentServer(this, PROGRAM, props, {
      properties: restProxyProperties(parts),
      advertised: (host) => ({ property: 'advertised.listeners', value: `${scheme}://${host}:${PROGRAM.port}` }),
      addFiles: (files) => addRestProxyFiles(files, parts),
    });
    this.proxyName = this.server.name;
    this.namespace = this.server.namespace;
    this.serviceHost = this.server.serviceHost;
    this.apiObject = this.server.apiObject;
    this.registry?.allowFromPods(this.server.labels, this.namespace);
    const label = `REST Proxy '${this.proxyName}'`;
    enforce(this, REGISTRY_CLIENT_RULES, { label, namespace: this.namespace, registry: this.registry });
    enforce(this, CONFLUENT_REST_PROXY_RULES, this);
  }

  /** The port of the Service. */
  public get port(): number {
    return this.server.port;
  }

  /** The URL of the proxy, without a slash at its end. */
  public get url(): string {
    return this.server.url;
  }

  /** The authority that vouches for the proxy's certificate; none for plain HTTP. */
  public get trust(): TrustedCertificates | undefined {
    return this.server.certificate?.issuer;
  }

  /**
   * Lets the proxy write records for its clients.
   *
   * @param topic the topic, or all whose names begin alike
   */
  public allowProduce(topic: ITopicGrants): void {
    const { grantee } = this.connection;
    if (grantee) topic.grantProduce(grantee);
  }

  /**
   * Lets the proxy read records for its clients.
   *
   * @param topic the topic, or all whose names begin alike
   * @param group the group in the path of requests: `/consumers/<group>`
   */
  public allowConsume(topic: ITopicGrants, group: ConsumerGroup): void {
    const { grantee } = this.connection;
    if (grantee) topic.grantConsume(grantee, group);
  }

  /**
   * Opens the proxy to pods.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  public allowFromPods(labels: { [key: string]: string }, namespace: string): void {
    this.allowFrom(NetworkPeer.pods({ labels, namespace }));
  }

  /**
   * Lets a client in that is not part of this app.
   *
   * @param peer who may connect
   */
  public allowFrom(peer: NetworkPeer): void {
    this.server.allowFrom(peer);
  }
}
