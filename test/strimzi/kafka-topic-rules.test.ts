import { KafkaCluster, KafkaClusterProps, KafkaTopic, KafkaTopicProps } from '../../lib';
import { KAFKA_TOPIC_RULES } from '../../lib/strimzi/kafka-topic-rules';
import { Declare, describeRules } from '../support/rules';
import { addListener, addNodes, emptyCluster } from '../support/worlds';

/** A topic of a cluster with three brokers. */
const topic =
  (props: Partial<KafkaTopicProps>, clusterProps: KafkaClusterProps = {}): Declare =>
  (chart) => {
    const cluster = emptyCluster(chart, clusterProps);
    addNodes(cluster, { replicas: 3 });
    addListener(cluster);
    return new KafkaTopic(chart, 'sales', { cluster, ...props });
  };
/** A topic of a cluster of which nothing but the name is known. */
const elsewhere =
  (props: Partial<KafkaTopicProps>): Declare =>
  (chart) =>
    new KafkaTopic(chart, 'sales', {
      cluster: KafkaCluster.fromClusterName(chart, 'my-cluster', { clusterName: 'my-cluster' }),
      ...props,
    });
const withConfig = (config: KafkaTopicProps['config']) => topic({ config });

const LONG = 'a'.repeat(250);

describeRules(KAFKA_TOPIC_RULES, {
  'topic-name': {
    remedy: "choose a name such as 'sales.records'",
    cases: [
      ...['', 'a b', 'sales/records', 'säles', '.', '..'].map((topicName): [Declare, string[], Declare] => [
        topic({ topicName, resourceName: 'sales' }),
        [`[test/sales] Kafka cannot have a topic '${topicName}'`],
        topic({ topicName: '...', resourceName: 'sales' }),
      ]),
      [
        topic({ topicName: LONG }),
        [`[test/sales] Kafka cannot have a topic '${LONG}'`],
        topic({ topicName: LONG.slice(1) }),
      ],
    ],
  },
  'topic-resource-name': {
    remedy: 'give resourceName: lower-case letters, digits, dashes and dots',
    cases: [
      [
        topic({ topicName: '___' }),
        ["[test/sales] topic '___' cannot have a resource named ''"],
        topic({ topicName: '___', resourceName: 'underscores' }),
      ],
      [
        topic({ resourceName: 'Sales' }),
        ["[test/sales] topic 'sales' cannot have a resource named 'Sales'"],
        topic({ topicName: 'Sales_Records' }),
      ],
    ],
  },
  'topic-partitions': {
    remedy: 'change partitions or replicas, or leave them out',
    cases: [
      ...[0, 1.5].map((partitions): [Declare, string[], Declare] => [
        topic({ partitions }),
        [`[test/sales] topic 'sales' cannot have ${partitions} partitions`],
        topic({ partitions: 1 }),
      ]),
      ...[0, 2.5, 4].map((replicas): [Declare, string[], Declare] => [
        topic({ replicas, config: { 'min.insync.replicas': 1 } }),
        [`[test/sales] topic 'sales' cannot have ${replicas} replicas on 3 brokers`],
        topic({ replicas: 3 }),
      ]),
      [
        elsewhere({ replicas: 32768 }),
        ["[test/sales] topic 'sales' cannot have 32768 replicas"],
        elsewhere({ replicas: 32767 }),
      ],
    ],
  },
  'topic-config': {
    remedy: 'give the setting a string, number, boolean or list, within its limits',
    cases: [
      [
        withConfig({ 'retention.msec': 1 }),
        ["[test/sales] topic 'sales': topics have no setting retention.msec"],
        withConfig({ 'retention.ms': 1 }),
      ],
      [
        withConfig({ 'log.retention.ms': 1 }),
        ["[test/sales] topic 'sales': topics have no setting log.retention.ms"],
        withConfig({ 'retention.ms': '604800000' }),
      ],
      ...[null, undefined].map((value): [Declare, string[], Declare] => [
        withConfig({ 'retention.ms': value }),
        ["[test/sales] topic 'sales' has no value for retention.ms"],
        withConfig({}),
      ]),
      [
        withConfig({ 'retention.ms': '7d' }),
        ["[test/sales] topic 'sales': retention.ms is '7d', not a whole number, -1 or more"],
        withConfig({ 'retention.ms': -1 }),
      ],
      [
        withConfig({ 'cleanup.policy': ['compact', 'forget'] }),
        ["[test/sales] topic 'sales': cleanup.policy is 'compact,forget', not one or more of compact, delete"],
        withConfig({ 'cleanup.policy': ['compact', 'delete'] }),
      ],
    ],
  },
  'topic-in-sync': {
    remedy: "give the topic more replicas, or a smaller 'min.insync.replicas' in config",
    cases: [
      [
        topic({ replicas: 1 }),
        ["[test/sales] topic 'sales' has 1 replicas, and 2 must be in step"],
        topic({ replicas: 1, config: { 'min.insync.replicas': 1 } }),
      ],
      [
        withConfig({ 'min.insync.replicas': 4 }),
        ["[test/sales] topic 'sales' has 3 replicas, and 4 must be in step"],
        withConfig({ 'min.insync.replicas': 3 }),
      ],
      [
        elsewhere({ replicas: 1, config: { 'min.insync.replicas': 2 } }),
        ["[test/sales] topic 'sales' has 1 replicas, and 2 must be in step"],
        elsewhere({ replicas: 1 }),
      ],
    ],
  },
  'topic-operator': {
    remedy: 'leave entityOperator.topicOperator at true',
    cases: [
      [
        topic({}, { entityOperator: { topicOperator: false } }),
        ["[test/sales] cluster 'my-cluster' has no Topic Operator for topic 'sales'"],
        topic({}, { entityOperator: { userOperator: false } }),
      ],
    ],
  },
});
