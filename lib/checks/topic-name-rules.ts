import { KafkaTopic } from '../strimzi/kafka-topic';
import { Finding, TreeRule } from './tree-rule';

export const TOPIC_NAME_RULES: readonly TreeRule[] = [
  {
    id: 'topic-collision',
    holds: 'No two topics of a cluster differ only in dots and underscores.',
    remedy: 'use one of the two throughout',
    source: 'Apache Kafka 4.3.1, clients/.../internals/Topic.java (metrics have underscores for dots)',
    findings: (app) => {
      const first = new Map<string, KafkaTopic>();
      return app.all(KafkaTopic).flatMap((topic): Finding[] => {
        const { namespace, clusterName } = topic.cluster;
        const key = `${namespace}/${clusterName}/${topic.topicName.replace(/\./g, '_')}`;
        const other = first.get(key);
        if (!other) first.set(key, topic);
        // The same name twice is one object made twice, which is reported as such.
        if (!other || other.topicName === topic.topicName) return [];
        return [{ construct: topic, fault: `Kafka takes '${topic.topicName}' and '${other.topicName}' for one topic` }];
      });
    },
  },
];
