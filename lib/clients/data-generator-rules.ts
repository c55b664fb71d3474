import { SaslMechanism, SecurityProtocol } from '../access/protocol';
import { Rule, faultIf } from '../validation/rule';
import type { DataGenerator } from './data-generator';

const PROGRAM = 'streamshub/flink-sql-examples 0.1.0, tutorials/data-generator';

export const DATA_GENERATOR_RULES: readonly Rule<DataGenerator>[] = [
  {
    id: 'data-generator-data',
    holds: 'A data generator has at least one data set, and none twice.',
    remedy: 'name each data set once: data: [DataSet.SALES]',
    source: `${PROGRAM}/.../Main.java`,
    faults: (g) => [
      ...faultIf(g.data.length === 0, `data generator '${g.generatorName}' has no data set`),
      ...g.data
        .filter((set, index) => g.data.indexOf(set) !== index)
        .map(({ dataName }) => `data generator '${g.generatorName}' has the data set '${dataName}' twice`),
    ],
  },
  {
    id: 'data-generator-topics',
    holds: 'The topics of a data generator are those that its data sets go to, whose names the program fixes.',
    remedy:
      'declare a KafkaTopic of that name in the cluster of the connection, and pass just the topics of the data sets',
    source: `${PROGRAM}/.../examples`,
    faults: (g) => {
      const missing = g.data.filter((set) => !g.topics.some(({ topicName }) => topicName === set.topicName));
      if (missing.length > 0) {
        return missing.map(
          ({ dataName, topicName }) =>
            `the data set '${dataName}' always goes to topic '${topicName}', which is not among the topics`,
        );
      }
      return g.topics
        .filter(({ topicName }) => !g.data.some((set) => set.topicName === topicName))
        .map(({ topicName }) => `no data set goes to topic '${topicName}'`);
    },
  },
  {
    id: 'data-generator-cluster',
    holds: 'The topics of a data generator are in the cluster that it connects to.',
    remedy: 'declare the topic in the cluster of the connection',
    source: 'Kafka 4.3.1: a topic belongs to one cluster',
    faults: ({ topics, connection }) =>
      topics
        .filter(({ clusterId }) => clusterId !== connection.listener.clusterId)
        .map(
          ({ topicName, clusterName }) =>
            `topic '${topicName}' is of cluster '${clusterName}', the connection of '${connection.listener.clusterName}'`,
        ),
  },
  {
    id: 'data-generator-login',
    holds: 'A data generator connects to listeners whose way to log in its program knows.',
    remedy:
      'connect it to a listener with ListenerAuthentication.tls(), or for SCRAM give image: DataGeneratorImage.of() with a build after 0.1.0',
    source: `${PROGRAM}/.../KafkaCommonProps.java (TLS or nothing); pom.xml (no login handler for OAuth in any build)`,
    faults: ({ generatorName, image, connection }) => {
      const { saslMechanism } = connection.credentials;
      const unknown = image.takesAllSettings
        ? saslMechanism === SaslMechanism.OAUTHBEARER
        : speaksSasl(connection.securityProtocol);
      return faultIf(
        unknown,
        `data generator '${generatorName}' cannot log in to ${connection.listener._label} by ${saslMechanism ?? 'SASL'}`,
      );
    },
  },
  {
    id: 'data-generator-keystore',
    holds:
      'Version 0.1.0 has the key store of a Strimzi user whenever it speaks TLS, and no other program is given one.',
    remedy:
      'connect it as a user with UserAuthentication.tls(); only where the listener asks for no certificate, give such a user as keystoreUser instead',
    source: `${PROGRAM}/.../KafkaCommonProps.java: without a key store it ends in a NullPointerException`,
    faults: keystoreFaults,
  },
  {
    id: 'data-generator-registry',
    holds: 'The certificates by which a data generator knows its registry are in its own namespace.',
    remedy: 'run both in one namespace',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: ({ registry, namespace }) => {
      const trust = registry?.trust;
      return faultIf(
        trust?.namespace !== undefined && namespace !== '' && trust.namespace !== namespace,
        `a data generator in namespace '${namespace}' cannot mount ${trust?.toString()}`,
      );
    },
  },
];

function speaksSasl(protocol: SecurityProtocol): boolean {
  return protocol === SecurityProtocol.SASL_PLAINTEXT || protocol === SecurityProtocol.SASL_SSL;
}

function keystoreFaults(generator: DataGenerator): string[] {
  const { generatorName, image, connection, keystoreUser, namespace } = generator;
  const needed = !image.takesAllSettings && connection.securityProtocol === SecurityProtocol.SSL;
  if (!needed)
    return faultIf(
      keystoreUser !== undefined,
      `data generator '${generatorName}' has no use for the keystoreUser '${keystoreUser?.userName}'`,
    );
  const user = generator._keystoreUser();
  if (!user) return [`data generator '${generatorName}' speaks TLS and has no key store`];
  const details = connection.credentials._details;
  const otherCertificate =
    details.kind === 'certificate' && details.certificate.certificate.secretName !== user.secretName;
  return [
    ...faultIf(
      connection.user !== undefined && keystoreUser !== undefined,
      `data generator '${generatorName}' connects as '${connection.user?.userName}' and has the keystoreUser '${keystoreUser?.userName}'`,
    ),
    ...faultIf(user.authentication._details.kind !== 'tls', `Strimzi makes no key store for user '${user.userName}'`),
    ...faultIf(
      user.authentication._details.kind === 'tls' && otherCertificate,
      `data generator '${generatorName}' can show the certificate of user '${user.userName}' only, not that of its connection`,
    ),
    ...faultIf(
      namespace !== '' && user.cluster.namespace !== namespace,
      `a data generator in namespace '${namespace}' cannot mount the key store of user '${user.userName}' in '${user.cluster.namespace}'`,
    ),
  ];
}
