import { App, Chart, Testing } from 'cdk8s';
import { KsqlSecureScenario, KsqlSecureScenarioProps } from '../../lib';
import { Manifest, faultsOf, find } from '../support/synth';
import { TestState } from '../support/state';

const state = new TestState();
afterAll(() => state.remove());

function scenario(props: KsqlSecureScenarioProps = {}): App {
  const app = Testing.app();
  new KsqlSecureScenario(app, { stateDirectory: state.directory, ...props });
  return app;
}

function manifests(props: KsqlSecureScenarioProps = {}): Manifest[] {
  return scenario(props)
    .node.children.filter(Chart.isChart)
    .flatMap((chart) => Testing.synth(chart) as Manifest[]);
}

const objects = manifests();

test('it has no fault', () => expect(faultsOf(scenario())).toEqual([]));

test('everybody logs in by SCRAM over TLS, and there is no other listener', () => {
  const { listeners, authorization } = find(objects, 'Kafka').spec.kafka;
  expect(listeners).toMatchObject([
    { name: 'scram', port: 9094, tls: true, authentication: { type: 'scram-sha-512' } },
  ]);
  expect(authorization.type).toBe('simple');
  const users = objects.filter(({ kind }) => kind === 'KafkaUser');
  expect(users.map(({ spec }) => spec.authentication.type)).toEqual(users.map(() => 'scram-sha-512'));
});

test('it has the servers of the platform, and each shows a certificate', () => {
  const workloads = objects.filter(({ kind }) => ['Deployment', 'StatefulSet'].includes(kind));
  expect(workloads.map(({ metadata }) => metadata.name).sort()).toEqual([
    'application-with-rights',
    'application-without-rights',
    'connect',
    'control-center',
    'ksqldb',
    'rest-proxy',
    'schema-registry',
  ]);
  const certificates = objects.filter(({ kind }) => kind === 'Certificate').map(({ metadata }) => metadata.name);
  for (const server of ['connect', 'control-center', 'ksqldb', 'rest-proxy', 'schema-registry']) {
    expect(certificates).toContain(`${server}-tls`);
    const ports = objects
      .filter(({ kind, metadata }) => kind === 'Service' && metadata.name === server)
      .flatMap(({ spec }) => spec.ports.map(({ name }: { name: string }) => name));
    expect(ports).toEqual(['https']);
  }
});

test('of the two applications one may read the topic as a member of its group, the other nothing', () => {
  const rights = (name: string) =>
    (find(objects, 'KafkaUser', `${name}-user`).spec.authorization?.acls ?? []).map(
      ({ operations, resource }: any) => `${operations.join()} ${resource.type} ${resource.name}`,
    );
  expect(rights('application-with-rights')).toEqual(['Read topic mortgages', 'Read group applications']);
  expect(rights('application-without-rights')).toEqual([]);
  for (const name of ['application-with-rights', 'application-without-rights']) {
    expect(find(objects, 'Deployment', name).spec.template.spec.containers[0].args).toEqual([
      ...['--bootstrap-server', 'my-cluster-kafka-bootstrap.confluent.svc:9094', '--topic', 'mortgages'],
      ...['--group', 'applications', '--from-beginning', '--consumer.config', '/opt/consumer/consumer.properties'],
    ]);
    expect(find(objects, 'ConfigMap', `${name}-settings`).data['consumer.properties']).toContain(
      `username="${name}-user" password="\${dir:/opt/${name}-user:password}"`,
    );
  }
});

test('Control Center reaches what it shows', () => {
  const peers = (policy: string) => JSON.stringify(find(objects, 'NetworkPolicy', policy).spec.ingress);
  for (const policy of ['ksqldb', 'connect', 'schema-registry']) expect(peers(policy)).toContain('control-center');
});

test('it holds no place that is not a property', () => {
  const text = JSON.stringify(
    manifests({ namespace: 'elsewhere', clusterName: 'other', clusterDomain: 'corp.internal' }),
  );
  expect(text.match(/\bconfluent\.svc|my-cluster|cluster\.local|\.svc:/g)).toBeNull();
});

test('it is the same when it is synthesized again', () => expect(manifests()).toEqual(objects));
