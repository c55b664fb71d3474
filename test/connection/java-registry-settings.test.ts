import {
  ExistingCertificate,
  ExistingSchemaRegistry,
  JavaRegistrySettings,
  SchemaRegistryCredentials,
  SecretKey,
  TrustedCertificates,
} from '../../lib';
import { messagesOf } from '../../lib/validation/rule';
import { REGISTRY_CLIENT_RULES } from '../../lib/connection/registry-client-rules';

const trust = TrustedCertificates.fromSecret('registry-ca', 'ca.crt');
const password = SecretKey.existing('login', 'password');
const basic = (username = 'etl') => SchemaRegistryCredentials.basic(username, password);
const certificate = SchemaRegistryCredentials.certificate(
  new ExistingCertificate({
    commonName: 'etl',
    certificate: SecretKey.existing('etl-tls', 'tls.crt'),
    privateKey: SecretKey.existing('etl-tls', 'tls.key'),
    issuer: trust,
  }),
);
const registry = (credentials?: SchemaRegistryCredentials) =>
  new ExistingSchemaRegistry({ confluentUrl: 'https://registry.example.com', trust, credentials });

const REACHED = {
  'schema.registry.url': 'https://registry.example.com',
  'schema.registry.ssl.truststore.type': 'PEM',
  'schema.registry.ssl.truststore.location': '/opt/registry-ca/ca.crt',
};

test('a registry that knows nobody has a URL and an authority', () => {
  expect(JavaRegistrySettings.forSerializer(registry())).toEqual(REACHED);
  expect(JavaRegistrySettings.forServer(registry())).toEqual(REACHED);
  expect(JavaRegistrySettings.configProvider(registry())).toEqual({});
});

test('a registry with a public certificate, or none, has a URL alone', () => {
  const plain = new ExistingSchemaRegistry({ confluentUrl: 'http://registry:8081' });
  expect(JavaRegistrySettings.forSerializer(plain)).toEqual({ 'schema.registry.url': 'http://registry:8081' });
});

test('serializers and servers are told of a password by different names, and never the password', () => {
  const login = {
    'basic.auth.credentials.source': 'USER_INFO',
    'basic.auth.user.info': 'etl:${dir:/opt/login:password}',
  };
  expect(JavaRegistrySettings.forSerializer(registry(basic()))).toEqual({ ...REACHED, ...login });
  expect(JavaRegistrySettings.forServer(registry(basic()))).toEqual({
    ...REACHED,
    'schema.registry.basic.auth.credentials.source': 'USER_INFO',
    'schema.registry.basic.auth.user.info': 'etl:${dir:/opt/login:password}',
  });
});

test('a certificate is two references', () => {
  expect(JavaRegistrySettings.forSerializer(registry(certificate))).toEqual({
    ...REACHED,
    'schema.registry.ssl.keystore.type': 'PEM',
    'schema.registry.ssl.keystore.certificate.chain': '${dir:/opt/etl-tls:tls.crt}',
    'schema.registry.ssl.keystore.key': '${dir:/opt/etl-tls:tls.key}',
  });
});

test('a prefix is before each name', () => {
  expect(Object.keys(JavaRegistrySettings.forServer(registry(basic()), 'ksql.'))).toEqual([
    'ksql.schema.registry.url',
    'ksql.schema.registry.ssl.truststore.type',
    'ksql.schema.registry.ssl.truststore.location',
    'ksql.schema.registry.basic.auth.credentials.source',
    'ksql.schema.registry.basic.auth.user.info',
  ]);
  expect(Object.keys(JavaRegistrySettings.forSerializer(registry(basic()), 'value.converter.'))).toContain(
    'value.converter.basic.auth.user.info',
  );
});

test('the config provider reaches what the settings refer to, and nothing else', () => {
  expect(JavaRegistrySettings.configProvider(registry(basic()))).toEqual({
    'config.providers': 'dir',
    'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
    'config.providers.dir.param.allowed.paths': '/opt/login',
  });
});

describe('the rules for clients of registries', () => {
  const messages = (credentials: SchemaRegistryCredentials) =>
    messagesOf(REGISTRY_CLIENT_RULES, { label: "job 'etl'", namespace: 'etl', registry: registry(credentials) });

  test('accept what is in the namespace of the client', () => {
    expect([basic(), certificate].flatMap(messages)).toEqual([]);
  });

  test('fails by registry-client-secrets', () => {
    const elsewhere = SecretKey.existing('login', 'password', { namespace: 'ops' });
    expect(messages(SchemaRegistryCredentials.basic('etl', elsewhere))).toEqual([
      "job 'etl' in namespace 'etl' cannot mount ops/login:password; have it copied there, and name the copy (registry-client-secrets)",
    ]);
  });

  test('fails by registry-client-user', () => {
    expect(messages(basic('etl:admin'))).toEqual([
      'job \'etl\' cannot log in to https://registry.example.com as "etl:admin"; use another user (registry-client-user)',
    ]);
  });
});
