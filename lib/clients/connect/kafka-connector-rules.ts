import { Rule, faultIf } from '../../validation/rule';
import { CONNECTOR_CONFIGS, isClientConfig } from './connect-configs';
import type { KafkaConnector } from './kafka-connector';

/** Settings whose values are secret, by the ends of their names. */
const SECRET_SETTING = /(^|[._-])(password|passwd|passphrase|secret|token|jaas\.config|user\.info|keystore\.key)$/i;

/** What settings of connectors take from a file, a variable or a Secret, and from nothing else. */
const REFERENCES_ALONE = /^(\$\{[^}:]+:[^}]*\}|:)+$/;

/** Settings that other properties stand for. */
const OWN_FIELDS = ['name', 'connector.class', 'tasks.max', 'connector.plugin.version'];

/** The beginnings of the names of settings that Connect itself reads in every connector. */
const CONNECT_SETTING = /^(errors|topic\.creation|transaction|exactly|offsets|header|tasks|config|connector)\./;
const GROUP_SETTING = /^(topic\.creation\..+\.|header\.converter\.|transaction\.boundary\.)/;

export const KAFKA_CONNECTOR_RULES: readonly Rule<KafkaConnector>[] = [
  {
    id: 'connector-kind',
    holds:
      'A source writes to topics, a sink reads topics of its cluster, and exactly-once delivery is up to the workers, too.',
    remedy:
      'name topics of the cluster that the connector reaches; for exactly-once delivery give the workers exactlyOnceSource: true',
    source: 'Apache Kafka 4.3.1, docs/connect.html',
    faults: (c) => c._kindFaults(),
  },
  {
    id: 'connector-place',
    holds: 'The workers can have the connector: its name, and the files that it needs.',
    remedy: 'use a name of lower-case letters, digits, dashes and dots, and Secrets of the namespace of the workers',
    source: 'Kubernetes 1.35: resources have DNS names, and a pod mounts Secrets of its own namespace',
    faults: (c) => [
      ...c.connect._connectorFaults(c),
      ...Object.values(c._props.secrets ?? {})
        .filter(({ namespace }) => namespace !== undefined && namespace !== c.connect.namespace)
        .map((key) => `connector '${c.connectorName}': the workers cannot mount ${key.toString()}`),
    ],
  },
  {
    id: 'connector-tasks',
    holds: 'A connector may be split into whole tasks, 1 or more.',
    remedy: 'leave tasksMax out, or give a whole number',
    source: 'Apache Kafka 4.3.1, ConnectorConfig.java (tasks.max)',
    faults: (c) =>
      faultIf(
        !Number.isInteger(c.tasksMax) || c.tasksMax < 1,
        `connector '${c.connectorName}' cannot have ${c.tasksMax} tasks`,
      ),
  },
  {
    id: 'connector-connection',
    holds:
      'A connector with a connection of its own reaches the cluster of its workers, from their namespace, and trusts what they trust.',
    remedy: 'connect its user to a listener of the same cluster, with the trust and in the namespace of the workers',
    source:
      'Apache Kafka 4.3.1: offsets and transactions are in the cluster of the workers, whose trust store the connector inherits',
    faults: (c) => {
      const { connection, connectorName } = c;
      const workers = c.connect.connection;
      return [
        ...faultIf(
          connection.listener.clusterId !== workers.listener.clusterId,
          `connector '${connectorName}' reaches cluster '${connection.listener.clusterName}', its workers '${workers.listener.clusterName}'`,
        ),
        ...faultIf(
          connection.namespace !== workers.namespace,
          `connector '${connectorName}' connects from namespace '${connection.namespace}', its workers are in '${workers.namespace}'`,
        ),
        ...faultIf(
          connection.trust?.toString() !== workers.trust?.toString(),
          `connector '${connectorName}' trusts ${connection.trust?.toString() ?? 'no authority of ours'}, its workers ${workers.trust?.toString() ?? 'none'}`,
        ),
      ];
    },
  },
  {
    id: 'connector-config',
    holds:
      'Settings of a connector are none that follow from its properties, and those for its clients are ones that they know.',
    remedy: 'use the property of the construct, correct the name, or leave the setting out',
    source:
      'Apache Kafka 4.3.1, ConnectorConfig.java; Strimzi 1.2.0, AbstractConnectorSpec.java: name, class, tasks and version have fields of their own',
    faults: (c) =>
      Object.keys(c._props.config ?? {}).flatMap((setting) => {
        if (OWN_FIELDS.includes(setting) || setting in c._derived) {
          return [`connector '${c.connectorName}' cannot be given ${setting}`];
        }
        const ofClient = /^(?:producer|consumer|admin)\.override\.(.+)$/.exec(setting);
        const unknown = ofClient
          ? !isClientConfig(ofClient[1])
          : CONNECT_SETTING.test(setting) && !CONNECTOR_CONFIGS.has(setting) && !GROUP_SETTING.test(setting);
        return faultIf(unknown, `connector '${c.connectorName}': there is no setting ${setting}`);
      }),
  },
  {
    id: 'connector-secret',
    holds: 'No secret value is among the settings of a connector, which everybody who may read the resource would see.',
    remedy: "give it by reference: secrets: { 'connection.password': SecretKey.existing(name, key) }",
    source: 'Apache Kafka 4.3.1, docs/connect.html: config providers',
    faults: (c) =>
      Object.entries(c._props.config ?? {})
        .filter(([setting, value]) => SECRET_SETTING.test(setting) && !REFERENCES_ALONE.test(String(value)))
        .map(([setting]) => `connector '${c.connectorName}' has its ${setting} in clear`),
  },
];
