import { Construct } from 'constructs';
import { AclOperation } from '../../access/acl';
import { IKafkaTopic } from '../../access/kafka-topic';
import { ConsumerGroup } from '../../access/named-resources';
import { faultIf } from '../../validation/rule';
import { KafkaConnector, KafkaConnectorProps } from './kafka-connector';

/** Where a sink connector puts the records that it cannot use. */
export interface DeadLetterQueue {
  /** The topic. */
  readonly topic: IKafkaTopic;
  /**
   * Lets the connector create the topic.
   *
   * @default false
   */
  readonly createTopic?: boolean;
  /**
   * The number of copies of its one partition, if the connector creates it.
   *
   * @default 3
   */
  readonly replicas?: number;
  /**
   * Whether each record says in its headers where it came from and what was wrong.
   *
   * @default true
   */
  readonly contextHeaders?: boolean;
}

/** A connector that reads from Kafka. */
export interface SinkConnectorProps extends KafkaConnectorProps {
  /** The topics that it reads. */
  readonly topics: IKafkaTopic[];
  /**
   * Where the records go that it cannot use.
   *
   * @default - none: it stops at the first of them
   */
  readonly deadLetterQueue?: DeadLetterQueue;
}

/**
 * A sink connector. Its user is given the right to read its topics as a member of the group `connect-<name>`, and to
 * write to its dead letter queue.
 */
export class SinkConnector extends KafkaConnector {
  private readonly topics: IKafkaTopic[];
  private readonly deadLetterQueue?: DeadLetterQueue;

  /**
   * @param scope the scope
   * @param id the construct's id, and the connector's name if none is given
   * @param props the connector
   */
  public constructor(scope: Construct, id: string, props: SinkConnectorProps) {
    super(scope, id, props, sinkSettings(props));
    this.topics = props.topics;
    this.deadLetterQueue = props.deadLetterQueue;
    const { _grantee: user, deadLetterQueue: dead } = this;
    if (!user) return;
    for (const topic of props.topics) topic.grantConsume(user, ConsumerGroup.literal(this.groupId));
    dead?.topic.grant(user, [...(dead.createTopic ? [AclOperation.CREATE] : []), AclOperation.WRITE]);
  }

  /** The consumer group of its tasks. */
  public get groupId(): string {
    return `connect-${this.connectorName}`;
  }

  /** @internal */
  public _kindFaults(): string[] {
    const { connectorName, connection } = this;
    const all = [...this.topics, ...(this.deadLetterQueue ? [this.deadLetterQueue.topic] : [])];
    return [
      ...faultIf(this.topics.length === 0, `sink connector '${connectorName}' reads no topic`),
      ...all
        .filter(({ clusterId }) => clusterId !== connection.listener.clusterId)
        .map(
          ({ topicName, clusterName }) =>
            `sink connector '${connectorName}' works with cluster '${connection.listener.clusterName}', topic '${topicName}' is of '${clusterName}'`,
        ),
    ];
  }
}

function sinkSettings({ topics, deadLetterQueue: dead }: SinkConnectorProps): { [setting: string]: string } {
  return {
    topics: topics.map(({ topicName }) => topicName).join(','),
    ...(dead
      ? {
          'errors.tolerance': 'all',
          'errors.deadletterqueue.topic.name': dead.topic.topicName,
          'errors.deadletterqueue.topic.replication.factor': String(dead.replicas ?? 3),
          'errors.deadletterqueue.context.headers.enable': String(dead.contextHeaders ?? true),
        }
      : {}),
  };
}
