import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { KafkaNodePoolProps, KafkaNodeRole, KafkaStorage } from '../../lib';
import { find, synth } from '../support/synth';
import { addListener, addNodes, emptyCluster } from '../support/worlds';

function pool(props: Partial<KafkaNodePoolProps>) {
  const manifests = synth((chart) => {
    const cluster = emptyCluster(chart);
    addListener(cluster);
    addNodes(cluster, props);
  });
  return find(manifests, 'KafkaNodePool');
}

const { BROKER, CONTROLLER } = KafkaNodeRole;
const volume = (id: number, size: string, others: object = {}) => ({
  id,
  type: 'persistent-claim',
  size,
  deleteClaim: false,
  ...others,
});

test('a pool belongs to its cluster', () => {
  const { metadata, spec } = pool({ replicas: 3, roles: [BROKER, CONTROLLER] });
  expect(metadata).toEqual({ name: 'dual-role', namespace: 'flink', labels: { 'strimzi.io/cluster': 'my-cluster' } });
  expect(spec).toMatchObject({ replicas: 3, roles: ['broker', 'controller'] });
});

test.each<[string, KafkaStorage, object, boolean]>([
  [
    'one volume',
    KafkaStorage.persistent({ size: Size.gibibytes(100) }),
    { type: 'jbod', volumes: [volume(0, '100Gi', { kraftMetadata: 'shared' })] },
    true,
  ],
  [
    'several volumes',
    KafkaStorage.jbod([
      { size: Size.tebibytes(1), storageClass: 'fast' },
      { size: Size.tebibytes(2), deleteWithCluster: true },
    ]),
    {
      type: 'jbod',
      volumes: [volume(0, '1Ti', { class: 'fast', kraftMetadata: 'shared' }), volume(1, '2Ti', { deleteClaim: true })],
    },
    true,
  ],
  ['a folder', KafkaStorage.ephemeral(), { type: 'ephemeral' }, false],
  ['a folder with a limit', KafkaStorage.ephemeral(Size.gibibytes(5)), { type: 'ephemeral', sizeLimit: '5Gi' }, false],
])('the data is in %s', (_, storage, rendered, isPersistent) => {
  expect(pool({ storage }).spec.storage).toEqual(rendered);
  expect(storage.isPersistent).toBe(isPersistent);
});

test('a node gets what it is given, or else enough to start with', () => {
  const resources = { cpuRequest: Cpu.units(1), cpuLimit: Cpu.units(4), memory: Size.gibibytes(8) };
  expect(pool({ resources }).spec.resources).toEqual({
    requests: { cpu: '1', memory: '8Gi' },
    limits: { cpu: '4', memory: '8Gi' },
  });
  expect(pool({}).spec.resources).toEqual({
    requests: { cpu: '500m', memory: '2Gi' },
    limits: { cpu: '2', memory: '2Gi' },
  });
});
