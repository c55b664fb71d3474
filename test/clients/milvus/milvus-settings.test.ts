import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import {
  ClientCredentials,
  ExternalKafkaAuthentication,
  KafkaConnection,
  MilvusImage,
  MilvusStandalone,
  MilvusStorage,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { isAtLeast } from '../../../lib/clients/milvus/milvus-image';
import { mergedSettings, yamlText } from '../../../lib/clients/milvus/milvus-settings';
import { Random } from '../../support/random';
import { find, testChart, synth } from '../../support/synth';
import { environment } from '../world';
import { MILVUS_KEYS, PASSED_KEYS } from './milvus-keys';
import { PLAIN, SCRAM, certificate, flat, kafkaPart, oauth, sasl, standalone, theirs } from './milvus-world';

const NONE = ExternalKafkaAuthentication.none();
const BROKERS = { brokerList: 'a.example.com:9093,b.example.com:9093' };
const TLS = { 'ssl.enabled': 'true', 'ssl.tlsCaCert': '/opt/kafka-ca/ca.crt' };
const both = (settings: Record<string, string>) =>
  Object.fromEntries(
    ['producer', 'consumer'].flatMap((side) => Object.entries(settings).map(([k, v]) => [`${side}.${k}`, v])),
  );

type Case = [(chart: Chart) => KafkaConnection, Record<string, string>, Record<string, string>];

/** For each way to log in: what `milvus.yaml` says of Kafka, and the variables with secret values. */
const MODES: Record<string, Case> = {
  plaintext: [
    (chart) => theirs(chart, NONE, ClientCredentials.none(), { tls: false }),
    { ...BROKERS, securityProtocol: 'PLAINTEXT', 'ssl.enabled': 'false' },
    {},
  ],
  TLS: [(chart) => theirs(chart, NONE, ClientCredentials.none()), { ...BROKERS, securityProtocol: 'SSL', ...TLS }, {}],
  'TLS with a public authority': [
    (chart) => theirs(chart, NONE, ClientCredentials.none(), { publicAuthority: true }),
    { ...BROKERS, securityProtocol: 'SSL', 'ssl.enabled': 'false', ...both({ 'ssl.ca.location': 'probe' }) },
    {},
  ],
  'mutual TLS': [
    (chart) =>
      theirs(chart, ExternalKafkaAuthentication.tls(), ClientCredentials.certificate(certificate('milvus-client'))),
    {
      ...BROKERS,
      securityProtocol: 'SSL',
      ...TLS,
      'ssl.tlsCert': '/opt/milvus-client/tls.crt',
      'ssl.tlsKey': '/opt/milvus-client/tls.key',
    },
    {},
  ],
  'SASL PLAIN in clear': [
    (chart) => sasl(chart, PLAIN, { tls: false }),
    {
      ...BROKERS,
      securityProtocol: 'SASL_PLAINTEXT',
      saslMechanisms: 'PLAIN',
      saslUsername: 'milvus',
      'ssl.enabled': 'false',
    },
    { KAFKA_SASLPASSWORD: 'kafka-login:password' },
  ],
  'SASL PLAIN': [
    (chart) => sasl(chart, PLAIN),
    { ...BROKERS, securityProtocol: 'SASL_SSL', saslMechanisms: 'PLAIN', saslUsername: 'milvus', ...TLS },
    { KAFKA_SASLPASSWORD: 'kafka-login:password' },
  ],
  'SASL SCRAM-SHA-512': [
    (chart) => sasl(chart, SCRAM),
    { ...BROKERS, securityProtocol: 'SASL_SSL', saslMechanisms: 'SCRAM-SHA-512', saslUsername: 'milvus', ...TLS },
    { KAFKA_SASLPASSWORD: 'kafka-login:password' },
  ],
  'SASL OAUTHBEARER': [
    (chart) => sasl(chart, oauth({ extensions: { logicalCluster: 'lkc-1' } })),
    {
      ...BROKERS,
      securityProtocol: 'SASL_SSL',
      ...TLS,
      ...both({
        'sasl.mechanism': 'OAUTHBEARER',
        'sasl.oauthbearer.method': 'oidc',
        'sasl.oauthbearer.token.endpoint.url': 'https://sso.example.com/token',
        'sasl.oauthbearer.client.id': 'milvus+client',
        'sasl.oauthbearer.extensions': 'logicalCluster=lkc-1',
      }),
    },
    {
      'kafka.producer.sasl.oauthbearer.client.secret': 'milvus-client:secret',
      'kafka.consumer.sasl.oauthbearer.client.secret': 'milvus-client:secret',
    },
  ],
};

describe.each(Object.entries(MODES))('%s', (_, [connect, settings, variables]) => {
  const milvus = (chart: Chart) =>
    standalone(chart, {
      connection: connect(chart),
      image: MilvusImage.of('milvusdb/milvus:v2.6.18', { librdkafka: '2.6.1' }),
    });

  test('says what Milvus reads', () => {
    expect(kafkaPart(milvus(testChart()))).toEqual(settings);
  });

  test('takes secret values from the environment', () => {
    expect(environment(find(synth(milvus), 'Deployment'))).toEqual(variables);
  });

  test('has no setting that Milvus or its librdkafka does not know', () => {
    const names = [...Object.keys(flat(parse(milvus(testChart()).milvusYaml))), ...Object.keys(variables)];
    const unknown = names.filter((name) => {
      const passed = /^kafka\.(?:producer|consumer)\.(.*)$/.exec(name)?.[1];
      return passed === undefined ? !MILVUS_KEYS.has(name) && name !== 'KAFKA_SASLPASSWORD' : !PASSED_KEYS.has(passed);
    });
    expect(unknown).toEqual([]);
  });
});

test('Milvus is told to use Kafka, its own channels and no other queue', () => {
  const { milvusYaml } = standalone(testChart(), { name: 'vectors', channels: 4 });
  expect(parse(milvusYaml)).toMatchObject({
    mq: { type: 'kafka' },
    msgChannel: { chanNamePrefix: { cluster: 'vectors' } },
    rootCoord: { dmlChannelNum: '4' },
  });
});

test('data in a volume come with an etcd of the process’s own', () => {
  const settings = flat(parse(standalone(testChart()).milvusYaml));
  expect(settings).toMatchObject({
    'etcd.use.embed': 'true',
    'etcd.data.dir': '/var/lib/milvus/etcd',
    'common.storageType': 'local',
    'localStorage.path': '/var/lib/milvus/data',
  });
});

describe('an etcd and an object store that run already', () => {
  const build = (chart: Chart): MilvusStandalone =>
    standalone(chart, {
      rootPassword: SecretKey.existing('milvus-root', 'password'),
      storage: MilvusStorage.external({
        etcd: {
          endpoints: ['etcd-0.data:2379', 'etcd-1.data:2379'],
          trust: TrustedCertificates.fromSecret('etcd-ca', 'ca.crt'),
          certificate: certificate('etcd-client'),
        },
        objects: {
          host: 's3.example.com',
          bucket: 'vectors',
          accessKey: SecretKey.existing('s3', 'id'),
          secretAccessKey: SecretKey.existing('s3', 'secret'),
          trust: TrustedCertificates.fromSecret('s3-ca', 'ca.crt'),
        },
      }),
    });

  test('are reached by TLS', () => {
    expect(flat(parse(build(testChart()).milvusYaml))).toMatchObject({
      'etcd.endpoints': ['etcd-0.data:2379', 'etcd-1.data:2379'],
      'etcd.ssl.enabled': 'true',
      'etcd.ssl.tlsCert': '/opt/etcd-client/tls.crt',
      'etcd.ssl.tlsKey': '/opt/etcd-client/tls.key',
      'etcd.ssl.tlsCACert': '/opt/etcd-ca/ca.crt',
      'minio.address': 's3.example.com',
      'minio.port': '443',
      'minio.useSSL': 'true',
      'minio.ssl.tlsCACert': '/opt/s3-ca/ca.crt',
      'minio.bucketName': 'vectors',
      'common.storageType': 'remote',
      'common.security.authorizationEnabled': 'true',
    });
  });

  test('have no setting that Milvus does not know', () => {
    const names = Object.keys(flat(parse(build(testChart()).milvusYaml)));
    expect(names.filter((name) => !MILVUS_KEYS.has(name))).toEqual([]);
  });

  test('get their secret values from the environment', () => {
    expect(environment(find(synth(build), 'Deployment'))).toEqual({
      MINIO_ACCESSKEYID: 's3:id',
      MINIO_SECRETACCESSKEY: 's3:secret',
      COMMON_SECURITY_DEFAULTROOTPASSWORD: 'milvus-root:password',
    });
  });
});

test('every text is the same text to a reader of YAML 1.1, whatever it looks like', () => {
  const random = new Random(20);
  const texts = [
    'y',
    'no',
    'on',
    '1e3',
    '0x10',
    '012',
    '~',
    '',
    'a: b',
    '# c',
    '"',
    '\\',
    "'",
    '\t',
    '${x}',
    'é',
    '1_0',
  ];
  const characters = Array.from(`aZ019.-_:#"'\\{}[]|>&*!%@\n\t ~é,?`);
  for (let round = 0; round < 50; round++) {
    texts.push(Array.from({ length: random.below(12) }, () => random.pick(characters)).join(''));
  }
  const settings = Object.fromEntries(texts.map((text, index) => [`key${index}`, text]));
  expect(parse(yamlText({ settings }), { version: '1.1' })).toEqual({ settings });
});

test('parts that speak of the same section are put together, the later one winning', () => {
  const merged = mergedSettings({ a: { b: '1', c: '2' } }, { a: { c: '3', d: ['4'] } }, { e: '5' });
  expect(merged).toEqual({ a: { b: '1', c: '3', d: ['4'] }, e: '5' });
});

test.each([
  ['2.6.1', '2.6.1', true],
  ['2.6.2', '2.6.1', true],
  ['2.16.0', '2.6.1', true],
  ['3.0', '2.6.1', true],
  ['2.6', '2.6.1', false],
  ['2.6.0', '2.6.1', false],
  ['1.9.1', '2.6.1', false],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});

test.each([
  ['milvusdb/milvus:v2.6.17', '2.6.17'],
  ['registry.example.com:5000/milvus:2.5.26-gpu', '2.5.26'],
  ['milvusdb/milvus@sha256:0000000000000000000000000000000000000000000000000000000000000000', undefined],
])('the image %s is of version %s', (image, version) => {
  expect(MilvusImage.of(image).version).toBe(version);
});
