import { Rule, faultIf, repeated } from '../../validation/rule';
import { isWorkerConfig } from './connect-configs';
import type { KafkaConnect } from './kafka-connect';

const TOPIC_NAME = /^[a-zA-Z0-9._-]{1,249}$/;

/** Settings of workers that follow from properties of the Connect cluster, by the beginnings of their names. */
const FROM_PROPERTIES = [
  'bootstrap.servers',
  'group.id',
  'config.storage.topic',
  'offset.storage.topic',
  'status.storage.topic',
  'exactly.once.source.support',
  'security.',
  'sasl.',
  'key.converter',
  'value.converter',
];

export const KAFKA_CONNECT_RULES: readonly Rule<KafkaConnect>[] = [
  {
    id: 'connect-topics',
    holds: 'A Connect cluster keeps configuration, offsets and status in three topics, and its workers have a group.',
    remedy:
      'give configTopic, offsetTopic and statusTopic three names that Kafka takes, and groupId one that is not empty',
    source: 'Apache Kafka 4.3.1, docs/connect.html: the topics hold different things; Topic.java',
    faults: (c) => {
      const topics = [c.configTopic, c.offsetTopic, c.statusTopic];
      return [
        ...topics
          .filter((topic) => !TOPIC_NAME.test(topic))
          .map((topic) => `Kafka Connect '${c.connectName}' cannot have a topic '${topic}'`),
        ...repeated(topics).map(
          (topic) => `Kafka Connect '${c.connectName}' would keep two things in topic '${topic}'`,
        ),
        ...faultIf(c.groupId === '', `Kafka Connect '${c.connectName}' has no group`),
      ];
    },
  },
  {
    id: 'connect-replicas',
    holds: 'A Connect cluster has whole workers, 1 or more.',
    remedy: 'leave replicas out, or give a whole number',
    source: 'Strimzi 1.2.0, KafkaConnect CRD; Kubernetes 1.35, Deployment',
    faults: (c) =>
      faultIf(
        !Number.isInteger(c.replicas) || c.replicas < 1,
        `Kafka Connect '${c.connectName}' cannot have ${c.replicas} workers`,
      ),
  },
  {
    id: 'connect-config',
    holds:
      'Settings of workers are ones that they know, and none that follow from properties or that only Strimzi sets.',
    remedy: 'use the property of the construct, or leave the setting out',
    source:
      'Apache Kafka 4.3.1, DistributedConfig.java; Strimzi 1.2.0, KafkaConnectSpec.java: forbidden settings are dropped with a line in the log',
    faults: (c) =>
      Object.entries(c._config).flatMap(([setting, value]) => {
        const taken = [...FROM_PROPERTIES, ...c._reserved].some((prefix) => setting.startsWith(prefix));
        if (taken || setting in c._providers()) {
          return [`Kafka Connect '${c.connectName}' cannot be given ${setting}`];
        }
        if (!isWorkerConfig(setting)) return [`Kafka Connect '${c.connectName}': workers have no setting ${setting}`];
        return faultIf(
          !['string', 'number', 'boolean'].includes(typeof value),
          `Kafka Connect '${c.connectName}' has no text, number or boolean for ${setting}`,
        );
      }),
  },
  {
    id: 'connect-connector-names',
    holds: 'Each connector of a Connect cluster has a name of its own.',
    remedy: 'give one of them another connectorName',
    source: 'Apache Kafka 4.3.1, docs/connect.html: the name is what a connector is known by',
    faults: (c) =>
      repeated(c._connectors().map(({ connectorName }) => connectorName)).map(
        (name) => `Kafka Connect '${c.connectName}' would have two connectors '${name}'`,
      ),
  },
];
