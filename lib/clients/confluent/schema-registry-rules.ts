import { KafkaTopic } from '../../strimzi/kafka-topic';
import { Rule, faultIf } from '../../validation/rule';
import type { ConfluentSchemaRegistry } from './confluent-schema-registry';

export const CONFLUENT_SCHEMA_REGISTRY_RULES: readonly Rule<ConfluentSchemaRegistry>[] = [
  {
    id: 'schema-registry-topic',
    holds: 'The topic of a schema registry is of the cluster that it connects to, has one partition and is compacted.',
    remedy: "leave topic out, or give it partitions: 1 and config: { 'cleanup.policy': 'compact' }",
    source: 'Confluent Schema Registry 8.3, KafkaStore.java (verifySchemaTopic); deleted records would be lost schemas',
    faults: ({ registryName, topic, connection: { listener } }) => [
      ...faultIf(
        topic.clusterId !== listener.clusterId,
        `schema registry '${registryName}' connects to '${listener.clusterName}', where topic '${topic.topicName}' of '${topic.clusterName}' is not`,
      ),
      ...(topic instanceof KafkaTopic
        ? [
            ...faultIf(
              topic.partitions !== 1,
              `topic '${topic.topicName}' of schema registry '${registryName}' has ${topic.partitions} partitions`,
            ),
            ...faultIf(
              topic._config['cleanup.policy'] !== 'compact',
              `topic '${topic.topicName}' of schema registry '${registryName}' is not compacted`,
            ),
          ]
        : []),
    ],
  },
  {
    id: 'schema-registry-user',
    holds: 'The credentials that an app’s own clients use for a schema registry are of the kind that it asks for.',
    remedy: 'give clientCredentials that fit clientTrust and basicAuthentication, or leave them out',
    source: 'Confluent rest-utils 8.3: a client without them is refused',
    faults: ({ registryName, credentials, clientTrust, basicAuthentication }) => {
      const kind = credentials?._details.kind;
      return [
        ...faultIf(
          kind === 'basic' && !basicAuthentication,
          `schema registry '${registryName}' asks for no password, and its clients would send one`,
        ),
        ...faultIf(
          kind === 'certificate' && !clientTrust,
          `schema registry '${registryName}' asks for no certificate, and its clients would show one`,
        ),
      ];
    },
  },
];
