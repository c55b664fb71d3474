import { AclOperation, AclResource } from '../../access/acl';
import { IKafkaTopic } from '../../access/kafka-topic';
import { ConsumerGroup, TransactionalId } from '../../access/named-resources';
import { KafkaConnection } from '../../connection/kafka-connection';

/** What a job reads. */
export interface SourceAccess {
  readonly topic: IKafkaTopic;
  readonly connection: KafkaConnection;
  readonly group?: string;
  /** Whether offsets of the group are committed: Flink does so at checkpoints. */
  readonly commitsOffsets: boolean;
  /** Whether the job begins where the group has come to. */
  readonly startsAtOffsets: boolean;
}

/** What a job writes. */
export interface SinkAccess {
  readonly topic: IKafkaTopic;
  readonly connection: KafkaConnection;
  readonly transactionalIdPrefix?: string;
}

/** Gives the user of the connection what Flink needs to read a topic. */
export function grantSource({ topic, connection, group, commitsOffsets, startsAtOffsets }: SourceAccess): void {
  const user = connection.grantee;
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
  const user = connection.grantee;
  if (!user) return;
  if (transactionalIdPrefix === undefined) topic.grantProduce(user);
  else topic.grantProduceInTransactions(user, TransactionalId.prefix(transactionalIdPrefix));
}
