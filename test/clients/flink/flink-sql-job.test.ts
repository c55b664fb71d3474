import { Chart, Size } from 'cdk8s';
import {
  DeliveryGuarantee,
  FlinkSqlJob,
  FlinkSqlJobProps,
  FlinkUpgrade,
  KafkaAuthorization,
  KafkaConnection,
  KafkaTableProps,
  ListenerAuthentication,
  NetworkPeer,
  ScanStartup,
  TableFormat,
} from '../../../lib';
import { Manifest, faults, find, synth, testChart } from '../../support/synth';
import { kubeletValue } from './upstream';
import { CHECKPOINTS, FlinkWorld, REGISTRY, rights } from './world';

type Login = (world: FlinkWorld) => KafkaConnection;

const LOGINS: Record<string, Login> = {
  certificate: (world) => world.connect(world.user('my-user')),
  password: (world) => world.scram(),
  token: (world) => world.oauth(),
};

/** A job that copies one topic to another, with its schemas in a registry. */
function copy(chart: Chart, login: Login = LOGINS.password, props: FlinkSqlJobProps = {}): FlinkSqlJob {
  const world = new FlinkWorld(chart);
  const connection = login(world);
  const source = world.table({ connection, valueFormat: TableFormat.avroConfluent(REGISTRY) });
  return world.copy(source, world.table({ connection, topic: world.target }), props).job;
}

function mainContainer(manifests: readonly Manifest[]) {
  return find(manifests, 'FlinkDeployment').spec.podTemplate.spec.containers[0];
}

function sqlOf(manifests: readonly Manifest[]): string {
  const [{ name, value }] = mainContainer(manifests).env;
  expect(name).toBe('SQL_STATEMENTS');
  return kubeletValue(value, {});
}

describe('a job with the defaults', () => {
  const manifests = synth((chart) => copy(chart));
  const { metadata, spec } = find(manifests, 'FlinkDeployment');

  test.each(Object.entries(LOGINS))('is without fault by %s', (_, login) => {
    expect(faults((chart) => copy(chart, login))).toEqual([]);
  });

  test('runs the runner’s jar by the operator’s rules', () => {
    const { podTemplate: _podTemplate, ...rest } = spec;
    expect(metadata).toEqual({ name: 'etl', namespace: 'flink' });
    expect(rest).toEqual({
      image: 'quay.io/streamshub/flink-sql-runner:0.4.0',
      flinkVersion: 'v2_1',
      mode: 'native',
      serviceAccount: 'etl',
      flinkConfiguration: { 'taskmanager.numberOfTaskSlots': '1', 'restart-strategy.type': 'exponential-delay' },
      jobManager: { replicas: 1, resource: { cpu: 1, memory: '2048m' } },
      taskManager: { resource: { cpu: 1, memory: '2048m' } },
      job: { jarURI: 'local:///opt/streamshub/flink-sql-runner.jar', parallelism: 1, upgradeMode: 'stateless' },
    });
  });

  test('runs as the user of the image, without rights to become another', () => {
    const { securityContext, containers, initContainers } = spec.podTemplate.spec;
    expect(containers.map(({ name }: any) => name)).toEqual(['flink-main-container']);
    expect(securityContext).toEqual({
      runAsNonRoot: true,
      runAsUser: 9999,
      runAsGroup: 9999,
      fsGroup: 9999,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    for (const { securityContext } of [...containers, ...initContainers]) {
      expect(securityContext).toMatchObject({
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
      });
    }
  });

  test('may handle its own kind of pods, and read no Secret', () => {
    const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'];
    expect(find(manifests, 'Role').rules).toEqual([
      { apiGroups: [''], resources: ['pods', 'configmaps'], verbs },
      { apiGroups: ['apps'], resources: ['deployments', 'deployments/finalizers'], verbs },
    ]);
    const { roleRef, subjects } = find(manifests, 'RoleBinding');
    expect(roleRef).toMatchObject({ kind: 'Role', name: find(manifests, 'Role').metadata.name });
    expect(subjects).toEqual([{ kind: 'ServiceAccount', name: spec.serviceAccount, namespace: 'flink' }]);
    expect(find(manifests, 'ServiceAccount').metadata).toEqual({ name: 'etl', namespace: 'flink' });
  });

  test('lets in its own pods on all ports, and the operator on the REST port', () => {
    const own = { matchLabels: { 'app.kubernetes.io/name': 'etl' } };
    expect(spec.podTemplate.metadata.labels).toEqual(own.matchLabels);
    expect(find(manifests, 'NetworkPolicy').spec).toEqual({
      podSelector: own,
      policyTypes: ['Ingress'],
      ingress: [
        { from: [{ podSelector: own }] },
        {
          from: [
            {
              namespaceSelector: {},
              podSelector: { matchLabels: { 'app.kubernetes.io/name': 'flink-kubernetes-operator' } },
            },
          ],
          ports: [{ port: 8081, protocol: 'TCP' }],
        },
      ],
    });
  });

  test('is let in by the listener', () => {
    const { listeners } = find(manifests, 'Kafka').spec.kafka;
    expect(listeners.find(({ name }: any) => name === 'own').networkPolicyPeers).toEqual([
      { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'etl' } } },
    ]);
  });

  test('has its statements in the environment, ready for the runner', () => {
    const sql = sqlOf(manifests);
    expect(sql).toContain('required username="my-user" password="${dir:/opt/my-user:password}" \\;\',');
    expect(sql.endsWith(');\nINSERT INTO `Target`\nSELECT id FROM Source;')).toBe(true);
  });
});

test.each(Object.entries(LOGINS))('every file that the statements speak of is mounted, by %s', (_, login) => {
  const manifests = synth((chart) => copy(chart, login));
  const { volumes, initContainers = [] } = find(manifests, 'FlinkDeployment').spec.podTemplate.spec;
  const bundles = initContainers.map(({ command }: any) => command.join(' ')).join('\n');
  const present = mainContainer(manifests).volumeMounts.flatMap(({ name, mountPath, readOnly }: any) => {
    expect(readOnly).toBe(true);
    const { secret } = volumes.find((volume: any) => volume.name === name);
    if (secret) return secret.items.map(({ path }: any) => `${mountPath}/${path}`);
    return bundles.match(new RegExp(`${mountPath}/[\\w.-]+`, 'g'));
  });
  const sql = sqlOf(manifests).replace(/dir:([^:}]+):([^}]+)/g, '$1/$2');
  const mentioned = [...new Set(sql.match(/\/opt\/[\w.-]+\/[\w.-]+/g))];
  expect(mentioned).toContain('/opt/registry-ca/ca.crt');
  expect(mentioned.length).toBeGreaterThan(2);
  expect(present.sort()).toEqual(mentioned.sort());
});

test('settings of the job become settings of Flink', () => {
  const manifests = synth((chart) =>
    copy(chart, LOGINS.password, {
      jobName: 'sales',
      parallelism: 4,
      taskSlots: 2,
      checkpointing: CHECKPOINTS,
      upgrade: FlinkUpgrade.lastState('s3://state/ha'),
      jobManager: { cpu: 0.5, memory: Size.mebibytes(1536) },
      taskManager: { cpu: 2, memory: Size.gibibytes(4) },
      flinkConfiguration: { 'pipeline.object-reuse': 'true' },
      sessionSettings: { 'table.exec.source.idle-timeout': '30 s' },
    }),
  );
  const { metadata, spec } = find(manifests, 'FlinkDeployment');
  expect(metadata.name).toBe('sales');
  expect(spec.flinkConfiguration).toEqual({
    'taskmanager.numberOfTaskSlots': '2',
    'restart-strategy.type': 'exponential-delay',
    'execution.checkpointing.interval': '60000ms',
    'execution.checkpointing.dir': 's3://state/checkpoints',
    'high-availability.type': 'kubernetes',
    'high-availability.storageDir': 's3://state/ha',
    'pipeline.object-reuse': 'true',
  });
  expect([spec.jobManager.resource, spec.taskManager.resource]).toEqual([
    { cpu: 0.5, memory: '1536m' },
    { cpu: 2, memory: '4096m' },
  ]);
  expect(spec.job).toMatchObject({ parallelism: 4, upgradeMode: 'last-state' });
  expect(sqlOf(manifests)).toMatch(/^SET 'table.exec.source.idle-timeout' = '30 s';\nCREATE TABLE/);
});

test('an upgrade by savepoint names its folder', () => {
  const upgrade = FlinkUpgrade.savepoint('s3://state/savepoints');
  const { spec } = find(
    synth((chart) => copy(chart, LOGINS.password, { checkpointing: CHECKPOINTS, upgrade })),
    'FlinkDeployment',
  );
  expect(spec.flinkConfiguration['execution.checkpointing.savepoint-dir']).toBe('s3://state/savepoints');
  expect(spec.job.upgradeMode).toBe('savepoint');
});

test('the REST API can be opened to others', () => {
  const manifests = synth((chart) =>
    copy(chart).allowRestFrom(NetworkPeer.pods({ labels: { app: 'proxy' }, namespace: 'web' })),
  );
  expect(find(manifests, 'NetworkPolicy').spec.ingress[1].from[1]).toEqual({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'web' } },
    podSelector: { matchLabels: { app: 'proxy' } },
  });
});

test('the registry is opened to the job', () => {
  const chart = testChart();
  const world = new FlinkWorld(chart);
  const opened: unknown[] = [];
  const registry = { confluentUrl: 'https://registry', allowFromPods: (...peer: unknown[]) => void opened.push(peer) };
  new FlinkSqlJob(chart, 'etl').addTable(
    'Sales',
    world.table({ connection: world.scram(), valueFormat: TableFormat.avroConfluent(registry) }),
  );
  expect(opened).toEqual([[{ 'app.kubernetes.io/name': 'etl' }, 'flink']]);
});

test('several inserts are one statement set', () => {
  const manifests = synth((chart) => {
    const world = new FlinkWorld(chart);
    const connection = world.scram();
    const { job, from, into } = world.copy(
      world.table({ connection }),
      world.table({ connection, topic: world.target }),
    );
    job.insert({ into, from: [from], query: "SELECT id || ';' FROM `Source`" });
    expect(job.statements.slice(2)).toEqual([
      'INSERT INTO `Target`\nSELECT id FROM Source',
      "INSERT INTO `Target`\nSELECT id || ';' FROM `Source`",
    ]);
  });
  expect(sqlOf(manifests)).toMatch(
    /;\nEXECUTE STATEMENT SET BEGIN\nINSERT INTO [^]*SELECT id \|\| ';' FROM `Source`\n;\nEND;$/,
  );
});

interface Tables {
  readonly source?: Partial<KafkaTableProps>;
  readonly target?: Partial<KafkaTableProps>;
}

describe('rights', () => {
  /** What the user of a copying job may do. */
  function rightsOf(tables: Tables = {}, props: FlinkSqlJobProps = {}, authorization?: KafkaAuthorization): string[] {
    const world = new FlinkWorld(testChart(), authorization);
    const connection = world.scram();
    const source = world.table({ connection, ...tables.source });
    world.copy(source, world.table({ connection, topic: world.target, ...tables.target }), props);
    return rights(connection.user);
  }

  const GROUPED: Tables = { source: { group: 'readers' } };
  const RESUMING: Tables = { source: { group: 'readers', startup: ScanStartup.groupOffsets() } };
  const EXACT: Tables = { target: { delivery: DeliveryGuarantee.exactlyOnce({ transactionalIdPrefix: 'etl-' }) } };
  const TOPICS = ['Read topic flink.sales.records', 'Write topic flink.target'];

  test('are to read the source and write the target', () => expect(rightsOf()).toEqual(TOPICS));

  test('need no group as long as no offsets are committed', () => {
    expect(rightsOf(GROUPED)).toEqual(TOPICS);
    expect(rightsOf({}, { checkpointing: CHECKPOINTS })).toEqual(TOPICS);
  });

  test('include the group when checkpoints commit its offsets', () => {
    expect(rightsOf(GROUPED, { checkpointing: CHECKPOINTS })).toEqual([TOPICS[0], 'Read group readers', TOPICS[1]]);
  });

  test('include a look at the group when the job begins at its offsets', () => {
    expect(rightsOf(RESUMING)).toEqual([TOPICS[0], 'Describe group readers', TOPICS[1]]);
    expect(rightsOf(RESUMING, { checkpointing: CHECKPOINTS })).toEqual([TOPICS[0], 'Read group readers', TOPICS[1]]);
  });

  test('include the transactional ids of a sink that writes exactly once', () => {
    expect(rightsOf(EXACT, { checkpointing: CHECKPOINTS })).toEqual([...TOPICS, 'Write transactionalId etl-*']);
  });

  test('are not given where the brokers take none', () => {
    expect(rightsOf({}, {}, KafkaAuthorization.none())).toEqual([]);
  });

  test('are given to nobody when the client is anonymous', () => {
    const world = new FlinkWorld(testChart());
    const connection = world.connect();
    expect(() =>
      world.copy(world.table({ connection }), world.table({ connection, topic: world.target })),
    ).not.toThrow();
  });
});

test('a job in another namespace than the cluster is let in from there', () => {
  const manifests = synth((chart) => {
    const world = new FlinkWorld(chart, KafkaAuthorization.none());
    const plain = { port: 9092, tls: false, authentication: ListenerAuthentication.none() };
    const connection = world.connect(undefined, world.cluster.addListener('plain', plain), 'jobs');
    world.copy(world.table({ connection }), world.table({ connection, topic: world.target }), { namespace: 'jobs' });
  });
  expect(find(manifests, 'FlinkDeployment').metadata.namespace).toBe('jobs');
  expect(find(manifests, 'Kafka').spec.kafka.listeners[1].networkPolicyPeers).toEqual([
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'jobs' } },
      podSelector: { matchLabels: { 'app.kubernetes.io/name': 'etl' } },
    },
  ]);
});
