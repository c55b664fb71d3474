import { AclOperation, AclResource } from '../../access/acl';
import { ITopicGrants } from '../../access/kafka-topic';
import { IKafkaUser } from '../../access/kafka-user';

/** What a ksqlDB server does in Kafka. */
export interface KsqlDbWork {
  readonly serviceId: string;
  readonly interactive: boolean;
  readonly exactlyOnce: boolean;
  readonly processingLog: boolean;
  readonly reads: readonly ITopicGrants[];
  readonly writes: readonly ITopicGrants[];
  readonly outputTopicPrefix?: string;
}

/** What all internal topics, groups and transactional ids of a server begin with. */
export function internalPrefix(serviceId: string): string {
  return `_confluent-ksql-${serviceId}`;
}

/** The topic of what could not be processed. */
export function processingLogTopic(serviceId: string): string {
  return `${serviceId}ksql_processing_log`;
}

/**
 * Gives the user what the server does: its internal topics and groups, its inputs and its outputs.
 *
 * Topics that exist already have their settings read, because a new stream takes its retention over from its source and
 * an output is compared with what the statement says.
 *
 * @see ksqlDB 8.3, "Configure Authorization of ksqlDB with Kafka ACLs"; TopicCreateInjector.java and
 * KafkaTopicClientImpl.java (settings of topics), CommandStore.java (the transactional id is the service id)
 */
export function grantWork(user: IKafkaUser, work: KsqlDbWork): void {
  const { serviceId, interactive, exactlyOnce, processingLog, reads, writes, outputTopicPrefix } = work;
  const prefix = internalPrefix(serviceId);
  const allow = (resource: AclResource, ...operations: AclOperation[]) => user.addAcl({ resource, operations });

  allow(AclResource.cluster(), AclOperation.DESCRIBE_CONFIGS);
  allow(AclResource.topicPrefix(prefix), AclOperation.ALL);
  allow(AclResource.groupPrefix(prefix), AclOperation.ALL);
  if (processingLog) allow(AclResource.topic(processingLogTopic(serviceId)), AclOperation.ALL);
  if (interactive) allow(AclResource.transactionalId(serviceId), AclOperation.WRITE);
  if (exactlyOnce) allow(AclResource.transactionalIdPrefix(prefix), AclOperation.WRITE);

  for (const topic of reads) topic.grant(user, [AclOperation.READ, AclOperation.DESCRIBE_CONFIGS]);
  for (const topic of writes) topic.grant(user, [AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS]);
  if (outputTopicPrefix) allow(AclResource.topicPrefix(outputTopicPrefix), AclOperation.ALL);
}
