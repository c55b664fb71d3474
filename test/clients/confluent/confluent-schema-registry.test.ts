import { Chart } from 'cdk8s';
import {
  ConfluentSchemaRegistry,
  ConfluentSchemaRegistryProps,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  ClientCredentials,
  KafkaConnection,
  ListenerAuthentication,
  SaslMechanism,
  SecretKey,
  TrustedCertificates,
  UserAuthentication,
} from '../../../lib';
import { KAFKA_CLIENT_CONFIGS } from '../../../lib/clients/flink/kafka-client-configs';
import { faults, find, synth } from '../../support/synth';
import { World, certificate, presentFiles, unsafeties } from '../world';
import { properties, variables } from './image';

const CERTIFICATE = certificate(ConfluentSchemaRegistry.dnsNames('registry', 'flink'));
const CLIENTS = TrustedCertificates.fromSecret('root-ca', 'ca.crt');

function registry(chart: Chart, props: Partial<ConfluentSchemaRegistryProps> = {}): ConfluentSchemaRegistry {
  const world = new World(chart);
  const connection = props.connection ?? world.connect(world.user('registry-user'));
  return new ConfluentSchemaRegistry(chart, 'registry', { connection, certificate: CERTIFICATE, ...props });
}

const statefulSet = (props?: Partial<ConfluentSchemaRegistryProps>) =>
  find(
    synth((chart) => registry(chart, props)),
    'StatefulSet',
  );
const settings = (props?: Partial<ConfluentSchemaRegistryProps>) => properties(statefulSet(props), 'SCHEMA_REGISTRY_');

describe('a registry with a certificate, whose user has one, too', () => {
  const manifests = synth((chart) => registry(chart));
  const pods = find(manifests, 'StatefulSet');

  test('is without fault', () => expect(faults((chart) => void registry(chart))).toEqual([]));

  test('reads its schemas by mutual TLS and speaks HTTPS and nothing else', () => {
    expect(properties(pods, 'SCHEMA_REGISTRY_')).toEqual({
      'kafkastore.bootstrap.servers': 'my-cluster-kafka-bootstrap.flink.svc:9093',
      'kafkastore.security.protocol': 'SSL',
      'kafkastore.ssl.truststore.type': 'PEM',
      'kafkastore.ssl.truststore.location': '/opt/my-cluster-cluster-ca-cert/ca.crt',
      'kafkastore.ssl.keystore.type': 'PEM',
      'kafkastore.ssl.keystore.certificate.chain': '${dir:/opt/registry-user:user.crt}',
      'kafkastore.ssl.keystore.key': '${dir:/opt/registry-user:user.key}',
      'kafkastore.config.providers': 'dir',
      'kafkastore.config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'kafkastore.config.providers.dir.param.allowed.paths': '/opt/registry-user',
      'kafkastore.topic': '_schemas',
      'schema.registry.group.id': 'schema-registry',
      'host.name': '<metadata.name>.registry-instances.flink.svc',
      'inter.instance.protocol': 'https',
      listeners: 'https://0.0.0.0:8081',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': '/opt/registry-tls-keys/keystore.pem',
      'ssl.client.authentication': 'NONE',
      'heap.opts': '-XX:InitialRAMPercentage=50 -XX:MaxRAMPercentage=50',
    });
  });

  test('has every file that its properties speak of', () => {
    expect(presentFiles(pods)).toEqual(
      expect.arrayContaining([
        '/opt/my-cluster-cluster-ca-cert/ca.crt',
        '/opt/registry-user/user.crt',
        '/opt/registry-user/user.key',
        '/opt/registry-tls-keys/keystore.pem',
      ]),
    );
  });

  test('has its key and certificate put into one file, before it starts', () => {
    const [container] = pods.spec.template.spec.initContainers.filter(
      ({ name }: any) => name === 'keystore-registry-tls',
    );
    expect(container.command[2]).toBe(
      '(cat /source/tls.key; echo; cat /source/tls.crt; echo) > /opt/registry-tls-keys/keystore.pem',
    );
  });

  test('is asked by the name of its certificate whether it is there', () => {
    const [{ startupProbe, readinessProbe, livenessProbe }] = pods.spec.template.spec.containers;
    for (const { httpGet } of [startupProbe, readinessProbe, livenessProbe]) {
      expect(httpGet).toEqual({
        scheme: 'HTTPS',
        path: '/schemas/types',
        port: 8081,
        httpHeaders: [{ name: 'Host', value: 'registry.flink.svc' }],
      });
    }
    expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBeGreaterThan(90);
  });

  test('can write where its start script does', () => {
    const { containers, volumes } = pods.spec.template.spec;
    const writable = containers[0].volumeMounts.filter(({ name }: any) =>
      volumes.some((volume: any) => volume.name === name && volume.emptyDir && volume.emptyDir.medium !== 'Memory'),
    );
    expect(writable.map(({ mountPath }: any) => mountPath)).toEqual(['/etc/schema-registry', '/usr/logs', '/tmp']);
  });

  test('runs without root, an API token, variables of Services or open limits', () => {
    expect(unsafeties(pods)).toEqual([]);
  });

  test('has pods with names that its certificate covers', () => {
    expect(pods.spec.serviceName).toBe('registry-instances');
    expect(find(manifests, 'Service', 'registry-instances').spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      selector: pods.spec.selector.matchLabels,
    });
    expect(find(manifests, 'Service', 'registry').spec.selector).toEqual(pods.spec.selector.matchLabels);
    expect(CERTIFICATE.dnsNames).toContain('*.registry-instances.flink.svc');
  });

  test('keeps its schemas in a topic from which nothing is deleted', () => {
    expect(find(manifests, 'KafkaTopic', 'schemas').spec).toEqual({
      topicName: '_schemas',
      partitions: 1,
      config: { 'cleanup.policy': 'compact' },
    });
  });

  test('may do what it takes to keep schemas and choose a leader', () => {
    const [schemas, group] = find(manifests, 'KafkaUser').spec.authorization.acls;
    expect(schemas).toEqual({
      resource: { type: 'topic', name: '_schemas', patternType: 'literal' },
      operations: ['Read', 'Write', 'DescribeConfigs'],
    });
    expect(group).toEqual({
      resource: { type: 'group', name: 'schema-registry', patternType: 'literal' },
      operations: ['Read'],
    });
  });

  test('may connect to the listener, and lets nobody in', () => {
    const [{ networkPolicyPeers }] = find(manifests, 'Kafka').spec.kafka.listeners;
    expect(networkPolicyPeers).toEqual([{ podSelector: pods.spec.selector }]);
    expect(find(manifests, 'NetworkPolicy', 'registry').spec.ingress).toBeUndefined();
  });
});

test('a registry is a registry to its clients', () => {
  synth((chart) => {
    const schemas = registry(chart);
    expect(schemas.confluentUrl).toBe('https://registry.flink.svc:8081');
    expect(schemas.trust?.toString()).toBe('root-ca:ca.crt');
    expect(schemas.credentials).toBeUndefined();
  });
});

describe('several pods', () => {
  const several = { replicas: 3 };

  test('check the name of their leader and who vouches for it', () => {
    expect(settings(several)).toMatchObject({
      'inter.instance.protocol': 'https',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': '/opt/root-ca/ca.crt',
      'ssl.endpoint.identification.algorithm': 'https',
    });
  });

  test('do not look for the addresses of clients in their certificates', () => {
    expect(settings({ ...several, clientTrust: CLIENTS })).toMatchObject({
      'ssl.client.authentication': 'REQUIRED',
      'ssl.truststore.location': '/opt/root-ca/ca.crt',
      'ssl.endpoint.identification.algorithm': 'https',
      'listener.name.https.ssl.endpoint.identification.algorithm': '',
    });
  });

  test('may send requests to each other', () => {
    const manifests = synth((chart) => registry(chart, several));
    const { selector } = find(manifests, 'StatefulSet').spec;
    expect(find(manifests, 'NetworkPolicy', 'registry').spec.ingress).toEqual([
      { from: [{ podSelector: selector }], ports: [{ port: 8081, protocol: 'TCP' }] },
    ]);
  });

  test('are without fault', () => {
    expect(faults((chart) => void registry(chart, { ...several, clientTrust: CLIENTS }))).toEqual([]);
  });
});

test('a registry that asks for certificates is only asked whether its port is open', () => {
  const pods = statefulSet({ clientTrust: CLIENTS });
  expect(properties(pods, 'SCHEMA_REGISTRY_')).toMatchObject({
    'ssl.client.authentication': 'REQUIRED',
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.location': '/opt/root-ca/ca.crt',
  });
  expect(presentFiles(pods)).toContain('/opt/root-ca/ca.crt');
  expect(pods.spec.template.spec.containers[0].readinessProbe.tcpSocket).toEqual({ port: 8081 });
});

describe('a registry that asks for passwords', () => {
  const users = SecretKey.existing('registry-users', 'users.properties');
  const manifests = synth((chart) =>
    registry(chart, { basicAuthentication: { users, roles: ['reader', 'writer'], realm: 'Schemas' } }),
  );
  const pods = find(manifests, 'StatefulSet');

  test('looks them up in the file of its Secret', () => {
    expect(properties(pods, 'SCHEMA_REGISTRY_')).toMatchObject({
      'authentication.method': 'BASIC',
      'authentication.realm': 'Schemas',
      'authentication.roles': 'reader,writer',
      opts: '-Djava.security.auth.login.config=/opt/confluent-login/login.conf',
    });
    expect(presentFiles(pods)).toContain('/opt/registry-users/users.properties');
    expect(find(manifests, 'ConfigMap').data['login.conf'].replace(/\s+/g, ' ')).toBe(
      'Schemas { org.eclipse.jetty.security.jaas.spi.PropertyFileLoginModule required ' +
        'file="/opt/registry-users/users.properties" debug="false"; }; ',
    );
    const { mountPath } = pods.spec.template.spec.containers[0].volumeMounts.find(
      ({ name }: any) => name === 'confluent-login',
    );
    expect(mountPath).toBe('/opt/confluent-login');
  });

  test('leaves the path open that the kubelet asks for', () => {
    expect(properties(pods, 'SCHEMA_REGISTRY_')['authentication.skip.paths']).toBe('/schemas/types');
  });
});

test('an unencrypted registry speaks HTTP, also among its pods', () => {
  const pods = statefulSet({ certificate: undefined, unencrypted: true });
  expect(properties(pods, 'SCHEMA_REGISTRY_')).toMatchObject({
    listeners: 'http://0.0.0.0:8081',
    'inter.instance.protocol': 'http',
  });
  const { httpGet } = pods.spec.template.spec.containers[0].readinessProbe;
  expect(httpGet).toEqual({ scheme: 'HTTP', path: '/schemas/types', port: 8081 });
});

test('further properties are handed on', () => {
  expect(settings({ config: { 'schema.compatibility.level': 'full' } })['schema.compatibility.level']).toBe('full');
});

describe('every way to log in', () => {
  const ca = TrustedCertificates.fromSecret('kafka-ca', 'ca.crt');
  const secret = SecretKey.existing('kafka-user', 'password');
  const WAYS: [string, ExternalKafkaAuthentication | undefined, ClientCredentials | undefined][] = [
    ['TLS', undefined, undefined],
    ['PLAIN', ExternalKafkaAuthentication.sasl([SaslMechanism.PLAIN]), ClientCredentials.plain('registry', secret)],
    [
      'SCRAM',
      ExternalKafkaAuthentication.sasl([SaslMechanism.SCRAM_SHA_512]),
      ClientCredentials.scramSha512('registry', secret),
    ],
    [
      'OAUTHBEARER',
      ExternalKafkaAuthentication.sasl([SaslMechanism.OAUTHBEARER]),
      ClientCredentials.oauth({
        tokenEndpointUri: 'https://sso.example.com/token',
        clientId: 'registry',
        clientSecret: secret,
      }),
    ],
    [
      'GSSAPI',
      ExternalKafkaAuthentication.sasl([SaslMechanism.GSSAPI]),
      ClientCredentials.kerberos({
        principal: 'registry@EXAMPLE.COM',
        keytab: SecretKey.existing('kafka-user', 'registry.keytab'),
        krb5Conf: SecretKey.existing('kafka-user', 'krb5.conf'),
      }),
    ],
  ];
  const pods = (authentication?: ExternalKafkaAuthentication, credentials?: ClientCredentials) => {
    const build = (chart: Chart) => {
      const kafka = new ExternalKafka(chart, 'kafka', {
        bootstrapServers: ['kafka.example.com:9093'],
        authentication: authentication ?? ExternalKafkaAuthentication.none(),
        trust: ca,
      });
      const user = credentials && new ExternalKafkaUser(chart, 'user', { kafka, credentials });
      const connection = new KafkaConnection(chart, 'connection', { listener: kafka, user });
      new ConfluentSchemaRegistry(chart, 'registry', { connection, certificate: CERTIFICATE });
    };
    expect(faults(build)).toEqual([]);
    return find(synth(build), 'StatefulSet');
  };

  test.each(WAYS)('%s: nothing but names of Kafka’s own settings, and every file that they speak of', (_, ...way) => {
    const workload = pods(...way);
    const client = Object.entries(properties(workload, 'SCHEMA_REGISTRY_'))
      .filter(([name]) => name.startsWith('kafkastore.') && name !== 'kafkastore.topic')
      .map(([name, value]): [string, string] => [name.slice('kafkastore.'.length), value]);
    const unknown = client.map(([name]) => name).filter((name) => !known(name));
    expect(unknown).toEqual([]);
    const spoken = [...client.map(([, value]) => value), variables(workload).SCHEMA_REGISTRY_OPTS ?? '']
      .map((value) => value.replace(/dir:([^:]+):([^}]+)/g, '$1/$2'))
      .flatMap((value) => value.match(/\/opt\/[\w.-]+\/[\w.-]+/g) ?? []);
    expect(spoken.length).toBeGreaterThan(0);
    expect(presentFiles(workload)).toEqual(expect.arrayContaining(spoken));
  });

  test.each([
    ['OAUTHBEARER', '-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=https://sso.example.com/token'],
    ['GSSAPI', '-Djava.security.krb5.conf=/opt/kafka-user/krb5.conf'],
  ])('%s: both virtual machines are told what the settings cannot say', (name, option) => {
    const [, ...way] = WAYS.find(([mode]) => mode === name) as (typeof WAYS)[number];
    expect(variables(pods(...way))).toMatchObject({ SCHEMA_REGISTRY_OPTS: option, KAFKA_OPTS: option });
  });
});

test('in a Kafka that is not ours the registry makes its topic', () => {
  synth((chart) => {
    const kafka = new ExternalKafka(chart, 'kafka', {
      bootstrapServers: ['kafka.example.com:9093'],
      authentication: ExternalKafkaAuthentication.sasl([SaslMechanism.SCRAM_SHA_512]),
    });
    const user = new ExternalKafkaUser(chart, 'user', {
      kafka,
      credentials: ClientCredentials.scramSha512('registry', SecretKey.existing('kafka-user', 'password')),
    });
    registry(chart, {
      connection: new KafkaConnection(chart, 'connection', { listener: kafka, user }),
      groupId: 'two',
    });
    expect(user.acls.map(({ resource, operations }) => `${resource.toString()}: ${operations.join()}`)).toEqual([
      'topic _schemas: Read,Write,Create,DescribeConfigs',
      'group two: Read',
    ]);
  });
});

test('a user with a password is referred to inside its JAAS line', () => {
  const manifests = synth((chart) => {
    const world = new World(chart);
    const listener = world.cluster.addListener('scram', {
      port: 9094,
      authentication: ListenerAuthentication.scramSha512(),
    });
    const connection = world.connect(world.user('registry-user', UserAuthentication.scramSha512()), listener);
    new ConfluentSchemaRegistry(chart, 'registry', { connection, certificate: CERTIFICATE });
  });
  expect(properties(find(manifests, 'StatefulSet'), 'SCHEMA_REGISTRY_')['kafkastore.sasl.jaas.config']).toBe(
    'org.apache.kafka.common.security.scram.ScramLoginModule required username="registry-user" ' +
      'password="${dir:/opt/registry-user:password}" ;',
  );
});

/** Kafka 4.1 has the settings of its own token client, which the list of an older version lacks. */
function known(name: string): boolean {
  return (
    KAFKA_CLIENT_CONFIGS.has(name) ||
    name.startsWith('config.providers') ||
    /^sasl\.oauthbearer\.(client\.credentials\.client\.(id|secret)|scope)$/.test(name)
  );
}
