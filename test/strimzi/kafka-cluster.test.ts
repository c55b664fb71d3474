import { Chart, Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import {
  BrokerMount,
  EntityOperatorProps,
  KafkaCluster,
  KafkaClusterProps,
  KafkaNodeRole,
  KafkaVersion,
  SecretKey,
} from '../../lib';
import { faults, find, synth, testChart } from '../support/synth';
import { addListener, addNodes, cluster, emptyCluster } from '../support/worlds';

const spec = (props: KafkaClusterProps) =>
  find(
    synth((chart) => cluster(chart, props)),
    'Kafka',
  ).spec;

/** The settings of the brokers of a cluster with a number of brokers. */
function configOf(brokers: number, config?: KafkaClusterProps['config']) {
  const manifests = synth((chart: Chart) => {
    const made = emptyCluster(chart, { config });
    addNodes(made, { roles: [KafkaNodeRole.BROKER], replicas: brokers }, 'brokers');
    addNodes(made, { roles: [KafkaNodeRole.CONTROLLER] }, 'controllers');
    addListener(made);
  });
  return find(manifests, 'Kafka').spec.kafka.config;
}

const replication = (copies: number, inSync: number) => ({
  'auto.create.topics.enable': false,
  'default.replication.factor': copies,
  'min.insync.replicas': inSync,
  'offsets.topic.replication.factor': copies,
  'transaction.state.log.min.isr': inSync,
  'transaction.state.log.replication.factor': copies,
});

test('a cluster is a Kafka resource with its pools', () => {
  const manifests = synth((chart) => cluster(chart));
  expect(
    manifests.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, metadata.namespace, metadata.name]),
  ).toEqual([
    ['kafka.strimzi.io/v1', 'Kafka', 'flink', 'my-cluster'],
    ['kafka.strimzi.io/v1', 'KafkaNodePool', 'flink', 'dual-role'],
  ]);
});

test('a cluster is named by its id, or as it is told', () => {
  const chart = testChart('kafka');
  const [byId, told] = [
    new KafkaCluster(chart, 'by-id'),
    new KafkaCluster(chart, 'id', { clusterName: 'told', namespace: 'other' }),
  ];
  expect([byId.clusterName, byId.namespace, told.clusterName, told.namespace]).toEqual([
    'by-id',
    'kafka',
    'told',
    'other',
  ]);
  expect(told.clusterCa.trust.toString()).toBe('other/told-cluster-ca-cert:*.crt');
  expect(told.clientsCa.secretName).toBe('told-clients-ca-cert');
});

test.each([
  [KafkaVersion.V4_2_0, '4.2.0', '4.2-IV1'],
  [KafkaVersion.V4_2_1, '4.2.1', '4.2-IV1'],
  [KafkaVersion.V4_3_0, '4.3.0', '4.3-IV0'],
  [KafkaVersion.V4_3_1, '4.3.1', '4.3-IV0'],
  [KafkaVersion.of('4.4.0', '4.4-IV1'), '4.4.0', '4.4-IV1'],
])('version %# is written as it is', (version, written, metadataVersion) => {
  expect(version.metadataVersion).toBe(metadataVersion);
  expect(spec({ version, metadataVersion }).kafka).toMatchObject({ version: written, metadataVersion });
});

test('no version is written unless one is asked for', () => {
  expect(Object.keys(spec({}).kafka).sort()).toEqual(['authorization', 'config', 'listeners', 'template']);
});

test.each([
  [1, 1, 1],
  [2, 2, 1],
  [3, 3, 2],
  [5, 3, 2],
])('%i brokers keep %i copies, of which %i must be in step', (brokers, copies, inSync) => {
  expect(configOf(brokers)).toEqual(replication(copies, inSync));
});

test('settings of the user win, and fewer copies need fewer in step', () => {
  const config = { 'default.replication.factor': 2, 'auto.create.topics.enable': true, 'num.partitions': 6 };
  expect(configOf(3, config)).toEqual({ ...replication(3, 2), 'min.insync.replicas': 1, ...config });
});

test('the authorities are as they are told', () => {
  const made = spec({
    clusterCa: { validity: Duration.days(730), renewal: Duration.days(60), replaceKey: true },
    clientsCa: { generate: false, replaceKey: false },
  });
  expect(made.clusterCa).toEqual({ validityDays: 730, renewalDays: 60, certificateExpirationPolicy: 'replace-key' });
  expect(made.clientsCa).toEqual({
    generateCertificateAuthority: false,
    certificateExpirationPolicy: 'renew-certificate',
  });
  expect(Object.keys(spec({}))).not.toContain('clusterCa');
});

describe('the entity operator', () => {
  const resources = { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
  const restricted = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };
  const container = {
    securityContext: { ...restricted, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  };
  const pod = { securityContext: restricted };

  test.each<[EntityOperatorProps, object | undefined]>([
    [
      {},
      {
        topicOperator: { resources },
        userOperator: { resources },
        template: { pod, topicOperatorContainer: container, userOperatorContainer: container },
      },
    ],
    [
      { topicOperator: false, userSecretPrefix: 'kafka-' },
      {
        userOperator: { resources, secretPrefix: 'kafka-' },
        template: { pod, userOperatorContainer: container },
      },
    ],
    [{ userOperator: false }, { topicOperator: { resources }, template: { pod, topicOperatorContainer: container } }],
    [{ topicOperator: false, userOperator: false }, undefined],
  ])('with %j', (entityOperator, rendered) => {
    expect(spec({ entityOperator }).entityOperator).toEqual(rendered);
  });

  test('gets what it is given', () => {
    const given = { cpuRequest: Cpu.millis(50), cpuLimit: Cpu.units(1), memory: Size.gibibytes(1) };
    expect(spec({ entityOperator: { resources: given } }).entityOperator.userOperator.resources).toEqual({
      requests: { cpu: '50m', memory: '1Gi' },
      limits: { cpu: '1', memory: '1Gi' },
    });
  });
});

describe('the pods', () => {
  test('are restricted', () => {
    const { pod, kafkaContainer } = spec({}).kafka.template;
    expect(pod).toEqual({
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, fsGroup: 0 },
    });
    expect(kafkaContainer).toEqual({
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
  });

  test('have the labels, files and variables that they are given', () => {
    const { pod, kafkaContainer } = spec({
      pods: {
        labels: { team: 'a' },
        annotations: { note: 'b' },
        mounts: [BrokerMount.secret('my.files', { keys: ['a', 'b'], path: '/mnt/f' }), BrokerMount.secret('all')],
        environment: { TOKEN: SecretKey.existing('login', 'token') },
      },
    }).kafka.template;
    expect(pod.metadata).toEqual({ labels: { team: 'a' }, annotations: { note: 'b' } });
    expect(pod.volumes).toEqual([
      {
        name: 'my-files',
        secret: {
          secretName: 'my.files',
          items: [
            { key: 'a', path: 'a' },
            { key: 'b', path: 'b' },
          ],
        },
      },
      { name: 'all', secret: { secretName: 'all' } },
    ]);
    expect(kafkaContainer.volumeMounts).toEqual([
      { name: 'my-files', mountPath: '/mnt/f', readOnly: true },
      { name: 'all', mountPath: '/mnt/all', readOnly: true },
    ]);
    expect(kafkaContainer.env).toEqual([
      { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'login', key: 'token' } } },
    ]);
  });

  test.each([
    [
      [{ keys: ['a'] }, { keys: ['b', 'a'] }],
      {
        items: [
          { key: 'a', path: 'a' },
          { key: 'b', path: 'b' },
        ],
      },
    ],
    [[{ keys: ['a'] }, {}], {}],
    [[{}, { keys: ['a'] }], {}],
  ])('mount one Secret once: %j', (mounts, items) => {
    const { volumes } = spec({ pods: { mounts: mounts.map((options) => BrokerMount.secret('files', options)) } }).kafka
      .template.pod;
    expect(volumes).toEqual([{ name: 'files', secret: { secretName: 'files', ...items } }]);
  });
});

test('a cluster that exists already has the operators, and the authorization, that it is said to have', () => {
  const chart = testChart();
  const known = KafkaCluster.fromClusterName(chart, 'known', { clusterName: 'my-cluster', userSecretPrefix: 'kafka-' });
  expect({ ...known, node: undefined }).toMatchObject({
    clusterName: 'my-cluster',
    namespace: 'flink',
    userSecretPrefix: 'kafka-',
    hasUserOperator: true,
    hasTopicOperator: true,
  });
  expect(known.authorization.takesAcls).toBe(true);
});

test('all faults are reported at once', () => {
  const found = faults((chart) => {
    const made = emptyCluster(chart, { clusterName: 'My_Cluster', config: { listeners: 'x' } });
    addNodes(made, { roles: [] });
    addListener(made, { port: 80 });
    addListener(made, { port: 80 }, 'TLS');
  });
  expect(found.map((message) => /^\[([^\]]+)\].* \(([\w-]+)\)$/.exec(message)?.slice(1).join(' '))).toEqual([
    'test/My_Cluster cluster-name',
    'test/My_Cluster cluster-listeners',
    'test/My_Cluster cluster-nodes',
    'test/My_Cluster cluster-nodes',
    'test/My_Cluster kafka-config-forbidden',
    'test/My_Cluster/pool-dual-role node-pool-roles',
    'test/My_Cluster/pool-dual-role node-pool-name',
    'test/My_Cluster/listener-tls listener-port',
    'test/My_Cluster/listener-TLS listener-name',
    'test/My_Cluster/listener-TLS listener-port',
  ]);
});
