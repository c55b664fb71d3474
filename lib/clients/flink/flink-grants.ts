import { AclOperation, AclResource } from '../../access/acl';
import { ConsumerGroup, TransactionalId } from '../../access/named-resources';
import { KafkaConnection } from '../../connection/kafka-connection';
import { KafkaTopic } from '../../strimzi/kafka-topic';
import { KafkaUser } from '../../strimzi/kafka-user';

/** What a job reads. */
export interface SourceAccess {
  readonly topic: KafkaTopic;
  readonly connection: KafkaConnection;
  readonly group?: string;
  /** Whether offsets of the group are committed: Flink does so at checkpoints. */
  readonly commitsOffsets: boolean;
  /** Whether the job begins where the group has come to. */
  readonly startsAtOffsets: boolean;
}

/** What a job writes. */
export interface SinkAccess {
  readonly topic: KafkaTopic;
  readonly connection: KafkaConnection;
  readonly transactionalIdPrefix?: string;
}

/** Gives the user of the connection what Flink needs to read a topic. */
export function grantSource({ topic, connection, group, commitsOffsets, startsAtOffsets }: SourceAccess): void {
  const user = userWithAcls(connection);
  if (!user) return;
  if (group !== undefined && commitsOffsets) {
    topic.grantConsume(user, ConsumerGroup.literal(group));
    return;
  }
  topic.grantRead(user);
  if (group !== undefined && startsAtOffsets) {
    user.addAcl({ resource: AclResource.group(group), operations: [AclOperation.DESCRIBE] });
  }
}

/** Gives the user of the connection what Flink needs to write to a topic. */
export function grantSink({ topic, connection, transactionalIdPrefix }: SinkAccess): void {
  const user = userWithAcls(connection);
  if (!user) return;
  if (transactionalIdPrefix === undefined) topic.grantProduce(user);
  else topic.grantProduceInTransactions(user, TransactionalId.prefix(transactionalIdPrefix));
}

/** Who is to get rights; nobody if the client is anonymous or the brokers take no ACLs. */
function userWithAcls({ user }: KafkaConnection): KafkaUser | undefined {
  return user?.cluster.authorization.takesAcls ? user : undefined;
}
