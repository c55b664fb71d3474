import { Chart } from 'cdk8s';
import {
  ConfluentRestProxy,
  ConfluentRestProxyProps,
  ConsumerGroup,
  ExistingSchemaRegistry,
  KafkaAuthorization,
  SchemaRegistryCredentials,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { faults, find, synth } from '../../support/synth';
import { World, certificate, presentFiles, unsafeties } from '../world';
import { properties } from './image';

const CERTIFICATE = certificate(ConfluentRestProxy.dnsNames('rest', 'flink'));
const CLIENTS = TrustedCertificates.fromSecret('client-ca', 'ca.crt');
const REGISTRY = new ExistingSchemaRegistry({
  confluentUrl: 'https://registry.example.com',
  trust: TrustedCertificates.fromSecret('registry-ca', 'ca.crt'),
  credentials: SchemaRegistryCredentials.basic('rest', SecretKey.existing('registry-login', 'password')),
});
const PROPAGATION = {
  license: SecretKey.existing('confluent', 'license'),
  keyStore: SecretKey.existing('principals', 'keystore.p12'),
  keyStorePassword: SecretKey.existing('principals', 'password'),
};

function proxy(chart: Chart, props: Partial<ConfluentRestProxyProps> = {}, world = new World(chart)) {
  const connection = props.connection ?? world.connect(world.user('rest-user'));
  return new ConfluentRestProxy(chart, 'rest', { connection, certificate: CERTIFICATE, ...props });
}

const statefulSet = (props?: Partial<ConfluentRestProxyProps>) =>
  find(
    synth((chart) => proxy(chart, props)),
    'StatefulSet',
  );

describe('a proxy with a certificate', () => {
  const manifests = synth((chart) => proxy(chart, { replicas: 2 }));
  const pods = find(manifests, 'StatefulSet');

  test('is without fault', () => expect(faults((chart) => void proxy(chart, { replicas: 2 }))).toEqual([]));

  test('is a client by mutual TLS and a server by HTTPS, and tells how to reach the pod with a consumer', () => {
    expect(properties(pods, 'KAFKA_REST_')).toEqual({
      'bootstrap.servers': 'my-cluster-kafka-bootstrap.flink.svc:9093',
      'client.security.protocol': 'SSL',
      'client.ssl.truststore.type': 'PEM',
      'client.ssl.truststore.location': '/opt/my-cluster-cluster-ca-cert/ca.crt',
      'client.ssl.keystore.type': 'PEM',
      'client.ssl.keystore.certificate.chain': '${dir:/opt/rest-user:user.crt}',
      'client.ssl.keystore.key': '${dir:/opt/rest-user:user.key}',
      'client.config.providers': 'dir',
      'client.config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'client.config.providers.dir.param.allowed.paths': '/opt/rest-user',
      'config.providers': 'dir',
      'config.providers.dir.class': 'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      'config.providers.dir.param.allowed.paths': '/opt/rest-user',
      'schema.registry.url': '',
      'advertised.listeners': 'https://<metadata.name>.rest-instances.flink.svc:8082',
      listeners: 'https://0.0.0.0:8082',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': '/opt/registry-tls-keys/keystore.pem',
      'ssl.client.authentication': 'NONE',
    });
  });

  test('does not send requests to itself', () => {
    expect(find(manifests, 'NetworkPolicy', 'rest').spec.ingress).toBeUndefined();
  });

  test('can write where its start script does, and nowhere else', () => {
    expect(pods.spec.template.spec.containers[0].volumeMounts.map(({ mountPath }: any) => mountPath)).toContain(
      '/etc/kafka-rest',
    );
    expect(unsafeties(pods)).toEqual([]);
  });
});

test('the topics and groups that clients may use are rights of the proxy’s user', () => {
  synth((chart) => {
    const world = new World(chart);
    const user = world.user('rest-user');
    const rest = proxy(chart, { connection: world.connect(user) }, world);
    rest.allowProduce(world.topic);
    rest.allowConsume(world.topic, ConsumerGroup.literal('web'));
    expect(user.acls.map(({ resource, operations }) => `${resource.toString()}: ${operations.join()}`)).toEqual([
      'topic flink.sales.records: Read,Write',
      'group web: Read',
    ]);
  });
});

test('rights are not asked for where nothing checks them', () => {
  const build = (chart: Chart) => {
    const world = new World(chart, KafkaAuthorization.none());
    proxy(chart, {}, world).allowProduce(world.topic);
  };
  expect(faults(build)).toEqual([]);
});

test('a registry comes with its URL, its authority and a reference to the password', () => {
  const pods = statefulSet({ registry: REGISTRY });
  expect(properties(pods, 'KAFKA_REST_')).toMatchObject({
    'schema.registry.url': 'https://registry.example.com',
    'schema.registry.ssl.truststore.type': 'PEM',
    'schema.registry.ssl.truststore.location': '/opt/registry-ca/ca.crt',
    'schema.registry.basic.auth.credentials.source': 'USER_INFO',
    'schema.registry.basic.auth.user.info': 'rest:${dir:/opt/registry-login:password}',
    'config.providers.dir.param.allowed.paths': '/opt/rest-user,/opt/registry-login',
  });
  expect(presentFiles(pods)).toEqual(
    expect.arrayContaining(['/opt/registry-ca/ca.crt', '/opt/registry-login/password']),
  );
});

test('a registry of this app lets the proxy in', () => {
  const allowed: object[] = [];
  synth((chart) => {
    const registry = { confluentUrl: 'http://registry:8081', allowFromPods: (labels: object) => allowed.push(labels) };
    proxy(chart, { registry });
  });
  expect(allowed).toEqual([{ 'app.kubernetes.io/name': 'kafka-rest', 'app.kubernetes.io/instance': 'rest' }]);
});

test('with passwords, the kubelet only asks whether the port is open', () => {
  const pods = statefulSet({
    basicAuthentication: { users: SecretKey.existing('rest-users', 'users'), roles: ['user'] },
  });
  expect(pods.spec.template.spec.containers[0].readinessProbe.tcpSocket).toEqual({ port: 8082 });
  expect(properties(pods, 'KAFKA_REST_')).not.toHaveProperty(['authentication.skip.paths']);
});

test('the licensed plugin logs in with the key store of all clients instead of the proxy’s own certificate', () => {
  const pods = statefulSet({ clientTrust: CLIENTS, licensedPropagation: PROPAGATION });
  const found = properties(pods, 'KAFKA_REST_');
  expect(found).toMatchObject({
    'kafka.rest.resource.extension.class': 'io.confluent.kafkarest.security.KafkaRestSecurityResourceExtension',
    'confluent.rest.auth.propagate.method': 'SSL',
    'confluent.license': '${dir:/opt/confluent:license}',
    'client.ssl.keystore.type': 'PKCS12',
    'client.ssl.keystore.location': '/opt/principals/keystore.p12',
    'client.ssl.keystore.password': '${dir:/opt/principals:password}',
    'client.config.providers.dir.param.allowed.paths': '/opt/principals',
    'config.providers.dir.param.allowed.paths': '/opt/principals,/opt/confluent',
    'ssl.client.authentication': 'REQUIRED',
    'ssl.truststore.location': '/opt/client-ca/ca.crt',
  });
  expect(Object.keys(found)).not.toContain('client.ssl.keystore.key');
  expect(presentFiles(pods)).toEqual(
    expect.arrayContaining(['/opt/confluent/license', '/opt/principals/keystore.p12', '/opt/principals/password']),
  );
});
