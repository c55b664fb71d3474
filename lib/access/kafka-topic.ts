import { AclOperation, AclResource } from './acl';
import { IKafkaUser } from './kafka-user';
import { ConsumerGroup, TransactionalId } from './named-resources';

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

/** A topic of some Kafka cluster. */
export interface IKafkaTopic extends ITopicGrants {
  /** The topic's name in Kafka. */
  readonly topicName: string;
  /** The name of the cluster, for people. */
  readonly clusterName: string;
  /** Which cluster it is: the same for all that belong to the same one. */
  readonly clusterId: string;
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

/** The rights on a topic, or on all topics whose names begin alike. */
export class TopicGrants implements ITopicGrants {
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
