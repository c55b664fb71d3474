import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AclOperation, AclResource } from '../access/acl';
import { IKafkaTopic, TopicGrants } from '../access/kafka-topic';
import { IKafkaUser } from '../access/kafka-user';
import { ConsumerGroup, TransactionalId } from '../access/named-resources';
import { toObjectName } from '../kubernetes/names';
import { enforce } from '../validation/rule';
import type { IKafkaCluster } from './kafka-cluster';
import { clusterId } from './cluster-id';
import { KAFKA_TOPIC_RULES } from './kafka-topic-rules';

/** A topic of a Kafka cluster. */
export interface KafkaTopicProps {
  /** The cluster. */
  readonly cluster: IKafkaCluster;
  /**
   * The topic's name in Kafka.
   *
   * @default - the construct's id
   */
  readonly topicName?: string;
  /**
   * The name of the KafkaTopic resource.
   *
   * @default - the topic's name; in lower case and with dashes where Kubernetes refuses a character
   */
  readonly resourceName?: string;
  /**
   * The number of partitions: 1 or more, and never fewer than the topic has.
   *
   * @default 1
   */
  readonly partitions?: number;
  /**
   * The number of copies of each partition: 1 to 32767.
   *
   * @default - the brokers' `default.replication.factor`
   */
  readonly replicas?: number;
  /**
   * Settings of the topic, such as `retention.ms`.
   *
   * @default - the brokers' defaults
   */
  readonly config?: { [setting: string]: any };
}

/**
 * A topic that Strimzi's Topic Operator keeps: a KafkaTopic resource (`kafka.strimzi.io/v1`).
 *
 * @see Strimzi 1.2.0, install/cluster-operator/043-Crd-kafkatopic.yaml
 */
export class KafkaTopic extends Construct implements IKafkaTopic {
  /** The cluster. */
  public readonly cluster: IKafkaCluster;
  public readonly topicName: string;
  /** The name of the KafkaTopic resource. */
  public readonly resourceName: string;
  /** The number of partitions. */
  public readonly partitions: number;
  /** The number of copies of each partition; none for the brokers' default. */
  public readonly replicas?: number;
  /** The KafkaTopic resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _config: { [setting: string]: any };
  private readonly grants: TopicGrants;

  /**
   * @param scope the scope
   * @param id the construct's id, and the topic's name if none is given
   * @param props the topic
   */
  public constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(scope, id);
    this.cluster = props.cluster;
    this.topicName = props.topicName ?? id;
    this.resourceName = props.resourceName ?? toObjectName(this.topicName);
    this.partitions = props.partitions ?? 1;
    this.replicas = props.replicas;
    this._config = props.config ?? {};
    this.grants = new TopicGrants(AclResource.topic(this.topicName));
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaTopic',
      metadata: {
        name: this.resourceName,
        namespace: this.cluster.namespace,
        labels: { 'strimzi.io/cluster': this.cluster.clusterName },
      },
      spec: {
        ...(this.topicName === this.resourceName ? {} : { topicName: this.topicName }),
        partitions: this.partitions,
        ...(props.replicas === undefined ? {} : { replicas: props.replicas }),
        ...(props.config ? { config: props.config } : {}),
      },
    });
    enforce(this, KAFKA_TOPIC_RULES, this);
  }

  public get clusterName(): string {
    return this.cluster.clusterName;
  }

  public get clusterId(): string {
    return clusterId(this.cluster);
  }

  public grantConsume(user: IKafkaUser, group: ConsumerGroup): void {
    this.grants.grantConsume(user, group);
  }

  public grantRead(user: IKafkaUser): void {
    this.grants.grantRead(user);
  }

  public grantProduce(user: IKafkaUser): void {
    this.grants.grantProduce(user);
  }

  public grantProduceInTransactions(user: IKafkaUser, transactionalId: TransactionalId): void {
    this.grants.grantProduceInTransactions(user, transactionalId);
  }

  public grantDescribe(user: IKafkaUser): void {
    this.grants.grantDescribe(user);
  }

  public grantDescribeConfigs(user: IKafkaUser): void {
    this.grants.grantDescribeConfigs(user);
  }

  public grantCreate(user: IKafkaUser): void {
    this.grants.grantCreate(user);
  }

  public grant(user: IKafkaUser, operations: AclOperation[]): void {
    this.grants.grant(user, operations);
  }
}
