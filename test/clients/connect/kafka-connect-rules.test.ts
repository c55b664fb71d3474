import { Chart } from 'cdk8s';
import {
  ConfluentKafkaConnect,
  ConfluentKafkaConnectProps,
  ClientCredentials,
  ConnectConverter,
  ExistingCertificate,
  ExistingSchemaRegistry,
  ExternalKafka,
  ExternalKafkaAuthentication,
  KafkaCluster,
  KafkaConnection,
  KafkaTopic,
  PluginArtifact,
  RestKeyStore,
  SaslMechanism,
  SecretKey,
  StrimziKafkaConnect,
  TrustedCertificates,
} from '../../../lib';
import { CONFLUENT_KAFKA_CONNECT_RULES } from '../../../lib/clients/connect/confluent-kafka-connect-rules';
import { KAFKA_CONNECT_RULES } from '../../../lib/clients/connect/kafka-connect-rules';
import { KAFKA_CONNECTOR_RULES } from '../../../lib/clients/connect/kafka-connector-rules';
import { STRIMZI_KAFKA_CONNECT_RULES } from '../../../lib/clients/connect/strimzi-kafka-connect-rules';
import { STRIMZI_CLIENT_RULES } from '../../../lib/clients/strimzi/strimzi-client-rules';
import { faults } from '../../support/synth';
import { faultsBy } from '../world';
import { ConnectWorld } from './connect-world';

const RULES = [
  ...KAFKA_CONNECT_RULES,
  ...KAFKA_CONNECTOR_RULES,
  ...STRIMZI_KAFKA_CONNECT_RULES,
  ...CONFLUENT_KAFKA_CONNECT_RULES,
  ...STRIMZI_CLIENT_RULES,
];

const CHECKSUM = 'a1'.repeat(64);

function confluent(world: ConnectWorld, props: Partial<ConfluentKafkaConnectProps>): ConfluentKafkaConnect {
  const connection = world.connect(world.user('confluent-worker'));
  return new ConfluentKafkaConnect(world.chart, 'workers', { connection, ...props });
}

/** A Kafka of others, which takes this. */
function others(chart: Chart, credentials: ClientCredentials, authentication: ExternalKafkaAuthentication) {
  const listener = new ExternalKafka(chart, 'theirs', { bootstrapServers: ['kafka.example.com:9093'], authentication });
  return new KafkaConnection(chart, 'to-theirs', { listener, credentials });
}

const keyStore = (namespace?: string) =>
  RestKeyStore.existing({
    keystore: SecretKey.existing('rest', 'keystore.p12', { namespace }),
    password: SecretKey.existing('rest-password', 'password'),
    issuer: TrustedCertificates.fromSecret('root-ca', 'ca.crt'),
    dnsNames: ['connect.example.com'],
  });

const CASES: Record<string, [(world: ConnectWorld) => void, string[]]> = {
  'connect-topics': [
    (world) => world.workers({ offsetTopic: 'etl-configs', statusTopic: 'etl status', groupId: '' }),
    [
      "[test/etl] Kafka Connect 'etl' cannot have a topic 'etl status'; give configTopic, offsetTopic and statusTopic three names that Kafka takes, and groupId one that is not empty (connect-topics)",
      "[test/etl] Kafka Connect 'etl' would keep two things in topic 'etl-configs'; give configTopic, offsetTopic and statusTopic three names that Kafka takes, and groupId one that is not empty (connect-topics)",
      "[test/etl] Kafka Connect 'etl' has no group; give configTopic, offsetTopic and statusTopic three names that Kafka takes, and groupId one that is not empty (connect-topics)",
    ],
  ],
  'connect-replicas': [
    (world) => world.workers({ replicas: 0 }),
    [
      "[test/etl] Kafka Connect 'etl' cannot have 0 workers; leave replicas out, or give a whole number (connect-replicas)",
    ],
  ],
  'connect-config': [
    (world) =>
      world.workers({
        config: {
          'sasl.mechanism': 'PLAIN',
          'plugin.path': '/plugins',
          'ofset.flush.interval.ms': 5000,
          'producer.linger.ms': [5],
          'consumer.max.poll.records': 10,
          'offset.flush.interval.ms': 5000,
        },
      }),
    [
      "[test/etl] Kafka Connect 'etl' cannot be given sasl.mechanism; use the property of the construct, or leave the setting out (connect-config)",
      "[test/etl] Kafka Connect 'etl' cannot be given plugin.path; use the property of the construct, or leave the setting out (connect-config)",
      "[test/etl] Kafka Connect 'etl': workers have no setting ofset.flush.interval.ms; use the property of the construct, or leave the setting out (connect-config)",
      "[test/etl] Kafka Connect 'etl' has no text, number or boolean for producer.linger.ms; use the property of the construct, or leave the setting out (connect-config)",
    ],
  ],
  'connect-connector-names': [
    (world) => {
      const connect = world.workers();
      world.source(connect, { connectorName: 'same' });
      world.sink(connect, { connectorName: 'same' });
    },
    [
      "[test/etl] Kafka Connect 'etl' would have two connectors 'same'; give one of them another connectorName (connect-connector-names)",
    ],
  ],
  'connector-kind': [
    (world) => {
      const connect = world.workers();
      world.source(connect, { topics: [], exactlyOnce: true });
      const elsewhere = new KafkaCluster(world.chart, 'elsewhere');
      world.sink(connect, { topics: [new KafkaTopic(world.chart, 'far', { cluster: elsewhere })] });
    },
    [
      "[test/reader] source connector 'reader' writes to no topic; name topics of the cluster that the connector reaches; for exactly-once delivery give the workers exactlyOnceSource: true (connector-kind)",
      "[test/reader] source connector 'reader' wants exactly-once delivery, which its workers do not have; name topics of the cluster that the connector reaches; for exactly-once delivery give the workers exactlyOnceSource: true (connector-kind)",
      "[test/writer] sink connector 'writer' works with cluster 'my-cluster', topic 'far' is of 'elsewhere'; name topics of the cluster that the connector reaches; for exactly-once delivery give the workers exactlyOnceSource: true (connector-kind)",
    ],
  ],
  'connector-place': [
    (world) => {
      world.source(world.workers(), {
        connectorName: 'My_Reader',
        secrets: { 'database.password': SecretKey.existing('db', 'password', { namespace: 'databases' }) },
      });
      world.sink(confluent(world, { unencrypted: true }), { connectorName: 'My_Writer' });
    },
    [
      "[test/reader] no KafkaConnector can be named 'My_Reader'; use a name of lower-case letters, digits, dashes and dots, and Secrets of the namespace of the workers (connector-place)",
      "[test/reader] connector 'My_Reader': the workers cannot mount databases/db:password; use a name of lower-case letters, digits, dashes and dots, and Secrets of the namespace of the workers (connector-place)",
      "[test/writer] no ConfigMap can be named 'workers-My_Writer'; use a name of lower-case letters, digits, dashes and dots, and Secrets of the namespace of the workers (connector-place)",
    ],
  ],
  'connector-tasks': [
    (world) => world.sink(world.workers(), { tasksMax: 1.5 }),
    [
      "[test/writer] connector 'writer' cannot have 1.5 tasks; leave tasksMax out, or give a whole number (connector-tasks)",
    ],
  ],
  'connector-connection': [
    (world) => {
      const connect = world.workers();
      world.source(connect, {
        connection: others(
          world.chart,
          ClientCredentials.plain('key', SecretKey.existing('cloud', 'secret', { alphanumeric: true })),
          ExternalKafkaAuthentication.sasl([SaslMechanism.PLAIN]),
        ),
      });
      world.sink(connect, { connection: world.withPassword('writer-user', 'tools') });
    },
    [
      "[test/reader] connector 'reader' reaches cluster 'theirs', its workers 'my-cluster'; connect its user to a listener of the same cluster, with the trust and in the namespace of the workers (connector-connection)",
      "[test/reader] connector 'reader' trusts no authority of ours, its workers flink/my-cluster-cluster-ca-cert:*.crt; connect its user to a listener of the same cluster, with the trust and in the namespace of the workers (connector-connection)",
      "[test/writer] connector 'writer' connects from namespace 'tools', its workers are in 'flink'; connect its user to a listener of the same cluster, with the trust and in the namespace of the workers (connector-connection)",
    ],
  ],
  'connector-config': [
    (world) => {
      const connect = world.workers();
      world.source(connect, {
        config: {
          'tasks.max': 3,
          'errors.tollerance': 'all',
          'producer.override.linger': 5,
          'producer.override.linger.ms': 5,
          'topic.creation.mine.include': 'a.*',
          'offsets.storage.topic': 'mine',
          file: '/tmp/a',
        },
      });
      world.sink(connect, { config: { topics: 'other' } });
    },
    [
      "[test/reader] connector 'reader' cannot be given tasks.max; use the property of the construct, correct the name, or leave the setting out (connector-config)",
      "[test/reader] connector 'reader': there is no setting errors.tollerance; use the property of the construct, correct the name, or leave the setting out (connector-config)",
      "[test/reader] connector 'reader': there is no setting producer.override.linger; use the property of the construct, correct the name, or leave the setting out (connector-config)",
      "[test/writer] connector 'writer' cannot be given topics; use the property of the construct, correct the name, or leave the setting out (connector-config)",
    ],
  ],
  'connector-secret': [
    (world) =>
      world.sink(world.workers(), {
        config: { 'connection.password': 'abc', 'other.password': '${dir:/mnt/db:password}', 'password.hint': 'none' },
      }),
    [
      "[test/writer] connector 'writer' has its connection.password in clear; give it by reference: secrets: { 'connection.password': SecretKey.existing(name, key) } (connector-secret)",
    ],
  ],
  'strimzi-connect-name': [
    (world) => world.workers({ name: 'a'.repeat(52) }),
    [
      "[test/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa] no KafkaConnect can be named 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; use at most 51 lower-case letters, digits, dashes and dots (strimzi-connect-name)",
    ],
  ],
  'strimzi-connect-image': [
    (world) =>
      world.workers({
        image: 'registry.example.com/connect:latest',
        imageBuild: {
          image: 'registry.example.com/connect:1.0',
          plugins: [
            { name: 'File', artifacts: [PluginArtifact.jar('https://example.com/a.jar', 'abc')] },
            { name: 'none', artifacts: [] },
            { name: 'sound', artifacts: [PluginArtifact.zip('https://example.com/b.zip', CHECKSUM)] },
          ],
        },
      }),
    [
      "[test/etl] Kafka Connect 'etl' has an image and builds one; give image or imageBuild, with a tag that is never moved, and the SHA-512 checksum of each file (strimzi-connect-image)",
      "[test/etl] the image 'registry.example.com/connect:latest' does not say which version to run; give image or imageBuild, with a tag that is never moved, and the SHA-512 checksum of each file (strimzi-connect-image)",
      "[test/etl] no plugin can be named 'File'; give image or imageBuild, with a tag that is never moved, and the SHA-512 checksum of each file (strimzi-connect-image)",
      "[test/etl] plugin 'File' does not say which file is at https://example.com/a.jar; give image or imageBuild, with a tag that is never moved, and the SHA-512 checksum of each file (strimzi-connect-image)",
      "[test/etl] plugin 'none' has no files; give image or imageBuild, with a tag that is never moved, and the SHA-512 checksum of each file (strimzi-connect-image)",
    ],
  ],
  'confluent-connect-encryption': [
    (world) => {
      const connect = confluent(world, {});
      const connection = connect.connection;
      const names = ConfluentKafkaConnect.dnsNames('both', 'flink');
      const restKeyStore = RestKeyStore.existing({
        keystore: SecretKey.existing('rest', 'keystore.p12'),
        password: SecretKey.existing('rest-password', 'password'),
        issuer: TrustedCertificates.fromSecret('root-ca', 'ca.crt'),
        dnsNames: names,
      });
      new ConfluentKafkaConnect(world.chart, 'both', { connection, restKeyStore, unencrypted: true });
    },
    [
      "[test/workers] the REST interface of Kafka Connect 'workers' would cross the network in clear; give restKeyStore, or say unencrypted: true where the network is trusted (confluent-connect-encryption)",
      "[test/both] Kafka Connect 'both' is unencrypted and has a certificate, which it would never show; give restKeyStore, or say unencrypted: true where the network is trusted (confluent-connect-encryption)",
    ],
  ],
  'confluent-connect-key-store': [
    (world) => confluent(world, { restKeyStore: keyStore('pki') }),
    [
      "[test/workers] Kafka Connect 'workers' in namespace 'flink' cannot mount pki/rest:keystore.p12; issue the certificate with pkcs12, in the namespace of the workers, with dnsNames: ConfluentKafkaConnect.dnsNames(name, namespace) (confluent-connect-key-store)",
      "[test/workers] the certificate 'pki/rest:keystore.p12' is not valid for workers.flink.svc; issue the certificate with pkcs12, in the namespace of the workers, with dnsNames: ConfluentKafkaConnect.dnsNames(name, namespace) (confluent-connect-key-store)",
    ],
  ],
  'confluent-connect-workers': [
    (world) => {
      const restKeyStore = RestKeyStore.existing({
        keystore: SecretKey.existing('rest', 'keystore.p12'),
        password: SecretKey.existing('rest-password', 'password'),
        issuer: TrustedCertificates.fromSecret('root-ca', 'ca.crt'),
        dnsNames: ['*.flink.svc'],
      });
      confluent(world, { restKeyStore, replicas: 2 });
    },
    [
      "[test/workers] the 2 workers of Kafka Connect 'workers' would not trust each other; leave replicas out, or use StrimziKafkaConnect (confluent-connect-workers)",
    ],
  ],
  'confluent-connect-variables': [
    (world) =>
      confluent(world, { unencrypted: true, config: { 'key.converter.a.b': 'c', 'config.providers.x.class': 'C' } }),
    [
      "[test/workers] Kafka Connect 'workers' cannot be given key.converter.a.b in Confluent's image; leave the setting out (confluent-connect-variables)",
      "[test/workers] Kafka Connect 'workers' cannot be given config.providers.x.class in Confluent's image; leave the setting out (confluent-connect-variables)",
    ],
  ],
  'strimzi-client-certificate': [
    (world) => {
      const credentials = ClientCredentials.certificate(
        new ExistingCertificate({
          commonName: 'worker',
          certificate: SecretKey.existing('crt', 'tls.crt'),
          privateKey: SecretKey.existing('key', 'tls.key'),
          issuer: TrustedCertificates.fromSecret('root-ca', 'ca.crt'),
        }),
      );
      world.workers({ connection: others(world.chart, credentials, ExternalKafkaAuthentication.tls()) });
    },
    [
      "[test/etl] Kafka Connect 'etl' cannot read its certificate from crt:tls.crt and its key from key:tls.key; put both into one Secret (strimzi-client-certificate)",
    ],
  ],
  'strimzi-client-password': [
    (world) => {
      const credentials = ClientCredentials.plain('a"b', SecretKey.existing('cloud', 'secret'));
      const authentication = ExternalKafkaAuthentication.sasl([SaslMechanism.PLAIN]);
      world.workers({ connection: others(world.chart, credentials, authentication) });
    },
    [
      "[test/etl] Kafka Connect 'etl' cannot log in with cloud:secret if it has quotes or backslashes; let Strimzi make the password, or use one of letters, digits, dots, dashes and underscores and say so: SecretKey.existing(name, key, { alphanumeric: true }) (strimzi-client-password)",
      "[test/etl] Kafka Connect 'etl' cannot log in as 'a\"b'; let Strimzi make the password, or use one of letters, digits, dots, dashes and underscores and say so: SecretKey.existing(name, key, { alphanumeric: true }) (strimzi-client-password)",
    ],
  ],
  'strimzi-client-files': [
    (world) => {
      const registry = new ExistingSchemaRegistry({
        confluentUrl: 'https://registry.example.com',
        trust: TrustedCertificates.allFromSecret('registry-ca'),
      });
      const connect = world.workers({ valueConverter: ConnectConverter.avro(registry) });
      const listener = world.scram;
      const user = world.withPassword('writer-user').user;
      const credentials = ClientCredentials.scramSha512('writer-user', SecretKey.existing('given', 'password'));
      world.sink(connect, { connection: new KafkaConnection(world.chart, 'awkward', { listener, user, credentials }) });
    },
    [
      "[test/etl] Kafka Connect 'etl' cannot put the certificates of Secret 'registry-ca' together; name one certificate: TrustedCertificates.fromSecret(name, key), and say of passwords that need no quoting { alphanumeric: true } (strimzi-client-files)",
      "[test/etl] Kafka Connect 'etl' cannot quote given:password; name one certificate: TrustedCertificates.fromSecret(name, key), and say of passwords that need no quoting { alphanumeric: true } (strimzi-client-files)",
    ],
  ],
};

test.each(Object.entries(CASES))('fails by %s', (id, [build, messages]) => {
  const rules = RULES.filter((rule) => rule.id === id);
  expect(faultsBy(rules, (chart) => build(new ConnectWorld(chart)))).toEqual(messages);
});

test('every rule about Connect has a case', () => {
  expect(Object.keys(CASES)).toEqual(RULES.map(({ id }) => id));
});

test('workers, connectors and their files that are right have no fault', () => {
  const build = (chart: Chart) => {
    const world = new ConnectWorld(chart);
    const connect: StrimziKafkaConnect = world.workers({
      exactlyOnceSource: true,
      config: { 'offset.flush.interval.ms': 1 },
    });
    world.source(connect, { exactlyOnce: true, connection: world.withPassword('reader-user') });
    world.sink(confluent2(world), { deadLetterQueue: { topic: world.output } });
  };
  expect(faults(build)).toEqual([]);
});

function confluent2(world: ConnectWorld): ConfluentKafkaConnect {
  const connection = world.withPassword('others');
  return new ConfluentKafkaConnect(world.chart, 'workers', { connection, unencrypted: true });
}
