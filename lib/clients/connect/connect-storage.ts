import { Construct } from 'constructs';
import { AclOperation, AclResource } from '../../access/acl';
import { KafkaTopics } from '../../access/kafka-topic';
import { IKafkaUser } from '../../access/kafka-user';
import { KafkaConnection } from '../../connection/kafka-connection';
import { KafkaCluster } from '../../strimzi/kafka-cluster';
import { KafkaListener } from '../../strimzi/kafka-listener';
import { KafkaTopic } from '../../strimzi/kafka-topic';

/** The topics in which the workers of a Connect cluster keep what they must not forget. */
export interface ConnectStorage {
  /** The configuration of the connectors. */
  readonly configTopic: string;
  /** How far source connectors have got. */
  readonly offsetTopic: string;
  /** How connectors and tasks are. */
  readonly statusTopic: string;
}

/** The Kafka cluster of this app that keeps the topics; none if it is not ours, or keeps none. */
function keeperOf({ listener }: KafkaConnection): KafkaCluster | undefined {
  return listener instanceof KafkaListener && listener.cluster.hasTopicOperator ? listener.cluster : undefined;
}

/**
 * Makes the topics where this app keeps the cluster: compacted, and with as many partitions as Connect would give them.
 *
 * @see Apache Kafka 4.3.1, connect/.../distributed/DistributedConfig.java
 */
export function addStorageTopics(scope: Construct, connection: KafkaConnection, storage: ConnectStorage): void {
  const cluster = keeperOf(connection);
  if (!cluster) return;
  const topics: readonly [string, string, number][] = [
    ['configs', storage.configTopic, 1],
    ['offsets', storage.offsetTopic, 25],
    ['status', storage.statusTopic, 5],
  ];
  for (const [id, topicName, partitions] of topics) {
    new KafkaTopic(scope, id, { cluster, topicName, partitions, config: { 'cleanup.policy': 'compact' } });
  }
}

/** What the workers are told of the topics that they create themselves: as many copies as the brokers' default. */
export function storageSettings(connection: KafkaConnection): { [setting: string]: string } {
  if (keeperOf(connection)) return {};
  return Object.fromEntries(
    ['config', 'offset', 'status'].map((topic) => [`${topic}.storage.replication.factor`, '-1']),
  );
}

/**
 * Gives the workers what they need for themselves, measured with an authorizer that denies everything else.
 *
 * @see Apache Kafka 4.3.1, docs/connect.html, "Exactly-once support" (`connect-cluster-<group>`)
 */
export function grantWorkers(
  connection: KafkaConnection,
  storage: ConnectStorage,
  groupId: string,
  exactlyOnce: boolean,
): void {
  const { grantee } = connection;
  if (!grantee) return;
  const create = keeperOf(connection) ? [] : [AclOperation.CREATE];
  for (const topic of [storage.configTopic, storage.statusTopic]) {
    KafkaTopics.named(topic).grant(grantee, [...create, AclOperation.READ, AclOperation.WRITE]);
  }
  // In a transaction, whoever writes the records writes how far they have got.
  const write = exactlyOnce ? [] : [AclOperation.WRITE];
  KafkaTopics.named(storage.offsetTopic).grant(grantee, [...create, AclOperation.READ, ...write]);
  grantee.addAcl({ resource: AclResource.group(groupId), operations: [AclOperation.READ] });
  if (exactlyOnce) {
    const leader = AclResource.transactionalId(`connect-cluster-${groupId}`);
    grantee.addAcl({ resource: leader, operations: [AclOperation.WRITE] });
  }
}

/** Gives the tasks of a source connector what exactly-once delivery takes: their transactions, with the offsets in them. */
export function grantExactlyOnce(
  user: IKafkaUser,
  { offsetTopic }: ConnectStorage,
  groupId: string,
  connector: string,
): void {
  const tasks = AclResource.transactionalIdPrefix(`${groupId}-${connector}-`);
  user.addAcl({ resource: tasks, operations: [AclOperation.WRITE] });
  KafkaTopics.named(offsetTopic).grant(user, [AclOperation.READ, AclOperation.WRITE]);
}
