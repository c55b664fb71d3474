import { Construct } from 'constructs';
import { AclOperation } from '../../access/acl';
import { ITopicGrants } from '../../access/kafka-topic';
import { faultIf } from '../../validation/rule';
import { grantExactlyOnce } from './connect-storage';
import { KafkaConnector, KafkaConnectorProps } from './kafka-connector';

/** How a source connector creates topics that do not exist. */
export interface CreatedTopics {
  /**
   * The number of partitions.
   *
   * @default - the brokers' default
   */
  readonly partitions?: number;
  /**
   * The number of copies of each partition.
   *
   * @default - the brokers' default
   */
  readonly replicas?: number;
}

/** A connector that writes to Kafka. */
export interface SourceConnectorProps extends KafkaConnectorProps {
  /** The topics that it writes to. Their names are among its own settings, which differ from class to class. */
  readonly topics: ITopicGrants[];
  /**
   * Lets the connector create the topics.
   *
   * @default - none: they exist
   */
  readonly createTopics?: CreatedTopics;
  /**
   * Whether the connector refuses to run without exactly-once delivery. Takes workers with `exactlyOnceSource`.
   *
   * @default false
   */
  readonly exactlyOnce?: boolean;
}

/**
 * A source connector. Its user is given the right to write to its topics, to create them if that is wished, and, with
 * exactly-once delivery, its transactions and the topic with the offsets.
 */
export class SourceConnector extends KafkaConnector {
  private readonly exactlyOnce: boolean;
  private readonly topics: ITopicGrants[];

  /**
   * @param scope the scope
   * @param id the construct's id, and the connector's name if none is given
   * @param props the connector
   */
  public constructor(scope: Construct, id: string, props: SourceConnectorProps) {
    super(scope, id, props, sourceSettings(props));
    this.exactlyOnce = props.exactlyOnce ?? false;
    this.topics = props.topics;
    const { _grantee: user, connect } = this;
    if (!user) return;
    const create = props.createTopics ? [AclOperation.CREATE] : [];
    for (const topic of props.topics) topic.grant(user, [...create, AclOperation.WRITE]);
    if (connect.exactlyOnceSource) grantExactlyOnce(user, connect._storage(), connect.groupId, this.connectorName);
  }

  /** @internal */
  public _kindFaults(): string[] {
    return [
      ...faultIf(this.topics.length === 0, `source connector '${this.connectorName}' writes to no topic`),
      ...faultIf(
        this.exactlyOnce && !this.connect.exactlyOnceSource,
        `source connector '${this.connectorName}' wants exactly-once delivery, which its workers do not have`,
      ),
    ];
  }
}

function sourceSettings({ createTopics, exactlyOnce }: SourceConnectorProps): { [setting: string]: string } {
  return {
    ...(createTopics
      ? {
          'topic.creation.default.partitions': String(createTopics.partitions ?? -1),
          'topic.creation.default.replication.factor': String(createTopics.replicas ?? -1),
        }
      : {}),
    ...(exactlyOnce ? { 'exactly.once.support': 'required' } : {}),
  };
}
