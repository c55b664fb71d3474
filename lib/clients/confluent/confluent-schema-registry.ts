import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AclOperation } from '../../access/acl';
import { IKafkaTopic } from '../../access/kafka-topic';
import { ConsumerGroup } from '../../access/named-resources';
import { ExternalKafkaTopic } from '../../external/external-kafka-topic';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { SchemaRegistryCredentials } from '../../connection/schema-registry-credentials';
import { NetworkPeer } from '../../kubernetes/network-peer';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { KafkaListener } from '../../strimzi/kafka-listener';
import { KafkaTopic } from '../../strimzi/kafka-topic';
import { enforce } from '../../validation/rule';
import { ConfluentProgram, ConfluentServer } from './confluent-server';
import { ConfluentBasicAuthentication, ConfluentServerProps } from './confluent-server-props';
import { prefixed } from './properties-file';
import { CONFLUENT_SCHEMA_REGISTRY_RULES } from './schema-registry-rules';

const PROGRAM: ConfluentProgram = {
  label: 'schema registry',
  component: 'schema-registry',
  image: 'confluentinc/cp-schema-registry:8.3.1',
  prefix: 'SCHEMA_REGISTRY_',
  options: 'SCHEMA_REGISTRY_OPTS',
  heapOptions: 'SCHEMA_REGISTRY_HEAP_OPTS',
  port: 8081,
  readyPath: '/schemas/types',
  openReadyPath: true,
  talksToItself: true,
};

const TOPIC = '_schemas';
const GROUP = 'schema-registry';

/** A Confluent Schema Registry. */
export interface ConfluentSchemaRegistryProps extends ConfluentServerProps {
  /**
   * The topic that the schemas are kept in.
   *
   * @default - `_schemas`: made in a cluster of this app, and by the registry in one that is not
   */
  readonly topic?: IKafkaTopic;
  /**
   * The group by which the pods choose their leader. Registries of one cluster need different ones.
   *
   * @default 'schema-registry'
   */
  readonly groupId?: string;
  /**
   * What the clients in this app prove their identity to the registry with.
   *
   * @default - nothing
   */
  readonly clientCredentials?: SchemaRegistryCredentials;
}

/**
 * A Confluent Schema Registry: StatefulSet, Services and NetworkPolicy, and the topic with the schemas.
 *
 * Its user is given what it takes to keep the schemas and to choose a leader among several pods.
 *
 * @see Confluent Schema Registry 8.3, core/.../rest/SchemaRegistryConfig.java
 */
export class ConfluentSchemaRegistry extends Construct implements ISchemaRegistry {
  /**
   * The names that the certificate of a registry must be valid for: those of its Service and of its pods.
   *
   * @param name the name of the registry
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return ConfluentServer.dnsNames(name, namespace, clusterDomain);
  }

  /** The name of the StatefulSet and the Service. */
  public readonly registryName: string;
  /** The namespace: that of the connection. */
  public readonly namespace: string;
  /** How the registry reaches Kafka. */
  public readonly connection: KafkaConnection;
  /** The topic that the schemas are kept in. */
  public readonly topic: IKafkaTopic;
  /** The group by which the pods choose their leader. */
  public readonly groupId: string;
  /** The authority whose client certificates are let in; none if clients need no certificate. */
  public readonly clientTrust?: TrustedCertificates;
  /** Names and passwords that clients must know; none if they need none. */
  public readonly basicAuthentication?: ConfluentBasicAuthentication;
  public readonly credentials?: SchemaRegistryCredentials;
  /** The host name of the Service. */
  public readonly serviceHost: string;
  /** The StatefulSet, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly server: ConfluentServer;

  /**
   * @param scope the scope
   * @param id the construct's id, and the registry's name if none is given
   * @param props the registry
   */
  public constructor(scope: Construct, id: string, props: ConfluentSchemaRegistryProps) {
    super(scope, id);
    this.connection = props.connection;
    this.topic = props.topic ?? this.schemas();
    this.groupId = props.groupId ?? GROUP;
    this.clientTrust = props.clientTrust;
    this.basicAuthentication = props.basicAuthentication;
    this.credentials = props.clientCredentials;
    this.server = new ConfluentServer(this, PROGRAM, props, {
      properties: this.properties(props.certificate !== undefined),
      advertised: (host) => ({ property: 'host.name', value: host }),
    });
    this.registryName = this.server.name;
    this.namespace = this.server.namespace;
    this.serviceHost = this.server.serviceHost;
    this.apiObject = this.server.apiObject;
    this.grant();
    enforce(this, CONFLUENT_SCHEMA_REGISTRY_RULES, this);
  }

  /** The port of the Service. */
  public get port(): number {
    return this.server.port;
  }

  /** The URL of the registry, without a slash at its end. */
  public get url(): string {
    return this.server.url;
  }

  public get confluentUrl(): string {
    return this.url;
  }

  public get trust(): TrustedCertificates | undefined {
    return this.server.certificate?.issuer;
  }

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

  private schemas(): IKafkaTopic {
    const { listener } = this.connection;
    if (listener instanceof KafkaListener) {
      return new KafkaTopic(this, 'Topic', {
        cluster: listener.cluster,
        topicName: TOPIC,
        partitions: 1,
        config: { 'cleanup.policy': 'compact' },
      });
    }
    return new ExternalKafkaTopic(listener, TOPIC);
  }

  private properties(encrypted: boolean): { [property: string]: string } {
    return {
      ...prefixed('kafkastore.', JavaClientSettings.render(this.connection, JavaClientClasses.KAFKA_ALONE)),
      'kafkastore.topic': this.topic.topicName,
      'schema.registry.group.id': this.groupId,
      'inter.instance.protocol': encrypted ? 'https' : 'http',
    };
  }

  /** The registry looks at the topic's settings when it starts, and makes the topic if it is missing. */
  private grant(): void {
    const { grantee } = this.connection;
    if (!grantee) return;
    this.topic.grant(grantee, [
      AclOperation.READ,
      AclOperation.WRITE,
      AclOperation.DESCRIBE_CONFIGS,
      ...(this.topic instanceof KafkaTopic ? [] : [AclOperation.CREATE]),
    ]);
    grantee.addAcl({ resource: ConsumerGroup.literal(this.groupId).resource, operations: [AclOperation.READ] });
  }
}
