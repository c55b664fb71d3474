import { AclResource } from '../access/acl';
import { KafkaEndpoint } from '../access/kafka-endpoint';
import { IKafkaTopic, TopicGrants } from '../access/kafka-topic';

/** A topic of a Kafka that is not ours. */
export class ExternalKafkaTopic extends TopicGrants implements IKafkaTopic {
  public readonly clusterName: string;
  public readonly clusterId: string;

  public constructor(
    kafka: KafkaEndpoint,
    public readonly topicName: string,
  ) {
    super(AclResource.topic(topicName));
    this.clusterName = kafka.clusterName;
    this.clusterId = kafka.clusterId;
  }
}
