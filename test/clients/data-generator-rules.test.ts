import { Chart } from 'cdk8s';
import {
  ApicurioRegistry,
  ClientCredentials,
  DataGenerator,
  DataGeneratorImage,
  DataGeneratorProps,
  DataSet,
  KafkaAuthorization,
  KafkaCluster,
  KafkaConnection,
  KafkaTopic,
  ListenerAuthentication,
  OAuthClient,
  OAuthIssuer,
  RegistryStorage,
  SecretKey,
  UserAuthentication,
} from '../../lib';
import { DATA_GENERATOR_RULES } from '../../lib/clients/data-generator-rules';
import { CLIENT_FILES_RULES } from '../../lib/connection/client-files-rules';
import { WORKLOAD_RULES } from '../../lib/kubernetes/workload-rules';
import { World, certificate, faultsBy } from './world';

const LATER = DataGeneratorImage.of('quay.io/streamshub/flink-examples-data-generator:0.2.0');

function generator(world: World, props: Partial<DataGeneratorProps> = {}, id = 'data'): void {
  new DataGenerator(world.chart, id, {
    connection: props.connection ?? world.connect(world.user('data-user')),
    data: [DataSet.SALES],
    topics: [world.topic],
    ...props,
  });
}

const KEYSTORE =
  'connect it as a user with UserAuthentication.tls(); only where the listener asks for no certificate, give such a user as keystoreUser instead (data-generator-keystore)';
const LOGIN =
  'connect it to a listener with ListenerAuthentication.tls(), or for SCRAM give image: DataGeneratorImage.of() with a build after 0.1.0 (data-generator-login)';
const TOPICS =
  'declare a KafkaTopic of that name in the cluster of the connection, and pass just the topics of the data sets (data-generator-topics)';

const CASES: Record<string, [(chart: Chart) => void, string[]]> = {
  'data-generator-data': [
    (chart) => {
      const world = new World(chart);
      const connection = world.connect(world.user('data-user'));
      generator(world, { connection, data: [], topics: [] });
      generator(world, { connection, data: [DataSet.SALES, DataSet.SALES] }, 'data-twice');
    },
    [
      "[test/data] data generator 'data' has no data set; name each data set once: data: [DataSet.SALES] (data-generator-data)",
      "[test/data-twice] data generator 'data-twice' has the data set 'sales' twice; name each data set once: data: [DataSet.SALES] (data-generator-data)",
    ],
  ],
  'data-generator-topics': [
    (chart) => {
      const world = new World(chart);
      const connection = world.connect(world.user('data-user'));
      const other = new KafkaTopic(chart, 'sales', { cluster: world.cluster });
      generator(world, { connection, topics: [other] });
      generator(world, { connection, topics: [world.topic, other] }, 'data-more');
    },
    [
      `[test/data] the data set 'sales' always goes to topic 'flink.sales.records', which is not among the topics; ${TOPICS}`,
      `[test/data-more] no data set goes to topic 'sales'; ${TOPICS}`,
    ],
  ],
  'data-generator-cluster': [
    (chart) => {
      const world = new World(chart);
      const cluster = KafkaCluster.fromClusterName(chart, 'other', { clusterName: 'other' });
      const topic = new KafkaTopic(chart, 'elsewhere', { cluster, topicName: 'flink.sales.records' });
      generator(world, { topics: [topic] });
    },
    [
      "[test/data] topic 'flink.sales.records' is of cluster 'other', the connection of 'my-cluster'; declare the topic in the cluster of the connection (data-generator-cluster)",
    ],
  ],
  'data-generator-login': [
    (chart) => {
      const world = new World(chart);
      const scram = world.cluster.addListener('scram', {
        port: 9094,
        authentication: ListenerAuthentication.scramSha512(),
      });
      const scramUser = world.user('scram-user', UserAuthentication.scramSha512());
      generator(world, { connection: world.connect(scramUser, scram) });

      const issuer = new OAuthIssuer({
        issuerUri: 'https://sso.example.com',
        jwksEndpointUri: 'https://sso.example.com/jwks',
        tokenEndpointUri: 'https://sso.example.com/token',
      });
      const authentication = ListenerAuthentication.oauth({ issuer, audience: 'kafka' });
      const oauth = world.cluster.addListener('oauth', { port: 9095, authentication });
      const client = new OAuthClient({
        issuer,
        clientId: 'data',
        clientSecret: SecretKey.existing('data-client', 'secret'),
        audiences: ['kafka'],
        claims: { preferred_username: 'service-account-data' },
      });
      const oauthUser = world.user('oauth-user', UserAuthentication.oauth(client));
      generator(world, { connection: world.connect(oauthUser, oauth), image: LATER }, 'data-oauth');
    },
    [
      `[test/data] data generator 'data' cannot log in to listener 'scram' by SCRAM-SHA-512; ${LOGIN}`,
      `[test/data-oauth] data generator 'data-oauth' cannot log in to listener 'oauth' by OAUTHBEARER; ${LOGIN}`,
    ],
  ],
  'data-generator-keystore': [
    (chart) => {
      const world = new World(chart, KafkaAuthorization.none());
      const open = world.cluster.addListener('open', { port: 9094, authentication: ListenerAuthentication.none() });
      const anonymous = world.connect(undefined, open);
      generator(world, { connection: anonymous });

      const [user, other] = [world.user('data-user'), world.user('other-user')];
      const connection = world.connect(user);
      generator(world, { connection, keystoreUser: other }, 'data-two');
      generator(world, { connection, keystoreUser: other, image: LATER }, 'data-idle');

      const scram = world.user('scram-user', UserAuthentication.scramSha512());
      generator(world, { connection: anonymous, keystoreUser: scram }, 'data-scram');

      const credentials = ClientCredentials.certificate(certificate());
      const replaced = new KafkaConnection(chart, 'replaced', { listener: world.listener, user, credentials });
      generator(world, { connection: replaced }, 'data-replaced');

      const elsewhere = world.connect(undefined, open, 'tools');
      generator(world, { connection: elsewhere, keystoreUser: other }, 'data-elsewhere');
    },
    [
      `[test/data] data generator 'data' speaks TLS and has no key store; ${KEYSTORE}`,
      `[test/data-two] data generator 'data-two' connects as 'data-user' and has the keystoreUser 'other-user'; ${KEYSTORE}`,
      `[test/data-idle] data generator 'data-idle' has no use for the keystoreUser 'other-user'; ${KEYSTORE}`,
      `[test/data-scram] Strimzi makes no key store for user 'scram-user'; ${KEYSTORE}`,
      `[test/data-replaced] data generator 'data-replaced' can show the certificate of user 'data-user' only, not that of its connection; ${KEYSTORE}`,
      `[test/data-elsewhere] a data generator in namespace 'tools' cannot mount the key store of user 'other-user' in 'flink'; ${KEYSTORE}`,
    ],
  ],
  'data-generator-registry': [
    (chart) => {
      const registry = new ApicurioRegistry(chart, 'registry', {
        storage: RegistryStorage.inMemory(),
        namespace: 'tools',
        certificate: certificate(ApicurioRegistry.dnsNames('registry', 'tools'), 'tools'),
      });
      generator(new World(chart), { registry });
    },
    [
      "[test/data] a data generator in namespace 'flink' cannot mount tools/root-ca:ca.crt; run both in one namespace (data-generator-registry)",
    ],
  ],
};

test.each(Object.entries(CASES))('fails by %s', (_, [build, messages]) =>
  expect(faultsBy(DATA_GENERATOR_RULES, build)).toEqual(messages),
);

test('every rule about data generators has a case', () => {
  expect(Object.keys(CASES)).toEqual(DATA_GENERATOR_RULES.map(({ id }) => id));
});

test('a topic may be declared for the cluster by its name', () => {
  const build = (chart: Chart) => {
    const world = new World(chart);
    const cluster = KafkaCluster.fromClusterName(chart, 'same', { clusterName: 'my-cluster' });
    generator(world, { topics: [new KafkaTopic(chart, 'same-topic', { cluster, topicName: 'flink.sales.records' })] });
  };
  expect(faultsBy(DATA_GENERATOR_RULES, build)).toEqual([]);
});

test('fails by the rules for all workloads and their files, too', () => {
  const build = (chart: Chart) => {
    const world = new World(chart);
    const image = DataGeneratorImage.of('data-generator:main');
    generator(world, { connection: world.connect(world.user('tmp')), image, name: 'My_Data' });
  };
  const messages = faultsBy([...WORKLOAD_RULES, ...CLIENT_FILES_RULES], build);
  expect(messages.map((message) => /\(([a-z-]+)\)$/.exec(message)?.[1])).toEqual([
    'workload-name',
    'workload-image',
    'secret-volume',
  ]);
});
