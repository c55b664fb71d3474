import { AclOperation, AclResource } from '../access/acl';
import { KafkaTopics } from '../access/kafka-topic';
import { KafkaConnection } from '../connection/kafka-connection';

/** The topics and groups of the `kafkasql` storage. Their names are the program's own. */
const STORAGE_TOPICS = ['kafkasql-journal', 'kafkasql-snapshots'];
const EVENT_TOPIC = 'registry-events';
const GROUP_PREFIX = 'apicurio-';

/** Gives the user what the storage needs, measured with an authorizer that denies everything else. */
export function grantStorage({ grantee }: KafkaConnection): void {
  if (!grantee) return;
  for (const topic of STORAGE_TOPICS) {
    KafkaTopics.named(topic).grant(grantee, [
      AclOperation.CREATE,
      AclOperation.DESCRIBE_CONFIGS,
      AclOperation.READ,
      AclOperation.WRITE,
    ]);
  }
  KafkaTopics.named(EVENT_TOPIC).grant(grantee, [
    AclOperation.CREATE,
    AclOperation.DESCRIBE_CONFIGS,
    AclOperation.WRITE,
  ]);
  grantee.addAcl({ resource: AclResource.groupPrefix(GROUP_PREFIX), operations: [AclOperation.READ] });
}
