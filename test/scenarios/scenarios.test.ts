import { App, Chart, Testing } from 'cdk8s';
import * as kafka from '../../lib';
import { aclSetAllows } from '../../lib/access/acl-set';
import { Manifest, faultsOf, find } from '../support/synth';
import { TestState } from '../support/state';

const SCENARIOS = {
  plaintext: kafka.PlaintextScenario,
  tls: kafka.TlsScenario,
  mtls: kafka.MtlsScenario,
  scram: kafka.ScramScenario,
  oauth: kafka.OAuthScenario,
  custom: kafka.CustomScenario,
};
type Name = keyof typeof SCENARIOS;
const NAMES = Object.keys(SCENARIOS) as Name[];
const WITH_RIGHTS: Name[] = ['mtls', 'scram', 'oauth', 'custom'];

const state = new TestState();
afterAll(() => state.remove());

function scenario(name: Name, props: kafka.ScenarioProps = {}): App {
  const app = Testing.app();
  new SCENARIOS[name](app, { stateDirectory: state.directory, ...props });
  return app;
}

/** The objects of a scenario, in the order in which `kubectl apply` reads its files. */
function manifests(name: Name, props: kafka.ScenarioProps = {}): Manifest[] {
  const charts = scenario(name, props).node.children.filter(Chart.isChart);
  return charts.sort((a, b) => (a.node.id < b.node.id ? -1 : 1)).flatMap((chart) => Testing.synth(chart) as Manifest[]);
}

/** The rights of each KafkaUser, as `operation type name`. */
function rights(objects: readonly Manifest[]): Record<string, string[]> {
  return Object.fromEntries(
    objects
      .filter(({ kind }) => kind === 'KafkaUser')
      .map(({ metadata, spec }) => [
        metadata.name,
        (spec.authorization?.acls ?? []).flatMap(
          ({ operations, resource }: { operations: string[]; resource: Record<string, string> }) =>
            operations.map(
              (operation) =>
                `${operation} ${resource.type} ${resource.name}${resource.patternType === 'prefix' ? '*' : ''}`,
            ),
        ),
      ]),
  );
}

/** Every text in the objects. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(texts) : [];
}

describe.each(NAMES)('%s', (name) => {
  const objects = () => manifests(name);

  test('has no fault', () => {
    expect(faultsOf(scenario(name))).toEqual([]);
  });

  test('begins with its namespace', () => {
    expect(objects()[0]).toMatchObject({ kind: 'Namespace', metadata: { name: 'flink' } });
  });

  test('has the topics, the generator, the registry and the job', () => {
    const all = objects();
    expect(all.filter(({ kind }) => kind === 'KafkaTopic').map(({ metadata }) => metadata.name)).toEqual([
      'flink.sales.records',
      `flink.${name}.sales.records`,
    ]);
    expect(find(all, 'Kafka').metadata.name).toBe('my-cluster');
    expect(find(all, 'KafkaNodePool').spec).toMatchObject({ replicas: 1, roles: ['controller', 'broker'] });
    expect(find(all, 'FlinkDeployment').metadata.name).toBe('standalone-etl-secure');
    find(all, 'Deployment', 'recommendation-app-data');
    find(all, 'Deployment', 'apicurio-registry');
  });

  test('copies ten records from the source to the target', () => {
    const [container] = find(objects(), 'FlinkDeployment').spec.podTemplate.spec.containers;
    const sql = container.env.find((variable: { name: string }) => variable.name === 'SQL_STATEMENTS').value as string;
    const [source, target, insert] = sql.split(/(?<!\\);\n?/);
    expect(source).toContain(`'topic' = 'flink.sales.records'`);
    expect(target).toContain(`'topic' = 'flink.${name}.sales.records'`);
    expect(insert).toMatch(/^INSERT INTO `CopiedSalesRecordTable`\s+SELECT .* FROM SalesRecordTable LIMIT 10$/s);
  });

  test('holds no place that is not a property', () => {
    const renamed = manifests(name, {
      namespace: 'elsewhere',
      clusterName: 'other',
      clusterDomain: 'corp.internal',
      targetTopic: 'copied.records',
    });
    const fixed = texts(renamed).filter((text) =>
      /\bflink\.svc|my-cluster|cluster\.local|\.svc:|flink\.\w+\.sales\.records/.test(
        text.replace('flink.sales.records', ''),
      ),
    );
    expect(fixed).toEqual([]);
    expect(
      new Set(renamed.filter(({ kind }) => kind !== 'Namespace').map(({ metadata }) => metadata.namespace)),
    ).toEqual(new Set(['elsewhere']));
  });

  test('gives nobody the right to read Secrets', () => {
    const rules = objects().flatMap((object) => (/^(Cluster)?Role$/.test(object.kind) ? object.rules : []));
    expect(
      rules.filter((rule: { resources: string[] }) => rule.resources.some((r) => r === '*' || r.startsWith('secrets'))),
    ).toEqual([]);
  });

  test('is the same when it is synthesized again', () => {
    expect(objects()).toEqual(objects());
  });
});

test('only the plaintext scenario has a listener that is not encrypted, and it has no other', () => {
  const listeners = NAMES.map((name) => [
    name,
    find(manifests(name), 'Kafka').spec.kafka.listeners.map(
      ({ name: listener, port, tls }: { name: string; port: number; tls: boolean }) =>
        `${listener} ${port} ${tls ? 'TLS' : 'clear'}`,
    ),
  ]);
  expect(Object.fromEntries(listeners)).toEqual({
    plaintext: ['plain 9092 clear'],
    tls: ['tls 9093 TLS'],
    mtls: ['tls 9093 TLS', 'mtls 9094 TLS'],
    scram: ['tls 9093 TLS', 'scram 9094 TLS'],
    oauth: ['tls 9093 TLS', 'oauth 9094 TLS'],
    custom: ['tls 9093 TLS', 'custom 9094 TLS'],
  });
});

test('listeners of the job know clients as documented', () => {
  const authentication = (name: Name) => {
    const { listeners } = find(manifests(name), 'Kafka').spec.kafka;
    return listeners.at(-1).authentication;
  };
  expect(authentication('plaintext')).toBeUndefined();
  expect(authentication('tls')).toBeUndefined();
  expect(authentication('mtls')).toEqual({ type: 'tls' });
  expect(authentication('scram')).toEqual({ type: 'scram-sha-512' });
  expect(authentication('oauth')).toMatchObject({ type: 'custom', sasl: true });
  expect(authentication('custom')).toEqual({
    type: 'custom',
    sasl: false,
    listenerConfig: {
      'ssl.client.auth': 'required',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': '/mnt/my-user-ca/ca.crt',
    },
  });
});

describe.each(WITH_RIGHTS)('%s: rights', (name) => {
  const job = name === 'oauth' ? 'service-account-standalone-etl' : 'my-user';

  test('everybody has exactly the rights that it needs, and nobody is a super user', () => {
    const all = manifests(name);
    expect(find(all, 'Kafka').spec.kafka.authorization).toEqual({ type: 'simple' });
    expect(rights(all)).toEqual({
      'recommendation-app-kafka-user': ['Write topic flink.sales.records'],
      'apicurio-registry-kafka-user': [
        ...['kafkasql-journal', 'kafkasql-snapshots'].flatMap((topic) =>
          ['Read', 'Write', 'Create', 'DescribeConfigs'].map((right) => `${right} topic ${topic}`),
        ),
        ...['Write', 'Create', 'DescribeConfigs'].map((right) => `${right} topic registry-events`),
        'Read group apicurio-*',
      ],
      [job]: ['Read topic flink.sales.records', `Write topic flink.${name}.sales.records`],
    });
  });

  test('the job may not write to its source, read its target, or touch another topic', () => {
    const app = scenario(name);
    const user = app.node
      .findAll()
      .find(
        (construct): construct is kafka.KafkaUser => construct instanceof kafka.KafkaUser && construct.userName === job,
      );
    const may = (operation: kafka.AclOperation, topic: string) =>
      aclSetAllows(user?.acls ?? [], operation, kafka.AclResource.topic(topic));
    expect(may(kafka.AclOperation.READ, 'flink.sales.records')).toBe(true);
    expect(may(kafka.AclOperation.WRITE, 'flink.sales.records')).toBe(false);
    expect(may(kafka.AclOperation.READ, `flink.${name}.sales.records`)).toBe(false);
    expect(may(kafka.AclOperation.DESCRIBE, 'other')).toBe(false);
  });
});

test('oauth: the broker checks the audience that the job’s own client gets, and ends sessions', () => {
  const all = manifests('oauth');
  const { listenerConfig } = find(all, 'Kafka').spec.kafka.listeners.at(-1).authentication;
  expect(listenerConfig['connections.max.reauth.ms']).toBe(60 * 60 * 1000);
  expect(listenerConfig['oauthbearer.sasl.jaas.config']).toContain(
    'oauth.client.id="kafka" oauth.check.audience="true"',
  );
  const { realm } = find(all, 'KeycloakRealmImport').spec;
  expect(realm.clients.map((client: { clientId: string }) => client.clientId)).toEqual(['standalone-etl']);
  expect(JSON.stringify(realm.clients[0].protocolMappers)).toContain('"included.custom.audience":"kafka"');
});

test('custom: the listener trusts the authority that issues the certificate of my-user', () => {
  const all = manifests('custom');
  expect(find(all, 'KafkaUser', 'my-user').spec.authentication).toEqual({ type: 'tls-external' });
  const certificate = find(all, 'Certificate', 'my-user-custom-cert').spec;
  expect(certificate).toMatchObject({ commonName: 'my-user', issuerRef: { name: 'my-user-ca' } });
  expect(find(all, 'Kafka').spec.kafka.template.pod.volumes).toEqual([
    { name: 'my-user-ca', secret: { secretName: 'my-user-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  ]);
});

test('oauth: nothing but the file for development secrets holds a secret value', () => {
  const all = manifests('oauth');
  const secrets = all.filter(({ kind }) => kind === 'Secret');
  const values = secrets
    .flatMap(({ data, stringData }) =>
      Object.entries<string>({
        ...stringData,
        ...Object.fromEntries(
          Object.entries<string>(data ?? {}).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]),
        ),
      }),
    )
    .filter(([key]) => key !== 'username')
    .map(([, value]) => value);
  expect(values).toHaveLength(2);
  const others = JSON.stringify(all.filter(({ kind }) => kind !== 'Secret'));
  for (const value of values) {
    expect(value).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(others).not.toContain(value);
    expect(others).not.toContain(Buffer.from(value).toString('base64'));
  }
});

test('fails if the source is a topic that the data generator does not know', () => {
  const [fault, ...others] = faultsOf(scenario('scram', { sourceTopic: 'other.records' }));
  expect(fault).toContain('(data-generator-topics)');
  expect(others).toEqual([]);
});
