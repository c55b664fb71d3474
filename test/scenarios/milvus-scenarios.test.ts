import { App, Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import * as kafka from '../../lib';
import { TestState } from '../support/state';
import { Manifest, faultsOf, find } from '../support/synth';

const SCENARIOS = {
  'milvus-none': kafka.MilvusNoneScenario,
  'milvus-sasl': kafka.MilvusSaslScenario,
  'milvus-tls': kafka.MilvusTlsScenario,
  'milvus-sasl-tls': kafka.MilvusSaslTlsScenario,
};
type Name = keyof typeof SCENARIOS;
const NAMES = Object.keys(SCENARIOS) as Name[];

const state = new TestState();
afterAll(() => state.remove());

function scenario(name: Name, props: kafka.MilvusScenarioProps = {}): App {
  const app = Testing.app();
  new SCENARIOS[name](app, { stateDirectory: state.directory, ...props });
  return app;
}

function manifests(name: Name, props: kafka.MilvusScenarioProps = {}): Manifest[] {
  return scenario(name, props)
    .node.children.filter(Chart.isChart)
    .flatMap((chart) => Testing.synth(chart) as Manifest[]);
}

/** What Milvus is told of Kafka. */
function told(name: Name) {
  const { kafka: settings } = parse(find(manifests(name), 'ConfigMap').data['milvus.yaml'] as string) as {
    kafka: Record<string, unknown>;
  };
  return settings;
}

describe.each(NAMES)('%s', (name) => {
  test('has no fault', () => {
    expect(faultsOf(scenario(name))).toEqual([]);
  });

  test('is complete: a namespace, Kafka, the topics and a Milvus', () => {
    const all = manifests(name);
    find(all, 'Namespace', 'milvus');
    find(all, 'Kafka', 'my-cluster');
    find(all, 'Deployment', 'milvus');
    expect(all.filter(({ kind }) => kind === 'KafkaTopic')).toHaveLength(16);
  });

  test('holds no place that is not a property', () => {
    const renamed = JSON.stringify(
      manifests(name, { namespace: 'elsewhere', clusterName: 'other', clusterDomain: 'corp.internal' }),
    );
    expect(renamed).not.toMatch(/my-cluster|milvus\.svc|cluster\.local/);
  });

  test('holds no secret value but in the file for development secrets', () => {
    const all = manifests(name);
    const values = all
      .filter(({ kind }) => kind === 'Secret')
      .flatMap(({ stringData = {}, data = {} }) => [
        ...Object.values<string>(stringData),
        ...Object.values<string>(data).map((value) => Buffer.from(value, 'base64').toString()),
      ]);
    expect(values).toHaveLength(name.includes('sasl') ? 1 : 0);
    const others = JSON.stringify(all.filter(({ kind }) => kind !== 'Secret'));
    for (const value of values) expect(others).not.toContain(value);
  });
});

test('Milvus speaks to Kafka as documented', () => {
  const trust = { enabled: 'true', tlsCaCert: '/opt/my-cluster-cluster-ca-cert/ca.crt' };
  const plain = { saslMechanisms: 'PLAIN', saslUsername: 'milvus-kafka-user' };
  const at = (port: number) => ({ brokerList: `my-cluster-kafka-bootstrap.milvus.svc:${port}` });
  expect(Object.fromEntries(NAMES.map((name) => [name, told(name)]))).toEqual({
    'milvus-none': { ...at(9092), securityProtocol: 'PLAINTEXT', ssl: { enabled: 'false' } },
    'milvus-sasl': { ...at(9093), securityProtocol: 'SASL_PLAINTEXT', ...plain, ssl: { enabled: 'false' } },
    'milvus-tls': {
      ...at(9093),
      securityProtocol: 'SSL',
      ssl: { ...trust, tlsCert: '/opt/milvus-kafka-user/user.crt', tlsKey: '/opt/milvus-kafka-user/user.key' },
    },
    'milvus-sasl-tls': { ...at(9093), securityProtocol: 'SASL_SSL', ...plain, ssl: trust },
  });
});

test.each<Name>(['milvus-sasl', 'milvus-sasl-tls'])('%s: brokers and Milvus read one password', (name) => {
  const all = manifests(name);
  const from = { secretKeyRef: { name: 'milvus-kafka-user', key: 'password' } };
  const { listeners, template } = find(all, 'Kafka').spec.kafka;
  expect(listeners[0].authentication.listenerConfig['plain.sasl.jaas.config']).toContain(
    'user_milvus-kafka-user="${strimzienv:MILVUS_PASSWORD}"',
  );
  expect(template.kafkaContainer.env).toContainEqual({ name: 'MILVUS_PASSWORD', valueFrom: from });
  expect(find(all, 'Deployment').spec.template.spec.containers[0].env).toEqual([
    { name: 'KAFKA_SASLPASSWORD', valueFrom: from },
  ]);
});
