import { Chart } from 'cdk8s';
import { FlinkJarJob, FlinkVersion, JavaClientSettings, KafkaConnection } from '../../../lib';
import { faults, find, synth, testChart } from '../../support/synth';
import { FlinkWorld, rights } from './world';

const PROGRAM = { image: 'example.com/etl:1.0.0', flinkVersion: FlinkVersion.V2_2, jarUri: 'local:///opt/etl/etl.jar' };

function jarJob(chart: Chart, group?: string, transactionalIdPrefix?: string): KafkaConnection {
  const world = new FlinkWorld(chart);
  const connection = world.scram();
  const args = Object.entries(JavaClientSettings.render(connection)).map(([setting, value]) => `--${setting}=${value}`);
  const job = new FlinkJarJob(chart, 'etl', { ...PROGRAM, entryClass: 'com.example.Etl', args });
  job.addSource({ topic: world.topic, connection, group });
  job.addSink({ topic: world.target, connection, transactionalIdPrefix });
  return connection;
}

test('runs the program with the files of its connections, and no variables', () => {
  expect(faults(jarJob)).toEqual([]);
  const { spec } = find(synth(jarJob), 'FlinkDeployment');
  expect([spec.image, spec.flinkVersion]).toEqual(['example.com/etl:1.0.0', 'v2_2']);
  expect(spec.job).toMatchObject({ jarURI: 'local:///opt/etl/etl.jar', entryClass: 'com.example.Etl', parallelism: 1 });
  expect(spec.job.args).toContain('--security.protocol=SASL_SSL');
  const [container] = spec.podTemplate.spec.containers;
  expect(container.volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual([
    '/opt/my-user',
    '/opt/my-cluster-cluster-ca-cert',
  ]);
  expect(container.env).toBeUndefined();
});

test.each([
  [undefined, undefined, ['Read topic flink.sales.records', 'Write topic flink.target']],
  ['readers', undefined, ['Read topic flink.sales.records', 'Read group readers', 'Write topic flink.target']],
  [undefined, 'etl-', ['Read topic flink.sales.records', 'Write topic flink.target', 'Write transactionalId etl-*']],
])('with group %j and transactions %j may do %j', (group, prefix, expected) => {
  expect(rights(jarJob(testChart(), group, prefix).user)).toEqual(expected);
});

test('a connection without topics is mounted and opened, and gives no right', () => {
  let connection: KafkaConnection | undefined;
  const manifests = synth((chart) => {
    connection = new FlinkWorld(chart).scram();
    new FlinkJarJob(chart, 'etl', { ...PROGRAM, connections: [connection] });
  });
  expect(rights(connection?.user)).toEqual([]);
  const { listeners } = find(manifests, 'Kafka').spec.kafka;
  expect(listeners[1].networkPolicyPeers).toEqual([
    { podSelector: { matchLabels: { 'app.kubernetes.io/name': 'etl' } } },
  ]);
  expect(find(manifests, 'FlinkDeployment').spec.podTemplate.spec.volumes[0].secret.secretName).toBe('my-user');
});
