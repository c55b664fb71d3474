import { App, Chart, Testing } from 'cdk8s';
import { ConfluentSslScenario, ConfluentSslScenarioProps } from '../../lib';
import { Manifest, faultsOf, find } from '../support/synth';
import { TestState } from '../support/state';

const state = new TestState();
afterAll(() => state.remove());

function scenario(props: ConfluentSslScenarioProps = {}): App {
  const app = Testing.app();
  new ConfluentSslScenario(app, { stateDirectory: state.directory, ...props });
  return app;
}

function manifests(props: ConfluentSslScenarioProps = {}): Manifest[] {
  return scenario(props)
    .node.children.filter(Chart.isChart)
    .flatMap((chart) => Testing.synth(chart) as Manifest[]);
}

const all = manifests();

/** The rights of a user, as `operations type name`. */
function rights(user: string): string[] {
  return (find(all, 'KafkaUser', user).spec.authorization?.acls ?? []).map(
    ({ operations, resource }: any) => `${operations.join()} ${resource.type} ${resource.name}`,
  );
}

test('has no fault', () => expect(faultsOf(scenario())).toEqual([]));

test('has both listeners, one for certificates and one without encryption', () => {
  const { listeners } = find(all, 'Kafka').spec.kafka;
  expect(listeners.map(({ name, tls, authentication }: any) => [name, tls, authentication?.type])).toEqual([
    ['ssl', true, 'tls'],
    ['plain', false, undefined],
  ]);
  expect(listeners[1].networkPolicyPeers).toEqual([{ podSelector: { matchLabels: { app: 'anonymous-client' } } }]);
});

test('the secure user may read and write the topic, the insecure one may see that it is there', () => {
  expect(rights('secure-user')).toEqual(['Read,Write topic secure-topic', 'Read group secure-topic-group']);
  expect(rights('insecure-user')).toEqual(['Describe topic secure-topic']);
});

test('Connect has the rights of its workers, of the source and of the sink', () => {
  expect(rights('connect')).toEqual(
    expect.arrayContaining(['Read,Write topic secure-topic', 'Read group connect-secure-topic-sink']),
  );
});

test('the registry keeps its schemas, and nobody else may', () => {
  expect(rights('schema-registry')).toEqual([
    'Read,Write,DescribeConfigs topic _schemas',
    'Read group schema-registry',
  ]);
});

test('each proxy lets in the holders of certificates of its own authority, from its own application', () => {
  for (const name of ['secure', 'insecure']) {
    const proxy = find(all, 'StatefulSet', `${name}-rest-proxy`);
    const env = proxy.spec.template.spec.containers[0].env;
    const value = (variable: string) => env.find((entry: any) => entry.name === variable)?.value;
    expect(value('KAFKA_REST_SSL_CLIENT_AUTHENTICATION')).toBe('REQUIRED');
    expect(value('KAFKA_REST_SSL_TRUSTSTORE_LOCATION')).toMatch(new RegExp(`^/opt/${name}-rest-proxy-client-ca`));
    expect(value('KAFKA_REST_CLIENT_SSL_KEYSTORE_KEY')).toBe(`\${dir:/opt/${name}-user:user.key}`);
    expect(value('KAFKA_REST_SCHEMA_REGISTRY_URL')).toBe('https://schema-registry.confluent.svc:8081');
    expect(find(all, 'NetworkPolicy', `${name}-rest-proxy`).spec.ingress[0].from).toEqual([
      { podSelector: { matchLabels: { app: `${name}-application` } } },
    ]);
  }
});

test('the registry lets in the proxies and the workers', () => {
  const peers = find(all, 'NetworkPolicy', 'schema-registry').spec.ingress[0].from.map(
    ({ podSelector }: any) => podSelector.matchLabels['app.kubernetes.io/instance'],
  );
  expect(peers.sort()).toEqual(['connect', 'insecure-rest-proxy', 'secure-rest-proxy']);
});

test('holds no place that is not a property', () => {
  const renamed = JSON.stringify(
    manifests({ namespace: 'elsewhere', clusterName: 'other', clusterDomain: 'corp.internal' }),
  );
  expect(renamed).not.toMatch(/my-cluster|confluent\.svc|cluster\.local/);
});
