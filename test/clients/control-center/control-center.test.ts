import {
  ClientCredentials,
  ControlCenterLicense,
  ExistingSchemaRegistry,
  ExternalKafkaUser,
  KafkaTopics,
  NetworkPeer,
  SchemaRegistryCredentials,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { KAFKA_CLIENT_CONFIGS } from '../../../lib/clients/flink/kafka-client-configs';
import { faults, find, synth } from '../../support/synth';
import { PASSWORD, SCRAM, below, connect, server } from '../ksqldb/world';
import { certificate, unsafeties } from '../world';
import { center, settings, settingsOf } from './world';

const STREAMS = 'confluent.controlcenter.streams.';
const TRUST = { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': '/opt/kafka-ca/ca.crt' };
const USERS = SecretKey.existing('center-users', 'users');

test.each([
  ['nothing', ClientCredentials.none(), { 'security.protocol': 'SSL' }],
  [
    'a certificate',
    ClientCredentials.certificate(certificate([])),
    {
      'security.protocol': 'SSL',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.certificate.chain': '${dir:/opt/registry-tls:tls.crt}',
      'ssl.keystore.key': '${dir:/opt/registry-tls:tls.key}',
    },
  ],
  ['PLAIN', ClientCredentials.plain('ksql', PASSWORD), { 'sasl.mechanism': 'PLAIN', 'security.protocol': 'SASL_SSL' }],
  ['SCRAM', SCRAM, { 'sasl.mechanism': 'SCRAM-SHA-512', 'security.protocol': 'SASL_SSL' }],
  [
    'Kerberos',
    ClientCredentials.kerberos({ principal: 'c3@EXAMPLE.COM', keytab: SecretKey.existing('c3', 'c3.keytab') }),
    { 'sasl.mechanism': 'GSSAPI', 'security.protocol': 'SASL_SSL' },
  ],
])('its streams log in with %s, by names that Kafka knows', (_, credentials, expected) => {
  const build = (chart: Parameters<typeof connect>[0]) => center(chart, { connection: connect(chart, credentials) });
  expect(faults(build)).toEqual([]);
  const all = settingsOf(synth(build));
  const client = below(STREAMS, all);
  expect(client).toMatchObject({ ...TRUST, ...expected });
  expect(all['bootstrap.servers']).toBe('kafka.example.com:9093');
  const unknown = Object.keys(client).filter(
    (name) => !KAFKA_CLIENT_CONFIGS.has(name) && !name.startsWith('config.providers'),
  );
  expect(unknown).toEqual([]);
});

test('it shows its certificate over HTTPS, from one file that an init container makes', () => {
  const manifests = synth((chart) => center(chart));
  expect(settingsOf(manifests)).toMatchObject({
    'confluent.controlcenter.rest.listeners': 'https://0.0.0.0:9021',
    'confluent.controlcenter.rest.ssl.keystore.type': 'PEM',
  });
  const location = settingsOf(manifests)['confluent.controlcenter.rest.ssl.keystore.location'];
  const { initContainers, containers } = find(manifests, 'Deployment').spec.template.spec;
  expect(initContainers.map(({ command }: any) => command.join(' ')).join('\n')).toContain(location);
  expect(containers[0].readinessProbe.httpGet).toMatchObject({ path: '/', port: 9021, scheme: 'HTTPS' });
});

test('it looks people up in a file of a Secret, some of whom may only see', () => {
  const manifests = synth((chart) =>
    center(chart, {
      basicAuthentication: { users: USERS, roles: ['Administrators'], restrictedRoles: ['Restricted'] },
    }),
  );
  expect(settingsOf(manifests)).toMatchObject({
    'confluent.controlcenter.rest.authentication.method': 'BASIC',
    'confluent.controlcenter.rest.authentication.realm': 'c3',
    'confluent.controlcenter.rest.authentication.roles': 'Administrators,Restricted',
    'confluent.controlcenter.auth.restricted.roles': 'Restricted',
  });
  const { data } = find(manifests, 'ConfigMap');
  expect(data['login.conf'].replace(/\s+/g, ' ')).toBe(
    'c3 { org.eclipse.jetty.jaas.spi.PropertyFileLoginModule required file="/opt/center-users/users" debug="false"; }; ',
  );
  const [{ env, readinessProbe }] = find(manifests, 'Deployment').spec.template.spec.containers;
  expect(env.find(({ name }: any) => name === 'CONTROL_CENTER_OPTS').value).toBe(
    '-Djava.security.auth.login.config=/opt/control-center-config/login.conf',
  );
  // The page would answer 401.
  expect(readinessProbe.tcpSocket.port).toBe(9021);
});

test('it knows its registry, Kafka Connect and ksqlDB by their authorities', () => {
  const all = settings((chart) => ({
    registry: new ExistingSchemaRegistry({
      confluentUrl: 'https://registry.example.com',
      trust: TrustedCertificates.fromSecret('registry-ca', 'ca.crt'),
      credentials: SchemaRegistryCredentials.basic('center', SecretKey.existing('registry-user', 'password')),
    }),
    connects: [
      {
        name: 'etl',
        url: 'https://connect.example.com:8083',
        trust: TrustedCertificates.fromSecret('connect-ca', 'ca.crt'),
      },
    ],
    ksqls: [server(chart, { connection: connect(chart, SCRAM, 'other') })],
  }));
  expect(below('confluent.controlcenter.schema.registry.', all)).toEqual({
    url: 'https://registry.example.com',
    'schema.registry.ssl.truststore.type': 'PEM',
    'schema.registry.ssl.truststore.location': '/opt/registry-ca/ca.crt',
    'basic.auth.credentials.source': 'USER_INFO',
    'basic.auth.user.info': 'center:${dir:/opt/registry-user:password}',
  });
  expect(below('confluent.controlcenter.connect.', all)).toEqual({
    'etl.cluster': 'https://connect.example.com:8083',
    'etl.ssl.truststore.type': 'PEM',
    'etl.ssl.truststore.location': '/opt/connect-ca/ca.crt',
  });
  expect(below('confluent.controlcenter.ksql.', all)).toEqual({
    'ksqldb.url': 'https://ksqldb.flink.svc:8088',
    'ksqldb.advertised.url': 'https://ksqldb.flink.svc:8088',
    'ksqldb.ssl.truststore.type': 'PEM',
    'ksqldb.ssl.truststore.location': '/opt/root-ca/ca.crt',
  });
  expect(all['config.providers.dir.param.allowed.paths']).toBe('/opt/ksql,/opt/registry-user');
});

test('the ksqlDB servers that it shows let it in', () => {
  const manifests = synth((chart) =>
    center(chart, { ksqls: [server(chart, { connection: connect(chart, SCRAM, 'other') })] }),
  );
  expect(find(manifests, 'NetworkPolicy', 'ksqldb').spec.ingress[0].from).toEqual([
    {
      podSelector: {
        matchLabels: { 'app.kubernetes.io/name': 'control-center', 'app.kubernetes.io/instance': 'center' },
      },
    },
  ]);
});

test('its licence is a reference', () => {
  const license = ControlCenterLicense.issued(SecretKey.existing('confluent', 'license'));
  expect(settings(() => ({ license }))['confluent.license']).toBe('${dir:/opt/confluent:license}');
  expect(settings(() => ({}))['confluent.license']).toBeUndefined();
});

test('it makes topics with as many copies as it is told', () => {
  const all = settings(() => ({ topicReplicas: 1 }));
  expect(
    Object.keys(all).filter((name) => name.endsWith('topic.replication') || name.endsWith('topics.replication')),
  ).toHaveLength(4);
  expect(all['confluent.metrics.topic.replication']).toBe('1');
});

test('it lets in whom it is told, and keeps the promises of all pods', () => {
  const manifests = synth((chart) => center(chart).allowFrom(NetworkPeer.namespace('ingress')));
  expect(find(manifests, 'NetworkPolicy').spec.ingress).toHaveLength(1);
  expect(
    find(
      synth((chart) => center(chart)),
      'NetworkPolicy',
    ).spec.ingress,
  ).toBeUndefined();
  expect(unsafeties(find(manifests, 'Deployment'))).toEqual([]);
});

test('its user has the rights of its own topics and groups, and sees the topics that it shows', () => {
  let user: ExternalKafkaUser | undefined;
  synth((chart) => {
    const connection = connect(chart);
    center(chart, { connection, shows: [KafkaTopics.startingWith('sales-')] });
    user = connection.user as ExternalKafkaUser;
  });
  expect(user?.acls.map(({ resource, operations }) => `${resource.toString()}: ${operations.join(', ')}`)).toEqual([
    'cluster: Describe, DescribeConfigs',
    'topic _confluent-controlcenter*: Read, Write, Create, DescribeConfigs',
    'topic _confluent-metrics: Read, Write, Create, DescribeConfigs',
    'topic _confluent-monitoring: Read, Write, Create, DescribeConfigs',
    'topic _confluent-command: Read, Write, Create, DescribeConfigs',
    'group _confluent-controlcenter*: Read',
    'topic sales-*: Read, DescribeConfigs',
  ]);
});
