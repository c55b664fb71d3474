import {
  ClientCredentials,
  ConfluentKafkaConnect,
  ConfluentKafkaConnectProps,
  ConnectConverter,
  ConnectorState,
  ExistingSchemaRegistry,
  KafkaConnection,
  KafkaTopics,
  NetworkPeer,
  RestKeyStore,
  SecretKey,
  SourceConnector,
  TrustedCertificates,
} from '../../../lib';
import { isWorkerConfig } from '../../../lib/clients/connect/connect-configs';
import { variableName } from '../../../lib/clients/confluent/confluent-env';
import { find, synth } from '../../support/synth';
import { unsafeties } from '../world';
import { ConnectWorld } from './connect-world';
import { MODES, external } from './modes';

const manifestsBy = (mode: string, props: Partial<ConfluentKafkaConnectProps> = { unencrypted: true }) =>
  synth((chart) => {
    new ConfluentKafkaConnect(chart, 'etl', { connection: external(chart, mode), ...props });
  });

/** The settings that the image makes of the variables, by their names in capitals. */
function variablesOf(manifests: ReturnType<typeof synth>): Record<string, string> {
  const [{ env }] = find(manifests, 'Deployment').spec.template.spec.containers;
  return Object.fromEntries(
    env
      .filter(({ value }: { value?: string }) => value !== undefined)
      .map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
}

const LOGIN: Record<string, Record<string, string>> = {
  plaintext: { 'security.protocol': 'PLAINTEXT' },
  TLS: { 'security.protocol': 'SSL', 'ssl.truststore.location': '/opt/kafka-ca/ca.crt', 'ssl.truststore.type': 'PEM' },
  'mutual TLS': {
    'security.protocol': 'SSL',
    'ssl.keystore.certificate.chain': '${dir:/opt/me:tls.crt}',
    'ssl.keystore.key': '${dir:/opt/me:tls.key}',
  },
  PLAIN: {
    'sasl.mechanism': 'PLAIN',
    'sasl.jaas.config':
      'org.apache.kafka.common.security.plain.PlainLoginModule required username="me" password="${dir:/opt/login:password}" ;',
  },
  'SCRAM-SHA-256': { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-256' },
  'SCRAM-SHA-512': { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'SCRAM-SHA-512' },
  OAUTHBEARER: {
    'sasl.login.callback.handler.class': 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler',
    'sasl.oauthbearer.client.credentials.client.secret': '${dir:/opt/login:password}',
  },
  GSSAPI: { 'sasl.kerberos.service.name': 'kafka' },
};

const OPTIONS: Record<string, string> = {
  OAUTHBEARER: '-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=https://idp.example.com/token',
  GSSAPI: '-Djava.security.krb5.conf=/opt/realm/krb5.conf',
};

describe.each(Object.keys(MODES))('over %s', (mode) => {
  const manifests = manifestsBy(mode);
  const variables = variablesOf(manifests);

  test('the workers and each of their clients log in', () => {
    for (const client of ['', 'producer.', 'consumer.', 'admin.']) {
      const wanted = Object.entries({ 'bootstrap.servers': 'kafka.example.com:9093', ...LOGIN[mode] });
      for (const [setting, value] of wanted) {
        expect([client, setting, variables[variableName('CONNECT_', `${client}${setting}`)]]).toEqual([
          client,
          setting,
          value,
        ]);
      }
    }
    expect(variables.KAFKA_OPTS).toBe(OPTIONS[mode]);
  });

  test('every setting is one that workers know', () => {
    let unknown: string[] = ['none was looked at'];
    synth((chart) => {
      const connect = new ConfluentKafkaConnect(chart, 'etl', { connection: external(chart, mode), unencrypted: true });
      unknown = Object.keys(connect._settings()).filter((setting) => !isWorkerConfig(setting));
    });
    expect(unknown).toEqual([]);
  });

  test('the pods are hardened', () => {
    expect(unsafeties(find(manifests, 'Deployment'))).toEqual([]);
  });
});

test('a password of unknown make is quoted before the workers start', () => {
  const manifests = synth((chart) => {
    const world = new ConnectWorld(chart);
    const { user, listener } = world.withPassword('worker');
    const credentials = ClientCredentials.scramSha512('worker', SecretKey.existing('given', 'password'));
    const connection = new KafkaConnection(chart, 'awkward', { listener, user, credentials });
    new ConfluentKafkaConnect(chart, 'etl', { connection, unencrypted: true });
  });
  const { initContainers } = find(manifests, 'Deployment').spec.template.spec;
  expect(initContainers.map(({ name }: { name: string }) => name)).toContain('jaas-given');
  expect(variablesOf(manifests).CONNECT_PRODUCER_SASL_JAAS_CONFIG).toContain(
    'password="${dir:/opt/given-jaas:password}"',
  );
});

test('client secrets of unknown make come to the workers as they are', () => {
  const manifests = synth((chart) => {
    const { listener, user } = external(chart, 'OAUTHBEARER');
    const login = (name: string) => {
      const clientSecret = SecretKey.existing(name, 'secret');
      const tokens = { tokenEndpointUri: 'https://idp.example.com/token', clientId: 'me', clientSecret };
      const credentials = ClientCredentials.oauth(tokens);
      return new KafkaConnection(chart, `${name}-connection`, { listener, user, credentials });
    };
    const connect = new ConfluentKafkaConnect(chart, 'etl', { connection: login('workers'), unencrypted: true });
    const topics = [KafkaTopics.named('output')];
    const connection = login('reader-login');
    new SourceConnector(chart, 'reader', { connect, connection, connectorClass: 'org.example.Source', topics });
  });
  const [{ volumeMounts }] = find(manifests, 'Deployment').spec.template.spec.containers;
  const folders = volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath);
  expect(folders).toEqual(expect.arrayContaining(['/opt/workers', '/opt/reader-login']));
  expect(variablesOf(manifests).CONNECT_SASL_OAUTHBEARER_CLIENT_CREDENTIALS_CLIENT_SECRET).toBe(
    '${dir:/opt/workers:secret}',
  );
});

test('the REST interface is open to the workers, and to whoever is named', () => {
  const manifests = synth((chart) => {
    const world = new ConnectWorld(chart);
    const connection = world.withPassword('workers-user');
    const connect = new ConfluentKafkaConnect(chart, 'etl', { connection, unencrypted: true, replicas: 2 });
    connect.allowFrom(NetworkPeer.namespace('tools'));
    expect(connect.url).toBe('http://etl.flink.svc:8083');
  });
  const labels = { 'app.kubernetes.io/name': 'kafka-connect', 'app.kubernetes.io/instance': 'etl' };
  expect(find(manifests, 'NetworkPolicy').spec.ingress).toEqual([
    {
      from: [
        { podSelector: { matchLabels: labels } },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'tools' } } },
      ],
      ports: [{ port: 8083, protocol: 'TCP' }],
    },
  ]);
});

test('over HTTPS the REST interface shows its key store, and probes use HTTPS', () => {
  const restKeyStore = RestKeyStore.existing({
    keystore: SecretKey.existing('rest', 'keystore.p12'),
    password: SecretKey.existing('rest-password', 'password'),
    issuer: TrustedCertificates.fromSecret('root-ca', 'ca.crt'),
    dnsNames: ConfluentKafkaConnect.dnsNames('etl', 'flink'),
  });
  const manifests = manifestsBy('mutual TLS', { restKeyStore });
  expect(variablesOf(manifests)).toMatchObject({
    CONNECT_LISTENERS: 'https://0.0.0.0:8083',
    CONNECT_REST_ADVERTISED_LISTENER: 'https',
    CONNECT_LISTENERS_HTTPS_SSL_KEYSTORE_TYPE: 'PKCS12',
    CONNECT_LISTENERS_HTTPS_SSL_KEYSTORE_LOCATION: '/opt/rest/keystore.p12',
    CONNECT_LISTENERS_HTTPS_SSL_KEYSTORE_PASSWORD: '${dir:/opt/rest-password:password}',
    CONNECT_CONFIG_PROVIDERS_DIR_PARAM_ALLOWED_PATHS: '/opt/me,/opt/rest-password',
  });
  const [container] = find(manifests, 'Deployment').spec.template.spec.containers;
  for (const probe of [container.startupProbe, container.readinessProbe, container.livenessProbe]) {
    expect(probe.httpGet).toEqual({ path: '/health', port: 8083, scheme: 'HTTPS' });
  }
});

test('connectors are texts to post, and their files come to the workers', () => {
  const manifests = synth((chart) => {
    const world = new ConnectWorld(chart);
    const connection = world.withPassword('workers-user');
    const connect = new ConfluentKafkaConnect(chart, 'etl', { connection, unencrypted: true });
    const registry = new ExistingSchemaRegistry({
      confluentUrl: 'https://registry.example.com',
      trust: TrustedCertificates.allFromSecret('registry-ca'),
    });
    world.sink(connect, {
      connection: world.connect(world.user('writer-user')),
      secrets: { 'connection.password': SecretKey.existing('db', 'password') },
      valueConverter: ConnectConverter.jsonSchema(registry),
      state: ConnectorState.STOPPED,
      config: { 'batch.size': 10 },
    });
  });
  const connector = JSON.parse(find(manifests, 'ConfigMap', 'etl-writer').data['connector.json']);
  expect(connector).toMatchObject({
    name: 'writer',
    initial_state: 'STOPPED',
    config: {
      'connector.class': 'org.example.Sink',
      'tasks.max': '1',
      'batch.size': '10',
      'connection.password': '${dir:/opt/db:password}',
      'consumer.override.ssl.keystore.key': '${dir:/opt/writer-user:user.key}',
      'value.converter.schema.registry.ssl.truststore.location': '/opt/registry-ca/ca.crt',
    },
  });
  const { containers, initContainers } = find(manifests, 'Deployment').spec.template.spec;
  expect(containers[0].volumeMounts.map(({ mountPath }: { mountPath: string }) => mountPath).sort()).toEqual([
    '/etc/kafka',
    '/etc/kafka-connect',
    '/opt/db',
    '/opt/my-cluster-cluster-ca-cert',
    '/opt/registry-ca',
    '/opt/workers-user',
    '/opt/writer-user',
    '/tmp',
  ]);
  expect(initContainers.map(({ name }: { name: string }) => name).sort()).toEqual([
    'trust-my-cluster-cluster-ca-cert',
    'trust-registry-ca',
  ]);
  expect(variablesOf(manifests)).toMatchObject({
    CONNECT_CONNECTOR_CLIENT_CONFIG_OVERRIDE_POLICY: 'All',
    CONNECT_CONFIG_PROVIDERS_DIR_PARAM_ALLOWED_PATHS: '/opt/workers-user,/opt/writer-user,/opt/db',
  });
});
