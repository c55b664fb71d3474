import { ClientCredentials, LibrdkafkaSettings, ListenerAuthentication, SecretKey } from '../../lib';
import { LIBRDKAFKA_RULES } from '../../lib/connection/librdkafka-rules';
import { describeRules } from '../support/rules';
import { testChart } from '../support/synth';
import { COMPANY_CA, certificate, connect, listener } from '../support/worlds';

const PASSWORD = SecretKey.existing('login', 'password');
const SECRET = SecretKey.existing('etl-client', 'secret');
const TOKENS = 'https://sso.example.com/realms/kafka/token';
const OAUTH = { tokenEndpointUri: TOKENS, clientId: 'etl', clientSecret: SECRET };

/** The connection of a client with some credentials to a listener that logs clients in by SASL, or not. */
function rendered(sasl: boolean, credentials: ClientCredentials, chart = testChart()): LibrdkafkaSettings {
  const authentication = ListenerAuthentication.custom({ sasl });
  return LibrdkafkaSettings.render(connect(chart, { listener: listener(chart, { authentication }), credentials }));
}

const common = (protocol: string) => ({
  'bootstrap.servers': 'my-cluster-kafka-bootstrap.flink.svc:9093',
  'security.protocol': protocol,
  'ssl.ca.location': '/opt/my-cluster-cluster-ca-cert/ca.crt',
});
const NOTHING_SECRET = { secretFiles: {}, formEncoded: [], environment: {} };

test('a client without encryption trusts nobody', () => {
  const chart = testChart();
  const to = listener(chart, { authentication: ListenerAuthentication.none(), tls: false });
  expect(LibrdkafkaSettings.render(connect(chart, { listener: to }))).toEqual({
    settings: {
      'bootstrap.servers': 'my-cluster-kafka-bootstrap.flink.svc:9093',
      'security.protocol': 'PLAINTEXT',
    },
    ...NOTHING_SECRET,
  });
});

test('a client without credentials knows the brokers', () => {
  expect(rendered(false, ClientCredentials.none())).toEqual({ settings: common('SSL'), ...NOTHING_SECRET });
});

test('a client reads its certificate and key by itself', () => {
  expect(rendered(false, ClientCredentials.certificate(certificate()))).toEqual({
    settings: {
      ...common('SSL'),
      'ssl.certificate.location': '/opt/my-tls/tls.crt',
      'ssl.key.location': '/opt/my-tls/tls.key',
    },
    ...NOTHING_SECRET,
  });
});

test.each([
  ['SCRAM-SHA-512', ClientCredentials.scramSha512('my-user', PASSWORD)],
  ['SCRAM-SHA-256', ClientCredentials.scramSha256('my-user', PASSWORD)],
  ['PLAIN', ClientCredentials.plain('my-user', PASSWORD)],
])('the program gives a client with %s its password, as it is in the file', (mechanism, credentials) => {
  expect(rendered(true, credentials)).toEqual({
    settings: { ...common('SASL_SSL'), 'sasl.mechanism': mechanism, 'sasl.username': 'my-user' },
    ...NOTHING_SECRET,
    secretFiles: { 'sasl.password': '/opt/login/password' },
  });
});

test('the program gives a client with OAuth tokens its secret, form-encoded', () => {
  expect(rendered(true, ClientCredentials.oauth(OAUTH))).toEqual({
    settings: {
      ...common('SASL_SSL'),
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.oauthbearer.method': 'oidc',
      'sasl.oauthbearer.token.endpoint.url': TOKENS,
      'sasl.oauthbearer.client.id': 'etl',
    },
    secretFiles: { 'sasl.oauthbearer.client.secret': '/opt/etl-client/secret' },
    formEncoded: ['sasl.oauthbearer.client.secret'],
    environment: {},
  });
});

test('client id and scope are form-encoded, extensions are pairs, and the token endpoint has an authority of its own', () => {
  const oauth = { ...OAUTH, clientId: 'a%b', scope: 'read write&x', extensions: { a: '1', b: '2' }, trust: COMPANY_CA };
  expect(rendered(true, ClientCredentials.oauth(oauth)).settings).toMatchObject({
    'sasl.oauthbearer.client.id': 'a%25b',
    'sasl.oauthbearer.scope': 'read+write%26x',
    'sasl.oauthbearer.extensions': 'a=1,b=2',
    'https.ca.location': '/opt/company-ca/ca.crt',
  });
});

test('a client with Kerberos reads its keytab by itself, and krb5.conf by a variable', () => {
  const keytab = SecretKey.existing('kerberos', 'etl.keytab');
  const krb5Conf = SecretKey.existing('kerberos', 'krb5.conf');
  const kerberos = { principal: 'etl@EXAMPLE.COM', keytab };
  expect(rendered(true, ClientCredentials.kerberos({ ...kerberos, krb5Conf, serviceName: 'broker' }))).toEqual({
    settings: {
      ...common('SASL_SSL'),
      'sasl.mechanism': 'GSSAPI',
      'sasl.kerberos.service.name': 'broker',
      'sasl.kerberos.principal': 'etl@EXAMPLE.COM',
      'sasl.kerberos.keytab': '/opt/kerberos/etl.keytab',
    },
    ...NOTHING_SECRET,
    environment: { KRB5_CONFIG: '/opt/kerberos/krb5.conf' },
  });
  expect(rendered(true, ClientCredentials.kerberos(kerberos))).toMatchObject({
    settings: { 'sasl.kerberos.service.name': 'kafka' },
    environment: {},
  });
});

const oauthClient = (props: object) => (chart: ReturnType<typeof testChart>) => {
  const to = listener(chart, {
    authentication: ListenerAuthentication.custom({
      sasl: true,
      listenerConfig: {
        'sasl.enabled.mechanisms': 'OAUTHBEARER',
        'oauthbearer.sasl.jaas.config':
          'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ;',
      },
    }),
  });
  LibrdkafkaSettings.render(
    connect(chart, { listener: to, credentials: ClientCredentials.oauth({ ...OAUTH, ...props }) }),
  );
};

describeRules(LIBRDKAFKA_RULES, {
  'librdkafka-audience': {
    remedy: 'leave the audience out and have the authorization server add it, or ask for it by a scope',
    cases: [
      [
        oauthClient({ audience: 'kafka' }),
        ["[test/connection] librdkafka cannot ask for a token for 'kafka'"],
        oauthClient({ scope: 'kafka' }),
      ],
    ],
  },
  'librdkafka-extensions': {
    remedy: 'use values without them',
    cases: [
      [
        oauthClient({ extensions: { pool: 'a,b' } }),
        ["[test/connection] librdkafka cannot send the SASL extension 'pool' with the value 'a,b'"],
        oauthClient({ extensions: { pool: 'a-b' } }),
      ],
    ],
  },
});
