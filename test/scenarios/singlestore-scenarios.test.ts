import { App, Chart, Testing } from 'cdk8s';
import * as kafka from '../../lib';
import { TestState } from '../support/state';
import { ReadStatement, readStatement } from '../support/singlestore/statement';
import { Manifest, faultsOf, find } from '../support/synth';

const SCENARIOS = {
  ssl: kafka.SingleStoreSslScenario,
  mtls: kafka.SingleStoreMtlsScenario,
  'sasl-plain': kafka.SingleStoreSaslPlainScenario,
  'scram-sha-256': kafka.SingleStoreScramSha256Scenario,
  'scram-sha-512': kafka.SingleStoreScramSha512Scenario,
  kerberos: kafka.SingleStoreKerberosScenario,
  oauth: kafka.SingleStoreOAuthScenario,
  'confluent-cloud': kafka.SingleStoreConfluentCloudScenario,
};
type Name = keyof typeof SCENARIOS;
const NAMES = Object.keys(SCENARIOS) as Name[];

const state = new TestState();
afterAll(() => state.remove());

function scenario(name: Name, props: kafka.SingleStoreScenarioProps = {}): App {
  const app = Testing.app();
  new SCENARIOS[name](app, { stateDirectory: state.directory, ...props });
  return app;
}

function manifests(name: Name, props: kafka.SingleStoreScenarioProps = {}): Manifest[] {
  const charts = scenario(name, props).node.children.filter(Chart.isChart);
  return charts.sort((a, b) => (a.node.id < b.node.id ? -1 : 1)).flatMap((chart) => Testing.synth(chart) as Manifest[]);
}

function statement(objects: readonly Manifest[], job: string): ReadStatement {
  return readStatement(find(objects, 'ConfigMap', job).data['statement.sql'] as string);
}

describe.each(NAMES)('%s', (name) => {
  test('has no fault', () => {
    expect(faultsOf(scenario(name))).toEqual([]);
  });

  test('reads orders and writes totals by two Jobs', () => {
    const objects = manifests(name);
    expect(objects[0]).toMatchObject({ kind: 'Namespace', metadata: { name: 'singlestore' } });
    expect(statement(objects, 'orders-pipeline').topic).toBe('orders');
    expect(statement(objects, 'totals-export').topic).toBe('order-totals');
    find(objects, 'Job', 'orders-pipeline');
    find(objects, 'Job', 'totals-export');
  });

  test('holds no place that is not a property', () => {
    const renamed = manifests(name, {
      namespace: 'elsewhere',
      clusterName: 'other',
      engineName: 'warehouse',
      clusterDomain: 'corp.internal',
      bootstrapServers: ['kafka.corp:9093'],
    });
    const text = JSON.stringify(renamed);
    expect(text.match(/singlestore\.svc|my-cluster|sdb-cluster|cluster\.local|\.svc:|kafka-1\.example/g)).toBeNull();
    const namespaces = renamed.filter(({ kind }) => kind !== 'Namespace').map(({ metadata }) => metadata.namespace);
    expect(new Set(namespaces)).toEqual(new Set(['elsewhere']));
  });

  test('no statement holds a secret: credentials are marks of files that the Job mounts', () => {
    const objects = manifests(name);
    for (const job of ['orders-pipeline', 'totals-export']) {
      const mounts = find(objects, 'Job', job).spec.template.spec.containers[0].volumeMounts as { mountPath: string }[];
      for (const mark of Object.values(statement(objects, job).credentials)) {
        const [, folder] = /^\$\{(\/opt\/[a-z-]+)\/[a-z-]+\}$/.exec(mark) ?? [];
        expect(mounts.map(({ mountPath }) => mountPath)).toContain(folder);
      }
    }
  });

  test('is the same when it is synthesized again', () => {
    expect(manifests(name)).toEqual(manifests(name));
  });
});

test('each scenario logs in by the mechanism of its name', () => {
  const logins = NAMES.map((name) => {
    const { config } = statement(manifests(name), 'orders-pipeline');
    return [name, `${config['security.protocol']} ${config['sasl.mechanism'] ?? 'ssl.key.location' in config}`];
  });
  expect(Object.fromEntries(logins)).toEqual({
    ssl: 'SSL false',
    mtls: 'SSL true',
    'sasl-plain': 'SASL_SSL PLAIN',
    'scram-sha-256': 'SASL_SSL SCRAM-SHA-256',
    'scram-sha-512': 'SASL_SSL SCRAM-SHA-512',
    kerberos: 'SASL_SSL GSSAPI',
    oauth: 'SASL_SSL OAUTHBEARER',
    'confluent-cloud': 'SASL_SSL PLAIN',
  });
});

test('oauth: the export logs in by SCRAM', () => {
  expect(statement(manifests('oauth'), 'totals-export').config['sasl.mechanism']).toBe('SCRAM-SHA-512');
});

test('users of the scenarios have just the rights that the two statements need', () => {
  const rights = (name: Name) =>
    Object.fromEntries(
      manifests(name)
        .filter(({ kind }) => kind === 'KafkaUser')
        .map(({ metadata, spec }) => [
          metadata.name,
          spec.authorization.acls.map(
            ({ operations, resource }: { operations: string[]; resource: { name: string } }) =>
              `${operations.join()} ${resource.name}`,
          ),
        ]),
    );
  const both = ['Read orders', 'Write order-totals'];
  expect(rights('mtls')).toEqual({ singlestore: both });
  expect(rights('scram-sha-512')).toEqual({ singlestore: both });
  expect(rights('oauth')).toEqual({ 'service-account-singlestore': ['Read orders'], writer: ['Write order-totals'] });
});
