import { Chart } from 'cdk8s';
import {
  AclOperation,
  AclResource,
  ClientCredentials,
  ExistingSchemaRegistry,
  ExternalKafkaUser,
  KafkaTopics,
  KsqlDbServerProps,
  NetworkPeer,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { aclSetAllows } from '../../../lib/access/acl-set';
import { KAFKA_CLIENT_CONFIGS } from '../../../lib/clients/flink/kafka-client-configs';
import { faults, find, synth } from '../../support/synth';
import { certificate, mentionedFiles, presentFiles, unsafeties } from '../world';
import { PASSWORD, SCRAM, below, connect, server, settings, settingsOf } from './world';

const USER_CERTIFICATE = certificate([]);
const OAUTH = ClientCredentials.oauth({
  tokenEndpointUri: 'https://sso.example.com/token',
  clientId: 'ksql',
  clientSecret: SecretKey.existing('ksql-client', 'secret'),
});
const KERBEROS = ClientCredentials.kerberos({
  principal: 'ksql@EXAMPLE.COM',
  keytab: SecretKey.existing('ksql-keytab', 'ksql.keytab'),
});

const MODES: [string, ClientCredentials, Record<string, string>][] = [
  ['nothing', ClientCredentials.none(), { 'security.protocol': 'SSL' }],
  [
    'a certificate',
    ClientCredentials.certificate(USER_CERTIFICATE),
    {
      'security.protocol': 'SSL',
      'ssl.keystore.type': 'PKCS12',
      'ssl.keystore.location': '/opt/ksqldb-key-stores/kafka.p12',
      'ssl.keystore.password': '${dir:/opt/ksqldb-key-stores:password}',
    },
  ],
  [
    'SCRAM',
    SCRAM,
    {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'SCRAM-SHA-512',
      'sasl.jaas.config':
        'org.apache.kafka.common.security.scram.ScramLoginModule required username="ksql" password="${dir:/opt/ksql:password}" ;',
    },
  ],
  [
    'PLAIN',
    ClientCredentials.plain('ksql', PASSWORD),
    {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'PLAIN',
      'sasl.jaas.config':
        'org.apache.kafka.common.security.plain.PlainLoginModule required username="ksql" password="${dir:/opt/ksql:password}" ;',
    },
  ],
  ['OAuth', OAUTH, { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'OAUTHBEARER' }],
  ['Kerberos', KERBEROS, { 'security.protocol': 'SASL_SSL', 'sasl.mechanism': 'GSSAPI' }],
];

const TRUST = { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': '/opt/kafka-ca/ca.crt' };

describe.each(MODES)('a server that logs in with %s', (_, credentials, expected) => {
  const build = (chart: Chart) => server(chart, { connection: connect(chart, credentials) });
  const all = settingsOf(synth(build));

  test('is without fault', () => expect(faults(build)).toEqual([]));

  test('tells every client of Kafka so, apart from its own listener', () => {
    for (const prefix of ['ksql.streams.', 'ksql.server.command.consumer.', 'ksql.server.command.producer.']) {
      expect(below(prefix, all)).toMatchObject({ ...TRUST, ...expected });
    }
    expect(all['bootstrap.servers']).toBe('kafka.example.com:9093');
    expect(all['security.protocol']).toBeUndefined();
    expect(all['ssl.keystore.location']).toBe('/opt/ksqldb-key-stores/listener.p12');
  });

  test('uses only names that Kafka and ksqlDB know', () => expect(unknown(all)).toEqual([]));

  test('has every file that its settings speak of', () => {
    const manifests = synth(build);
    const deployment = find(manifests, 'Deployment');
    const { data } = find(manifests, 'ConfigMap');
    const spoken = Object.values(data as Record<string, string>)
      .join('\n')
      .replace(/dir:([^:]+):([^}]+)/g, '$1/$2')
      .match(/\/opt\/[\w.-]+\/[\w.-]+/g);
    const made = find(manifests, 'Deployment')
      .spec.template.spec.initContainers.map(({ command }: any) => command.join(' '))
      .join('\n');
    const own = Object.keys(data).map((file) => `/opt/ksqldb-config/${file}`);
    for (const file of [...(spoken ?? []), ...mentionedFiles(deployment)]) {
      expect([...presentFilesOf(deployment), ...own, ...(made.match(/\/opt\/[\w.-]+\/[\w.-]+/g) ?? [])]).toContain(
        file,
      );
    }
  });
});

/** The files of Secrets; the configuration is no Secret. */
function presentFilesOf(deployment: any): string[] {
  const copy = structuredClone(deployment);
  const pod = copy.spec.template.spec;
  const config = pod.volumes.filter(({ configMap }: any) => configMap).map(({ name }: any) => name);
  pod.containers[0].volumeMounts = pod.containers[0].volumeMounts.filter(({ name }: any) => !config.includes(name));
  return presentFiles(copy);
}

/** The settings that neither Kafka's clients nor ksqlDB know. */
function unknown(all: Record<string, string>): string[] {
  const own = new Set([
    'authentication.method',
    'authentication.realm',
    'authentication.roles',
    'bootstrap.servers',
    'ksql.internal.topic.replicas',
    'ksql.logging.processing.topic.auto.create',
    'ksql.logging.processing.topic.name',
    'ksql.logging.processing.topic.replication.factor',
    'ksql.output.topic.name.prefix',
    'ksql.queries.file',
    'ksql.schema.registry.basic.auth.credentials.source',
    'ksql.schema.registry.basic.auth.user.info',
    'ksql.schema.registry.url',
    'ksql.service.id',
    'listeners',
  ]);
  const ofStreams = new Set(['processing.guarantee', 'replication.factor', 'state.dir']);
  // Since Kafka 4.1, after the list was made.
  const newer = /^sasl\.oauthbearer\.client\.credentials\.client\.(id|secret)$/;
  return Object.keys(all).filter((name) => {
    if (own.has(name) || name.startsWith('config.providers')) return false;
    const [, prefix = '', rest = name] =
      /^(ksql\.streams\.|ksql\.server\.command\.(?:consumer|producer)\.|ksql\.schema\.registry\.)(.*)$/.exec(name) ??
      [];
    return !(KAFKA_CLIENT_CONFIGS.has(rest) || newer.test(rest) || (prefix === 'ksql.streams.' && ofStreams.has(rest)));
  });
}

describe('a server with HTTPS', () => {
  const manifests = synth((chart) =>
    server(chart, { connection: connect(chart, ClientCredentials.certificate(USER_CERTIFICATE)) }),
  );
  const deployment = find(manifests, 'Deployment');

  test('has key stores made with a password that stands nowhere', () => {
    const { initContainers } = deployment.spec.template.spec;
    const [{ image, command }] = initContainers.filter(({ name }: any) => name === 'key-stores');
    expect(image).toBe('confluentinc/cp-base-new:8.3.1');
    expect(command[2].split('\n')).toEqual([
      'umask 077',
      'printf %s "$$(openssl rand -hex 32)" > /opt/ksqldb-key-stores/password',
      'openssl pkcs12 -export -name key -in /opt/registry-tls/tls.crt -inkey /opt/registry-tls/tls.key -passout file:/opt/ksqldb-key-stores/password -out /opt/ksqldb-key-stores/listener.p12',
      'openssl pkcs12 -export -name key -in /opt/registry-tls/tls.crt -inkey /opt/registry-tls/tls.key -passout file:/opt/ksqldb-key-stores/password -out /opt/ksqldb-key-stores/kafka.p12',
    ]);
  });

  test('may read the folders of its secrets and no others', () => {
    expect(settingsOf(manifests)['config.providers.dir.param.allowed.paths']).toBe('/opt/ksqldb-key-stores');
  });

  test('is asked over HTTPS whether it lives and is ready, without a password', () => {
    const [{ startupProbe, readinessProbe, livenessProbe }] = deployment.spec.template.spec.containers;
    expect(
      [startupProbe, readinessProbe, livenessProbe].map(
        ({ httpGet }) => `${httpGet.scheme} ${httpGet.port}${httpGet.path}`,
      ),
    ).toEqual(['HTTPS 8088/chc/live', 'HTTPS 8088/healthcheck', 'HTTPS 8088/chc/live']);
  });

  test('keeps the promises of all pods', () => expect(unsafeties(deployment)).toEqual([]));

  test('lets in whom it is told, and nobody else', () => {
    const open = synth((chart) => server(chart).allowFrom(NetworkPeer.namespace('tools')));
    expect(find(open, 'NetworkPolicy').spec.ingress).toHaveLength(1);
    expect(find(manifests, 'NetworkPolicy').spec.ingress).toBeUndefined();
  });

  test('is rolled out anew when its settings change', () => {
    const checksum = (props: Partial<KsqlDbServerProps>) =>
      find(
        synth((chart) => server(chart, props)),
        'Deployment',
      ).spec.template.metadata.annotations['cdk8s-secure-kafka/configuration'];
    expect(checksum({})).toBe(checksum({}));
    expect(checksum({ exactlyOnce: true })).not.toBe(checksum({}));
  });
});

test('a server without HTTPS logs in with the certificate as it is', () => {
  const all = settings((chart) => ({
    unencrypted: true,
    connection: connect(chart, ClientCredentials.certificate(USER_CERTIFICATE)),
  }));
  expect(all.listeners).toBe('http://0.0.0.0:8088');
  expect(all['ksql.streams.ssl.keystore.type']).toBe('PEM');
  expect(all['ssl.keystore.location']).toBeUndefined();
});

test('a server looks its users up in a file of a Secret', () => {
  const manifests = synth((chart) =>
    server(chart, {
      basicAuthentication: { users: SecretKey.existing('ksql-users', 'users'), roles: ['admin', 'analyst'] },
    }),
  );
  expect(settingsOf(manifests)).toMatchObject({
    'authentication.method': 'BASIC',
    'authentication.realm': 'Confluent',
    'authentication.roles': 'admin,analyst',
  });
  const login = find(manifests, 'ConfigMap').data['login.conf'] as string;
  expect(login.replace(/\s+/g, ' ')).toBe(
    'Confluent { org.eclipse.jetty.security.jaas.spi.PropertyFileLoginModule required file="/opt/ksql-users/users" debug="false"; }; ',
  );
  const [{ env }] = find(manifests, 'Deployment').spec.template.spec.containers;
  expect(env.find(({ name }: any) => name === 'KSQL_OPTS').value).toBe(
    '-Djava.security.auth.login.config=/opt/ksqldb-config/login.conf',
  );
});

test('a server reads schemas over HTTPS from a registry that it knows by its authority', () => {
  const all = settings(() => ({
    registry: new ExistingSchemaRegistry({
      confluentUrl: 'https://registry.example.com',
      trust: TrustedCertificates.fromSecret('registry-ca', 'ca.crt'),
    }),
  }));
  expect(below('ksql.schema.registry.', all)).toEqual({
    url: 'https://registry.example.com',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': '/opt/registry-ca/ca.crt',
  });
  expect(unknown(all)).toEqual([]);
});

test('a server processes exactly once, and makes topics with as many copies as it is told', () => {
  expect(
    settings(() => ({ exactlyOnce: true, topicReplicas: 3, serviceId: 'sales_', outputTopicPrefix: 'out-' })),
  ).toMatchObject({
    'ksql.streams.processing.guarantee': 'exactly_once_v2',
    'ksql.internal.topic.replicas': '3',
    'ksql.streams.replication.factor': '3',
    'ksql.logging.processing.topic.replication.factor': '3',
    'ksql.logging.processing.topic.name': 'sales_ksql_processing_log',
    'ksql.output.topic.name.prefix': 'out-',
    'ksql.service.id': 'sales_',
  });
});

describe('a server with queries', () => {
  const manifests = synth((chart) => server(chart, { queries: 'CREATE STREAM s AS SELECT * FROM t;', replicas: 3 }));

  test('reads them from a file', () => {
    expect(find(manifests, 'ConfigMap').data['queries.sql']).toBe('CREATE STREAM s AS SELECT * FROM t;');
    expect(settingsOf(manifests)['ksql.queries.file']).toBe('/opt/ksqldb-config/queries.sql');
  });

  test('answers nobody', () => {
    expect(manifests.filter(({ kind }) => kind === 'Service')).toEqual([]);
    expect(find(manifests, 'NetworkPolicy').spec.ingress).toBeUndefined();
    expect(settingsOf(manifests).listeners).toBeUndefined();
    expect(find(manifests, 'Deployment').spec.template.spec.containers[0].ports).toBeUndefined();
  });

  test('has no clients of a command topic', () => {
    expect(Object.keys(settingsOf(manifests)).filter((name) => name.startsWith('ksql.server.'))).toEqual([]);
  });
});

describe('the rights of a server', () => {
  function rightsOf(props: Partial<KsqlDbServerProps>): ExternalKafkaUser {
    let user: ExternalKafkaUser | undefined;
    synth((chart) => {
      const connection = connect(chart);
      server(chart, { serviceId: 'sales_', ...props, connection });
      user = connection.user as ExternalKafkaUser;
    });
    return user as ExternalKafkaUser;
  }
  const text = (props: Partial<KsqlDbServerProps>) =>
    rightsOf(props).acls.map(({ resource, operations }) => `${resource.toString()}: ${operations.join(', ')}`);

  test('are those of its service id', () => {
    expect(text({})).toEqual([
      'cluster: DescribeConfigs',
      'topic _confluent-ksql-sales_*: All',
      'group _confluent-ksql-sales_*: All',
      'topic sales_ksql_processing_log: All',
      'transactionalId sales_: Write',
    ]);
  });

  test('are without the command topic’s transactions if it has queries', () => {
    expect(text({ queries: 'x', processingLog: false })).toEqual([
      'cluster: DescribeConfigs',
      'topic _confluent-ksql-sales_*: All',
      'group _confluent-ksql-sales_*: All',
    ]);
  });

  test('have the transactions of queries if they process exactly once', () => {
    expect(text({ exactlyOnce: true })).toContain('transactionalId _confluent-ksql-sales_*: Write');
  });

  test('have its inputs and outputs, with what their settings are', () => {
    const found = text({
      reads: [KafkaTopics.startingWith('orders-')],
      writes: [KafkaTopics.named('totals')],
      outputTopicPrefix: 'ksql-',
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'topic orders-*: Read, DescribeConfigs',
        'topic totals: Write, DescribeConfigs',
        'topic ksql-*: All',
      ]),
    );
  });

  test('leave the topics of others alone', () => {
    const { acls } = rightsOf({ reads: [KafkaTopics.named('orders')] });
    expect(aclSetAllows(acls, AclOperation.READ, AclResource.topic('orders'))).toBe(true);
    expect(aclSetAllows(acls, AclOperation.WRITE, AclResource.topic('orders'))).toBe(false);
    expect(aclSetAllows(acls, AclOperation.READ, AclResource.topic('_confluent-ksql-other_command_topic'))).toBe(false);
    expect(aclSetAllows(acls, AclOperation.READ, AclResource.group('other'))).toBe(false);
  });
});
