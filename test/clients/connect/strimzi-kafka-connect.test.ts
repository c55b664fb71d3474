import { Chart } from 'cdk8s';
import {
  ConnectConverter,
  ConnectorState,
  ExistingSchemaRegistry,
  ExternalKafka,
  ExternalKafkaAuthentication,
  KafkaConnection,
  KafkaUser,
  KafkaVersion,
  NetworkPeer,
  PluginArtifact,
  SchemaRegistryCredentials,
  SecretKey,
  StrimziKafkaConnect,
  TrustedCertificates,
} from '../../../lib';
import { isWorkerConfig } from '../../../lib/clients/connect/connect-configs';
import { Manifest, faults, find, synth } from '../../support/synth';
import { ConnectWorld, rightsOf, texts } from './connect-world';
import { MODES, external } from './modes';

const specOf = (manifests: readonly Manifest[]) => find(manifests, 'KafkaConnect').spec;

function workersBy(mode: string) {
  return specOf(synth((chart) => new StrimziKafkaConnect(chart, 'etl', { connection: external(chart, mode) })));
}

const JAAS_OAUTH =
  'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required' +
  ' oauth.token.endpoint.uri="https://idp.example.com/token" oauth.client.id="me"' +
  ' oauth.client.secret="${strimzienv:OAUTH_CLIENT_SECRET}" oauth.scope="kafka"' +
  ' oauth.ssl.truststore.location="/mnt/idp-ca/ca.crt" oauth.ssl.truststore.type="PEM" ;';

const JAAS_KERBEROS =
  'com.sun.security.auth.module.Krb5LoginModule required useKeyTab="true" storeKey="true"' +
  ' keyTab="/mnt/kerberos/me.keytab" principal="me@EXAMPLE.COM" ;';

const passwordSecret = { secretName: 'login', password: 'password' };

const AUTHENTICATION: Record<string, object | undefined> = {
  plaintext: undefined,
  TLS: undefined,
  'mutual TLS': { type: 'tls', certificateAndKey: { secretName: 'me', certificate: 'tls.crt', key: 'tls.key' } },
  PLAIN: { type: 'plain', username: 'me', passwordSecret },
  'SCRAM-SHA-256': { type: 'scram-sha-256', username: 'me', passwordSecret },
  'SCRAM-SHA-512': { type: 'scram-sha-512', username: 'me', passwordSecret },
  OAUTHBEARER: {
    type: 'custom',
    sasl: true,
    config: {
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.login.callback.handler.class': 'io.strimzi.kafka.oauth.client.JaasClientOauthLoginCallbackHandler',
      'sasl.jaas.config': JAAS_OAUTH,
    },
  },
  GSSAPI: {
    type: 'custom',
    sasl: true,
    config: { 'sasl.mechanism': 'GSSAPI', 'sasl.kerberos.service.name': 'kafka', 'sasl.jaas.config': JAAS_KERBEROS },
  },
};

describe.each(Object.keys(MODES))('over %s', (mode) => {
  const spec = workersBy(mode);

  test('Strimzi is told how to log in, and what to trust', () => {
    expect(spec.bootstrapServers).toBe('kafka.example.com:9093');
    expect(spec.authentication).toEqual(AUTHENTICATION[mode]);
    expect(spec.tls).toEqual(
      mode === 'plaintext' ? undefined : { trustedCertificates: [{ secretName: 'kafka-ca', certificate: 'ca.crt' }] },
    );
  });

  test('every setting is one that workers know', () => {
    expect(Object.keys(spec.config).filter((setting) => !isWorkerConfig(setting))).toEqual([]);
    expect(Object.keys(spec.authentication?.config ?? {}).filter((setting) => !isWorkerConfig(setting))).toEqual([]);
  });
});

test('with OAuth the secret is a variable, and the authority of the identity provider a file', () => {
  const { template } = workersBy('OAUTHBEARER');
  expect(template.connectContainer.env).toEqual([
    { name: 'OAUTH_CLIENT_SECRET', valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } },
  ]);
  expect(template.connectContainer.volumeMounts).toEqual([
    { name: 'idp-ca', mountPath: '/mnt/idp-ca', readOnly: true },
  ]);
  expect(template.pod.volumes).toEqual([
    { name: 'idp-ca', secret: { secretName: 'idp-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  ]);
});

test('with Kerberos the keytab is a file, and the Java virtual machine knows the realm', () => {
  const spec = workersBy('GSSAPI');
  expect(spec.jvmOptions).toEqual({
    javaSystemProperties: [{ name: 'java.security.krb5.conf', value: '/mnt/realm/krb5.conf' }],
  });
  expect(spec.template.pod.volumes.map(({ name }: Manifest['spec']) => name)).toEqual(['kerberos', 'realm']);
});

test('public authorities are trusted without certificates', () => {
  const build = (chart: Chart) => {
    const authentication = ExternalKafkaAuthentication.none();
    const listener = new ExternalKafka(chart, 'theirs', {
      bootstrapServers: ['kafka.example.com:9093'],
      authentication,
    });
    const connection = new KafkaConnection(chart, 'connection', { listener });
    new StrimziKafkaConnect(chart, 'etl', { connection });
  };
  expect(specOf(synth(build)).tls).toEqual({ trustedCertificates: [] });
});

describe('in a cluster of this app', () => {
  const users: Record<string, KafkaUser> = {};
  const manifests = synth((chart) => {
    const world = new ConnectWorld(chart);
    const connect = world.workers({ exactlyOnceSource: true, replicas: 3, version: KafkaVersion.V4_3_1 });
    connect.allowRestFrom(NetworkPeer.namespace('tools'));
    const own = world.withPassword('reader-user');
    world.source(connect, {
      connection: own,
      exactlyOnce: true,
      createTopics: { partitions: 3 },
      config: { file: '/tmp/lines', topic: 'output' },
      secrets: { 'api.token': SecretKey.existing('api', 'token') },
      state: ConnectorState.PAUSED,
    });
    world.sink(connect, { deadLetterQueue: { topic: world.output, createTopic: true, replicas: 1 }, tasksMax: 4 });
    users.worker = connect.connection.user as KafkaUser;
    users.reader = own.user as KafkaUser;
  });
  const spec = specOf(manifests);
  const connector = (name: string) => find(manifests, 'KafkaConnector', name);

  test('the topics of the workers are compacted', () => {
    const kept = manifests.filter(({ kind, metadata }) => kind === 'KafkaTopic' && metadata.name.startsWith('etl-'));
    expect(kept.map(({ metadata, spec: { partitions, config } }) => [metadata.name, partitions, config])).toEqual([
      ['etl-configs', 1, { 'cleanup.policy': 'compact' }],
      ['etl-offsets', 25, { 'cleanup.policy': 'compact' }],
      ['etl-status', 5, { 'cleanup.policy': 'compact' }],
    ]);
  });

  test('the workers know their group and topics, and look for connectors among the resources', () => {
    expect(spec).toMatchObject({
      version: '4.3.1',
      replicas: 3,
      groupId: 'etl',
      configStorageTopic: 'etl-configs',
      offsetStorageTopic: 'etl-offsets',
      statusStorageTopic: 'etl-status',
      config: { 'exactly.once.source.support': 'enabled' },
    });
    expect(find(manifests, 'KafkaConnect').metadata).toMatchObject({
      annotations: { 'strimzi.io/use-connector-resources': 'true' },
    });
    expect(connector('reader').metadata.labels).toEqual({ 'strimzi.io/cluster': 'etl' });
  });

  test('the user of the workers has the rights of the workers and of the sink', () => {
    expect(rightsOf(users.worker)).toEqual([
      'group connect-writer: Read',
      'group etl: Read',
      'topic etl-configs: Read Write',
      'topic etl-offsets: Read',
      'topic etl-status: Read Write',
      'topic input: Read',
      'topic output: Write Create',
      'transactionalId connect-cluster-etl: Write',
    ]);
  });

  test('a connector with a user of its own has its rights apart', () => {
    expect(rightsOf(users.reader)).toEqual([
      'topic etl-offsets: Read Write',
      'topic output: Write Create',
      'transactionalId etl-reader-*: Write',
    ]);
  });

  test('it logs in by each of its clients, with the password from a file', () => {
    const { config, state } = connector('reader').spec;
    expect(state).toBe('paused');
    for (const client of ['producer', 'consumer', 'admin']) {
      expect(config).toMatchObject({
        [`${client}.override.bootstrap.servers`]: 'my-cluster-kafka-bootstrap.flink.svc:9094',
        [`${client}.override.security.protocol`]: 'SASL_SSL',
        [`${client}.override.sasl.mechanism`]: 'SCRAM-SHA-512',
        [`${client}.override.sasl.jaas.config`]:
          'org.apache.kafka.common.security.scram.ScramLoginModule required username="reader-user" password="${dir:/mnt/reader-user:password}" ;',
      });
    }
    expect(config['api.token']).toBe('${dir:/mnt/api:token}');
    expect(config).toMatchObject({
      'topic.creation.default.partitions': '3',
      'topic.creation.default.replication.factor': '-1',
      'exactly.once.support': 'required',
      file: '/tmp/lines',
    });
  });

  test('the workers may read exactly the folders that the connectors refer to', () => {
    expect(spec.config).toMatchObject({
      'connector.client.config.override.policy': 'All',
      'config.providers': 'dir',
      'config.providers.dir.param.allowed.paths': '/mnt/reader-user,/mnt/api',
    });
    expect(spec.template.connectContainer.volumeMounts.map(({ mountPath }: Manifest['spec']) => mountPath)).toEqual([
      '/mnt/api',
      '/mnt/reader-user',
    ]);
  });

  test('a sink has its topics and its dead letter queue', () => {
    expect(connector('writer').spec).toEqual({
      class: 'org.example.Sink',
      tasksMax: 4,
      config: {
        topics: 'input',
        'errors.tolerance': 'all',
        'errors.deadletterqueue.topic.name': 'output',
        'errors.deadletterqueue.topic.replication.factor': '1',
        'errors.deadletterqueue.context.headers.enable': 'true',
      },
    });
  });

  test('the listeners let the workers in, and the REST interface those who were named', () => {
    const labels = { 'strimzi.io/cluster': 'etl', 'strimzi.io/kind': 'KafkaConnect', 'strimzi.io/name': 'etl-connect' };
    const peers = find(manifests, 'Kafka').spec.kafka.listeners.map((l: Manifest['spec']) => l.networkPolicyPeers);
    expect(peers).toEqual([[{ podSelector: { matchLabels: labels } }], [{ podSelector: { matchLabels: labels } }]]);
    expect(find(manifests, 'NetworkPolicy', 'etl-connect-rest').spec).toMatchObject({
      podSelector: { matchLabels: labels },
      ingress: [{ ports: [{ port: 8083 }] }],
    });
  });
});

test('without exactly-once delivery and connectors of their own users, workers have no more than they need', () => {
  const users: KafkaUser[] = [];
  const spec = specOf(
    synth((chart) => {
      const world = new ConnectWorld(chart);
      const connect = world.workers();
      world.source(connect);
      users.push(connect.connection.user as KafkaUser);
    }),
  );
  expect(spec.config['connector.client.config.override.policy']).toBe('None');
  expect(spec.config).not.toHaveProperty(['config.providers']);
  expect(rightsOf(users[0])).toEqual([
    'group etl: Read',
    'topic etl-configs: Read Write',
    'topic etl-offsets: Read Write',
    'topic etl-status: Read Write',
    'topic output: Write',
  ]);
});

test('in a Kafka of others the workers create their topics', () => {
  let rights: string[] = [];
  const spec = specOf(
    synth((chart) => {
      const connection = external(chart, 'SCRAM-SHA-512');
      new StrimziKafkaConnect(chart, 'etl', { connection });
      rights = texts((connection.user as unknown as { acls: [] }).acls);
    }),
  );
  expect(spec.config['offset.storage.replication.factor']).toBe('-1');
  expect(rights).toContain('topic etl-offsets: Read Write Create');
});

test('a converter knows its registry, by files below /mnt', () => {
  const registry = new ExistingSchemaRegistry({
    confluentUrl: 'https://registry.example.com',
    trust: TrustedCertificates.fromSecret('registry-ca', 'ca.crt'),
    credentials: SchemaRegistryCredentials.basic('etl', SecretKey.existing('registry-login', 'password')),
  });
  const build = (chart: Chart) => new ConnectWorld(chart).workers({ valueConverter: ConnectConverter.avro(registry) });
  expect(faults(build)).toEqual([]);
  expect(specOf(synth(build)).config).toMatchObject({
    'value.converter': 'io.confluent.connect.avro.AvroConverter',
    'value.converter.schema.registry.url': 'https://registry.example.com',
    'value.converter.schema.registry.ssl.truststore.type': 'PEM',
    'value.converter.schema.registry.ssl.truststore.location': '/mnt/registry-ca/ca.crt',
    'value.converter.basic.auth.credentials.source': 'USER_INFO',
    'value.converter.basic.auth.user.info': 'etl:${dir:/mnt/registry-login:password}',
    'config.providers.dir.param.allowed.paths': '/mnt/registry-login',
  });
});

test('Strimzi builds an image with plugins', () => {
  const imageBuild = {
    image: 'registry.example.com/connect:1.0',
    pushSecretName: 'push',
    plugins: [{ name: 'file', artifacts: [PluginArtifact.maven('org.apache.kafka', 'connect-file', '4.3.1')] }],
  };
  expect(specOf(synth((chart) => new ConnectWorld(chart).workers({ imageBuild }))).build).toEqual({
    output: { type: 'docker', image: 'registry.example.com/connect:1.0', pushSecret: 'push' },
    plugins: [
      {
        name: 'file',
        artifacts: [{ type: 'maven', group: 'org.apache.kafka', artifact: 'connect-file', version: '4.3.1' }],
      },
    ],
  });
});
