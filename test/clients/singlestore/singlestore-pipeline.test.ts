import { Duration } from 'cdk8s';
import { ExistingSchemaRegistry, KafkaConnection, PipelineFormat, PipelineTarget, SecretKey } from '../../../lib';
import { ReadStatement, readStatement } from '../../support/singlestore/statement';
import { synth, testChart } from '../../support/synth';
import { World } from '../world';
import { COMPANY, LOGINS, Login, cloud, cluster, connect, pipeline } from './world';

const FOLDER = '/etc/memsql/extra-secret';
const TRUST = { 'ssl.ca.location': `${FOLDER}/company-ca_ca.crt` };
const PASSWORD = { 'sasl.password': '${/opt/kafka-login/password}' };

function statement(login: Login, engine: typeof cluster | typeof cloud = cluster): ReadStatement {
  const chart = testChart();
  return readStatement(pipeline(chart, engine(chart), connect(chart, login)).statement);
}

const CASES: Record<keyof typeof LOGINS, Pick<ReadStatement, 'config' | 'credentials'>> = {
  plaintext: { config: { 'security.protocol': 'PLAINTEXT' }, credentials: {} },
  tls: { config: { 'security.protocol': 'SSL', ...TRUST }, credentials: {} },
  mtls: {
    config: {
      'security.protocol': 'SSL',
      'ssl.certificate.location': `${FOLDER}/my-tls_tls.crt`,
      'ssl.key.location': `${FOLDER}/my-tls_tls.key`,
      ...TRUST,
    },
    credentials: {},
  },
  plain: {
    config: { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'PLAIN', 'sasl.username': 'etl', ...TRUST },
    credentials: PASSWORD,
  },
  scram256: {
    config: { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-256', 'sasl.username': 'etl', ...TRUST },
    credentials: PASSWORD,
  },
  scram512: {
    config: { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512', 'sasl.username': 'etl', ...TRUST },
    credentials: PASSWORD,
  },
  kerberos: {
    config: {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'GSSAPI',
      'sasl.kerberos.service.name': 'kafka',
      'sasl.kerberos.principal': 'etl@EXAMPLE.COM',
      'sasl.kerberos.keytab': `${FOLDER}/etl-kerberos_user.keytab`,
      ...TRUST,
    },
    credentials: {},
  },
  oauth: {
    config: {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.oauthbearer.token.endpoint.url': 'https://sso.example.com/token',
      'sasl.oauthbearer.client.id': 'etl client',
      'sasl.oauthbearer.scope': 'kafka read',
      'ssl.ca.location': `${FOLDER}/company-ca_ca.crt__sso-ca_ca.crt`,
    },
    credentials: { 'sasl.oauthbearer.client.secret': '${/opt/etl-client/secret}' },
  },
};

test.each(Object.entries(CASES))('%s: settings are in CONFIG, secrets are marks in CREDENTIALS', (name, expected) => {
  const { config, credentials, brokers, topic } = statement(LOGINS[name as keyof typeof LOGINS]);
  expect({ config, credentials }).toEqual(expected);
  expect([brokers, topic]).toEqual(['broker-1:9093,broker-2:9093', 'orders']);
});

test('brokers with certificates of a public authority are known by those of the image', () => {
  const login = { ...LOGINS.plain, kafka: { trust: undefined } };
  expect(statement(login).config['ssl.ca.location']).toBe('/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem');
});

test('the cloud service knows uploaded authorities and public ones by one file', () => {
  expect(statement(LOGINS.plain, cloud).config['ssl.ca.location']).toBe(
    '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  );
});

test('certificates of Strimzi are used in PEM, as they are', () => {
  const chart = testChart();
  const world = new World(chart);
  const connection = world.connect(world.user('etl'));
  const { config } = readStatement(pipeline(chart, cluster(chart), { connection, topic: world.topic }).statement);
  expect(config).toEqual({
    'security.protocol': 'SSL',
    'ssl.ca.location': `${FOLDER}/my-cluster-cluster-ca-cert.crt`,
    'ssl.certificate.location': `${FOLDER}/etl_user.crt`,
    'ssl.key.location': `${FOLDER}/etl_user.key`,
  });
});

test('everything that a pipeline can say is in its statement, in the order of its grammar', () => {
  const chart = testChart();
  const registry = new ExistingSchemaRegistry({ confluentUrl: "https://registry/it's", trust: COMPANY });
  const { statement: sql } = pipeline(chart, cluster(chart), connect(chart, LOGINS.mtls), {
    pipelineName: 'my`orders',
    into: PipelineTarget.procedure('take'),
    format: PipelineFormat.avro(registry, { city: 'address::city', record: '%' }),
    group: 'watchers',
    batchInterval: Duration.seconds(1),
    config: { 'fetch.min.bytes': '7' },
    keyPassword: SecretKey.existing('my-tls', 'passphrase'),
  });
  const { before, config, credentials, after } = readStatement(sql);
  expect(before).toBe('CREATE OR REPLACE PIPELINE `my``orders` AS\nLOAD DATA ');
  expect(config).toMatchObject({
    'group.id': 'watchers',
    'fetch.min.bytes': '7',
    'schema.registry.ssl.ca.location': `${FOLDER}/company-ca_ca.crt`,
  });
  expect(credentials).toEqual({ 'ssl.key.password': '${/opt/my-tls/passphrase}' });
  expect(after.split('\n')).toEqual([
    'BATCH_INTERVAL 1000',
    'INTO PROCEDURE `take`',
    "FORMAT AVRO SCHEMA REGISTRY 'https://registry/it\\'s'",
    '(`city` <- `address`::`city`, `record` <- %);',
    'START PIPELINE IF NOT RUNNING `my``orders`;',
  ]);
});

test('a pipeline reads lines, and is not started if it shall not be', () => {
  const chart = testChart();
  const { statement: sql } = pipeline(chart, cluster(chart), connect(chart, LOGINS.tls), {
    format: PipelineFormat.csv(['id', 'amount'], '\t'),
    start: false,
  });
  expect(readStatement(sql).after.split('\n')).toEqual([
    'INTO TABLE `orders`',
    String.raw`FIELDS TERMINATED BY '\t' ENCLOSED BY '"' ESCAPED BY '\\'`,
    String.raw`LINES TERMINATED BY '\n'`,
    '(`id`, `amount`);',
  ]);
});

describe('the user may', () => {
  const rights = (group?: string) => {
    const chart = testChart();
    const ends = connect(chart, LOGINS.plain);
    pipeline(chart, cluster(chart), ends, { group });
    return ends.user?.acls.map(({ resource, operations }) => `${operations.join()} ${resource.toString()}`);
  };

  test('read the topic, and has nothing to do with groups', () => {
    expect(rights()).toEqual(['Read topic orders']);
  });

  test('use a group if one is set', () => {
    expect(rights('watchers')).toEqual(['Read topic orders', 'Read group watchers']);
  });
});

test('an anonymous pipeline is given no rights', () => {
  expect(() => synth((chart) => pipeline(chart, cluster(chart), connect(chart, LOGINS.tls)))).not.toThrow();
});

test('the nodes of the cluster, and nobody else, may reach listener and registry', () => {
  const registry = { confluentUrl: 'https://registry', allowFromPods: jest.fn() };
  const allow = jest.spyOn(KafkaConnection.prototype, 'allowFromPods');
  synth((chart) =>
    pipeline(chart, cluster(chart), connect(chart, LOGINS.tls), {
      format: PipelineFormat.avro(registry, { id: 'id' }),
    }),
  );
  const nodes = { 'app.kubernetes.io/name': 'memsql-cluster', 'app.kubernetes.io/instance': 'sdb' };
  expect(allow.mock.calls).toEqual([[nodes]]);
  expect(registry.allowFromPods.mock.calls).toEqual([[nodes, 'flink']]);
  allow.mockRestore();
});
