import { isDnsSubdomain } from '../kubernetes/names';
import { Rule, faultIf } from '../validation/rule';
import { KafkaCluster } from './kafka-cluster';
import { TOPIC_SETTINGS, settingFault } from './kafka-settings';
import type { KafkaTopic } from './kafka-topic';

const TOPIC_NAME = /^[a-zA-Z0-9._-]{1,249}$/;

export const KAFKA_TOPIC_RULES: readonly Rule<KafkaTopic>[] = [
  {
    id: 'topic-name',
    holds: 'A topic has a name of 1 to 249 letters, digits, dots, dashes and underscores, other than . and ..',
    remedy: "choose a name such as 'sales.records'",
    source: 'Apache Kafka 4.3.1, clients/.../internals/Topic.java',
    faults: (t) =>
      faultIf(
        !TOPIC_NAME.test(t.topicName) || /^\.{1,2}$/.test(t.topicName),
        `Kafka cannot have a topic '${t.topicName}'`,
      ),
  },
  {
    id: 'topic-resource-name',
    holds: 'The KafkaTopic resource has a name that Kubernetes takes.',
    remedy: 'give resourceName: lower-case letters, digits, dashes and dots',
    source: 'Kubernetes 1.35, apimachinery validation (DNS subdomain, 253 characters)',
    faults: (t) =>
      faultIf(
        !isDnsSubdomain(t.resourceName),
        `topic '${t.topicName}' cannot have a resource named '${t.resourceName}'`,
      ),
  },
  {
    id: 'topic-partitions',
    holds: 'A topic has whole partitions, 1 or more, and 1 to 32767 replicas, no more than there are brokers.',
    remedy: 'change partitions or replicas, or leave them out',
    source: 'Strimzi 1.2.0, KafkaTopic CRD; Kafka 4.3.1: InvalidReplicationFactorException',
    faults: (t) => {
      const { partitions, replicas = 1, cluster } = t;
      const brokers = cluster instanceof KafkaCluster && cluster.brokerCount > 0 ? cluster.brokerCount : 32767;
      return [
        ...faultIf(
          !Number.isInteger(partitions) || partitions < 1,
          `topic '${t.topicName}' cannot have ${partitions} partitions`,
        ),
        ...faultIf(
          !Number.isInteger(replicas) || replicas < 1 || replicas > brokers,
          `topic '${t.topicName}' cannot have ${replicas} replicas${brokers < 32767 ? ` on ${brokers} brokers` : ''}`,
        ),
      ];
    },
  },
  {
    id: 'topic-config',
    holds: 'Settings of a topic are ones that Kafka knows, with values that it takes.',
    remedy: 'give the setting a string, number, boolean or list, within its limits',
    source:
      'Apache Kafka 4.3.1, LogConfig; Strimzi 1.2.0, topic-operator/.../KubernetesHandler (null values are refused)',
    faults: (t) =>
      Object.entries(t._config).flatMap(([setting, value]) => {
        if (!Object.hasOwn(TOPIC_SETTINGS, setting))
          return [`topic '${t.topicName}': topics have no setting ${setting}`];
        if (value === null || value === undefined) return [`topic '${t.topicName}' has no value for ${setting}`];
        const fault = settingFault(TOPIC_SETTINGS, setting, value);
        return fault === undefined ? [] : [`topic '${t.topicName}': ${fault}`];
      }),
  },
  {
    id: 'topic-in-sync',
    holds: 'A topic has as many replicas as must be in step for a write.',
    remedy: "give the topic more replicas, or a smaller 'min.insync.replicas' in config",
    source: 'Apache Kafka 4.3.1: writes with acks=all fail with NotEnoughReplicasException',
    faults: (t) => {
      const brokers = t.cluster instanceof KafkaCluster ? t.cluster._config() : {};
      const replicas = t.replicas ?? Number(brokers['default.replication.factor']);
      const inSync = Number(t._config['min.insync.replicas'] ?? brokers['min.insync.replicas']);
      return faultIf(
        replicas < inSync,
        `topic '${t.topicName}' has ${replicas} replicas, and ${inSync} must be in step`,
      );
    },
  },
  {
    id: 'topic-operator',
    holds: 'The cluster of a topic runs the Topic Operator, without which nothing happens.',
    remedy: 'leave entityOperator.topicOperator at true',
    source: 'Strimzi 1.2.0: a KafkaTopic without a Topic Operator stays without a status',
    faults: (t) =>
      faultIf(
        !t.cluster.hasTopicOperator,
        `cluster '${t.cluster.clusterName}' has no Topic Operator for topic '${t.topicName}'`,
      ),
  },
];
