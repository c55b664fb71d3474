import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AclOperation, AclResource } from '../access/acl';
import { ConsumerGroup, TransactionalId } from '../access/named-resources';
import { toObjectName } from '../kubernetes/names';
import { enforce } from '../validation/rule';
import type { IKafkaCluster } from './kafka-cluster';
import { KAFKA_TOPIC_RULES } from './kafka-topic-rules';
import type { IKafkaUser } from './kafka-user';

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

/** Something that rights can be granted on: a topic, or all topics whose names begin alike. */
export interface ITopicGrants {
  /**
   * Lets a user read records as a member of a consumer group.
   *
   * @param user the user
   * @param group the group
   */
  grantConsume(user: IKafkaUser, group: ConsumerGroup): void;

  /**
   * Lets a user read records without a group (assigned partitions, no committed offsets).
   *
   * @param user the user
   */
  grantRead(user: IKafkaUser): void;

  /**
   * Lets a user write records.
   *
   * @param user the user
   */
  grantProduce(user: IKafkaUser): void;

  /**
   * Lets a user write records in transactions.
   *
   * @param user the user
   * @param transactionalId the ids that the user's transactions may have
   */
  grantProduceInTransactions(user: IKafkaUser, transactionalId: TransactionalId): void;

  /**
   * Lets a user see that the topic exists and how it is laid out.
   *
   * @param user the user
   */
  grantDescribe(user: IKafkaUser): void;

  /**
   * Lets a user read the topic's settings.
   *
   * @param user the user
   */
  grantDescribeConfigs(user: IKafkaUser): void;

  /**
   * Lets a user create the topic.
   *
   * @param user the user
   */
  grantCreate(user: IKafkaUser): void;

  /**
   * Gives a user any rights on the topic.
   *
   * @param user the user
   * @param operations what the user may do
   */
  grant(user: IKafkaUser, operations: AclOperation[]): void;
}

/**
 * A topic that Strimzi's Topic Operator keeps: a KafkaTopic resource (`kafka.strimzi.io/v1`).
 *
 * @see Strimzi 1.2.0, install/cluster-operator/043-Crd-kafkatopic.yaml
 */
export class KafkaTopic extends Construct implements ITopicGrants {
  /** The cluster. */
  public readonly cluster: IKafkaCluster;
  /** The topic's name in Kafka. */
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

/**
 * Topics that this app does not keep: by name, or all whose names begin alike.
 *
 * Least privilege is in the name: a prefix gives rights on topics that do not exist yet.
 */
export class KafkaTopics {
  /**
   * A topic that exists already, or that a client creates.
   *
   * @param name the topic's name
   */
  public static named(name: string): ITopicGrants {
    return new TopicGrants(AclResource.topic(name));
  }

  /**
   * Every topic whose name begins with `prefix`, now and later.
   *
   * @param prefix the beginning of the names; no `*`, which Kafka would take literally
   */
  public static startingWith(prefix: string): ITopicGrants {
    return new TopicGrants(AclResource.topicPrefix(prefix));
  }

  private constructor() {}
}

class TopicGrants implements ITopicGrants {
  public constructor(private readonly topic: AclResource) {}

  public grantConsume(user: IKafkaUser, group: ConsumerGroup): void {
    this.grant(user, [AclOperation.READ]);
    user.addAcl({ resource: group.resource, operations: [AclOperation.READ] });
  }

  public grantRead(user: IKafkaUser): void {
    this.grant(user, [AclOperation.READ]);
  }

  public grantProduce(user: IKafkaUser): void {
    this.grant(user, [AclOperation.WRITE]);
  }

  public grantProduceInTransactions(user: IKafkaUser, transactionalId: TransactionalId): void {
    this.grant(user, [AclOperation.WRITE]);
    user.addAcl({ resource: transactionalId.resource, operations: [AclOperation.WRITE] });
  }

  public grantDescribe(user: IKafkaUser): void {
    this.grant(user, [AclOperation.DESCRIBE]);
  }

  public grantDescribeConfigs(user: IKafkaUser): void {
    this.grant(user, [AclOperation.DESCRIBE_CONFIGS]);
  }

  public grantCreate(user: IKafkaUser): void {
    this.grant(user, [AclOperation.CREATE]);
  }

  public grant(user: IKafkaUser, operations: AclOperation[]): void {
    user.addAcl({ resource: this.topic, operations });
  }
}
