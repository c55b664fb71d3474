import { AclOperation, AclResource } from '../../access/acl';
import { ITopicGrants, KafkaTopics } from '../../access/kafka-topic';
import { IKafkaUser } from '../../access/kafka-user';

/** What Control Center's own topics, its groups and the topics of its queries begin with. */
export const INTERNAL_PREFIX = '_confluent-controlcenter';

/** The topics that it shares with other programs of Confluent: brokers and clients report to the first two. */
export const SHARED_TOPICS = ['_confluent-metrics', '_confluent-monitoring', '_confluent-command'];

const OWN_TOPIC = [AclOperation.CREATE, AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS];

/**
 * Gives the user what Control Center asks for, and lets it show the topics that it is to show.
 *
 * @see Confluent Platform 7.9, "Configure Control Center to work with Kafka ACLs"
 */
export function grantControlCenter(user: IKafkaUser, shows: readonly ITopicGrants[]): void {
  user.addAcl({
    resource: AclResource.cluster(),
    operations: [AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS],
  });
  KafkaTopics.startingWith(INTERNAL_PREFIX).grant(user, OWN_TOPIC);
  for (const topic of SHARED_TOPICS) KafkaTopics.named(topic).grant(user, OWN_TOPIC);
  user.addAcl({ resource: AclResource.groupPrefix(INTERNAL_PREFIX), operations: [AclOperation.READ] });
  for (const topic of shows) topic.grant(user, [AclOperation.READ, AclOperation.DESCRIBE_CONFIGS]);
}
