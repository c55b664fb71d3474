import {
  ClientCredentials,
  JavaClientClasses,
  JavaClientSettings,
  KafkaConnectionProps,
  ListenerAuthentication,
  SecretKey,
  TrustedCertificates,
  UserAuthentication,
} from '../../lib';
import { parseJaas } from '../support/jaas';
import { testChart } from '../support/synth';
import { COMPANY_CA, certificate, connect, issuer, listener, user } from '../support/worlds';

const PASSWORD = SecretKey.existing('login', 'password', { alphanumeric: true });
const SECRET = SecretKey.existing('etl-client', 'secret', { alphanumeric: true });
const TOKENS = 'https://sso.example.com/realms/kafka/token';

/** The settings of a client with some credentials at a listener that logs clients in by SASL, or not. */
function settings(
  sasl: boolean,
  credentials: ClientCredentials,
  classes?: JavaClientClasses,
  props: Partial<KafkaConnectionProps> = {},
): Record<string, string> {
  const chart = testChart();
  const to = listener(chart, { authentication: ListenerAuthentication.custom({ sasl }) });
  return JavaClientSettings.render(connect(chart, { listener: to, credentials, ...props }), classes);
}

const common = (protocol: string) => ({
  'bootstrap.servers': 'my-cluster-kafka-bootstrap.flink.svc:9093',
  'security.protocol': protocol,
  'ssl.truststore.type': 'PEM',
  'ssl.truststore.location': '/opt/my-cluster-cluster-ca-cert/ca.crt',
});
const provider = (prefix: string, paths: string) => ({
  'config.providers': 'dir',
  'config.providers.dir.class': `${prefix}org.apache.kafka.common.config.provider.DirectoryConfigProvider`,
  'config.providers.dir.param.allowed.paths': paths,
});

describe.each([
  ['of Apache Kafka', JavaClientClasses.ORIGINAL, ''],
  ["of Flink's SQL connector", JavaClientClasses.FLINK_SQL_CONNECTOR, 'org.apache.flink.kafka.shaded.'],
])('the settings for the classes %s', (_, classes, prefix) => {
  const security = `${prefix}org.apache.kafka.common.security`;

  test('of a client without credentials', () => {
    expect(settings(false, ClientCredentials.none(), classes)).toEqual(common('SSL'));
  });

  test('of a client with a certificate', () => {
    expect(settings(false, ClientCredentials.certificate(certificate()), classes)).toEqual({
      ...common('SSL'),
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.certificate.chain': '${dir:/opt/my-tls:tls.crt}',
      'ssl.keystore.key': '${dir:/opt/my-tls:tls.key}',
      ...provider(prefix, '/opt/my-tls'),
    });
  });

  test('of a client whose certificate and key are in two Secrets', () => {
    const parts = certificate({ privateKey: SecretKey.existing('my-key', 'tls.key') });
    expect(settings(false, ClientCredentials.certificate(parts), classes)).toEqual({
      ...common('SSL'),
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.certificate.chain': '${dir:/opt/my-tls:tls.crt}',
      'ssl.keystore.key': '${dir:/opt/my-key:tls.key}',
      ...provider(prefix, '/opt/my-tls,/opt/my-key'),
    });
  });

  test.each([
    ['SCRAM-SHA-512', ClientCredentials.scramSha512('my-user', PASSWORD), 'scram.ScramLoginModule'],
    ['SCRAM-SHA-256', ClientCredentials.scramSha256('my-user', PASSWORD), 'scram.ScramLoginModule'],
    ['PLAIN', ClientCredentials.plain('my-user', PASSWORD), 'plain.PlainLoginModule'],
  ])('of a client with %s', (mechanism, credentials, module) => {
    expect(settings(true, credentials, classes)).toEqual({
      ...common('SASL_SSL'),
      'sasl.mechanism': mechanism,
      'sasl.jaas.config': `${security}.${module} required username="my-user" password="\${dir:/opt/login:password}" ;`,
      ...provider(prefix, '/opt/login'),
    });
  });

  test('of a client with OAuth tokens', () => {
    const credentials = ClientCredentials.oauth({ tokenEndpointUri: TOKENS, clientId: 'etl', clientSecret: SECRET });
    expect(settings(true, credentials, classes)).toEqual({
      ...common('SASL_SSL'),
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.login.callback.handler.class': 'io.strimzi.kafka.oauth.client.JaasClientOauthLoginCallbackHandler',
      'sasl.jaas.config':
        `${security}.oauthbearer.OAuthBearerLoginModule required oauth.token.endpoint.uri="${TOKENS}"` +
        ' oauth.client.id="etl" oauth.client.secret="${dir:/opt/etl-client:secret}" ;',
      ...provider(prefix, '/opt/etl-client'),
    });
  });
});

test('a client with a keytab logs in by Kerberos, and its Java finds the realm', () => {
  const credentials = ClientCredentials.kerberos({
    principal: 'etl@EXAMPLE.COM',
    keytab: SecretKey.existing('etl', 'etl.keytab'),
    krb5Conf: SecretKey.existing('realm', 'krb5.conf'),
    serviceName: 'brokers',
  });
  const rendered = settings(true, credentials);
  expect(rendered).toMatchObject({ 'sasl.mechanism': 'GSSAPI', 'sasl.kerberos.service.name': 'brokers' });
  expect(parseJaas(rendered['sasl.jaas.config'])).toEqual({
    module: 'com.sun.security.auth.module.Krb5LoginModule',
    flag: 'required',
    options: { useKeyTab: 'true', storeKey: 'true', keyTab: '/opt/etl/etl.keytab', principal: 'etl@EXAMPLE.COM' },
  });
  const chart = testChart();
  const to = listener(chart, { authentication: ListenerAuthentication.custom({ sasl: true }) });
  expect(JavaClientSettings.systemProperties(connect(chart, { listener: to, credentials }))).toEqual({
    'java.security.krb5.conf': '/opt/realm/krb5.conf',
  });
});

test('a client without strimzi-kafka-oauth gets its tokens by Kafka itself', () => {
  const credentials = ClientCredentials.oauth({
    tokenEndpointUri: TOKENS,
    clientId: 'etl',
    clientSecret: SECRET,
    trust: COMPANY_CA,
    scope: 'a b',
    extensions: { logicalCluster: 'lkc-1' },
  });
  const { 'sasl.jaas.config': jaas, ...others } = settings(true, credentials, JavaClientClasses.KAFKA_ALONE);
  expect(others).toEqual({
    ...common('SASL_SSL'),
    'sasl.mechanism': 'OAUTHBEARER',
    'sasl.login.callback.handler.class': 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
    'sasl.oauthbearer.token.endpoint.url': TOKENS,
    'sasl.oauthbearer.client.credentials.client.id': 'etl',
    'sasl.oauthbearer.client.credentials.client.secret': '${dir:/opt/etl-client:secret}',
    'sasl.oauthbearer.scope': 'a b',
    'sasl.oauthbearer.header.urlencode': 'true',
    ...provider('', '/opt/etl-client'),
  });
  expect(parseJaas(jaas).options).toEqual({
    'ssl.truststore.location': '/opt/company-ca/ca.crt',
    'ssl.truststore.type': 'PEM',
    extension_logicalCluster: 'lkc-1',
  });
  const chart = testChart();
  const to = listener(chart, { authentication: ListenerAuthentication.custom({ sasl: true }) });
  const connection = connect(chart, { listener: to, credentials });
  expect(JavaClientSettings.systemProperties(connection, JavaClientClasses.KAFKA_ALONE)).toEqual({
    'org.apache.kafka.sasl.oauthbearer.allowed.urls': TOKENS,
  });
  expect(JavaClientSettings.systemProperties(connection)).toEqual({});
});

test('scope, audience and trust of the token endpoint are options of the login', () => {
  const { trust } = issuer({ trust: COMPANY_CA });
  const rendered = settings(
    true,
    ClientCredentials.oauth({
      tokenEndpointUri: TOKENS,
      clientId: 'etl',
      clientSecret: SECRET,
      trust,
      scope: 'a b',
      audience: 'kafka',
    }),
  );
  expect(parseJaas(rendered['sasl.jaas.config']).options).toEqual({
    'oauth.token.endpoint.uri': TOKENS,
    'oauth.client.id': 'etl',
    'oauth.client.secret': '${dir:/opt/etl-client:secret}',
    'oauth.scope': 'a b',
    'oauth.audience': 'kafka',
    'oauth.ssl.truststore.location': '/opt/company-ca/ca.crt',
    'oauth.ssl.truststore.type': 'PEM',
  });
});

test('what is quoted in a login is read as it was written', () => {
  const rendered = settings(true, ClientCredentials.plain('a"b\\c', PASSWORD));
  expect(parseJaas(rendered['sasl.jaas.config']).options.username).toBe('a"b\\c');
});

test('a client that trusts one certificate reads it under its own name', () => {
  const trust = TrustedCertificates.fromSecret('company-ca', 'root.pem');
  expect(settings(false, ClientCredentials.none(), undefined, { trust })['ssl.truststore.location']).toBe(
    '/opt/company-ca/root.pem',
  );
});

test('a client without encryption trusts nobody', () => {
  const chart = testChart();
  const to = listener(chart, { authentication: ListenerAuthentication.none(), tls: false });
  expect(JavaClientSettings.render(connect(chart, { listener: to }))).toEqual({
    'bootstrap.servers': 'my-cluster-kafka-bootstrap.flink.svc:9093',
    'security.protocol': 'PLAINTEXT',
  });
});

test('a client that connects as a user has the credentials that Strimzi makes for it', () => {
  const chart = testChart();
  const to = listener(chart, {}, { entityOperator: { userSecretPrefix: 'kafka-' } });
  const connection = connect(chart, { listener: to, user: user(to.cluster, UserAuthentication.tls()) });
  expect(JavaClientSettings.render(connection)).toMatchObject({
    'ssl.keystore.certificate.chain': '${dir:/opt/kafka-my-user:user.crt}',
    'ssl.keystore.key': '${dir:/opt/kafka-my-user:user.key}',
  });
});
