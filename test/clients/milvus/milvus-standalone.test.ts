import { Chart, Size } from 'cdk8s';
import { KafkaAuthorization, MilvusImage, MilvusStandalone, MilvusStorage, NetworkPeer } from '../../../lib';
import { Manifest, faults, find, synth } from '../../support/synth';
import { World, presentFiles, unsafeties } from '../world';
import { PLAIN, certificate, ours, sasl, standalone } from './milvus-world';

const deployment = (build: (chart: Chart) => unknown): Manifest => find(synth(build), 'Deployment');

/** The rights of the user of Milvus, as `operation type name`. */
function rights(build: (chart: Chart) => unknown): string[] {
  const { acls } = find(synth(build), 'KafkaUser').spec.authorization;
  return acls.flatMap(({ operations, resource: { type, name, patternType } }: any) =>
    operations.map((operation: string) => `${operation} ${type} ${name}${patternType === 'prefix' ? '*' : ''}`),
  );
}

test('the pod is as safe as every other', () => {
  expect(unsafeties(deployment((chart) => standalone(chart)))).toEqual([]);
});

test('the pod has the files that its settings speak of', () => {
  let milvusYaml = '';
  const files = presentFiles(
    deployment((chart) => {
      const names = MilvusStandalone.dnsNames('milvus', 'flink');
      ({ milvusYaml } = standalone(chart, {
        certificate: certificate('milvus-tls', names),
      }));
    }),
  );
  const mentioned = milvusYaml.match(/\/opt\/[^"]+/g) ?? [];
  expect(mentioned).toHaveLength(5);
  expect(files).toEqual(expect.arrayContaining(mentioned));
});

test('the settings are a file that Milvus merges over its own, and other settings make another pod', () => {
  const manifests = synth((chart) => standalone(chart));
  const { containers, volumes } = find(manifests, 'Deployment').spec.template.spec;
  expect(containers[0].volumeMounts).toContainEqual({
    mountPath: '/milvus/configs/user.yaml',
    name: 'milvus-settings',
    readOnly: true,
    subPath: 'milvus.yaml',
  });
  expect(volumes).toContainEqual({ name: 'milvus-settings', configMap: { name: 'milvus' } });
  expect(find(manifests, 'ConfigMap', 'milvus').data['milvus.yaml']).toContain('brokerList: "my-cluster-kafka-');
  const mark = (channels: number) =>
    deployment((chart) => standalone(chart, { channels })).spec.template.metadata as Manifest['metadata'];
  expect(mark(4)).toEqual(mark(4));
  expect(mark(4)).not.toEqual(mark(5));
});

test('data are in a claim of the given size, which the user of the image may write to', () => {
  const manifests = synth((chart) =>
    standalone(chart, { storage: MilvusStorage.volume({ size: Size.gibibytes(7), storageClass: 'fast' }) }),
  );
  expect(find(manifests, 'PersistentVolumeClaim', 'milvus-data').spec).toMatchObject({
    resources: { requests: { storage: '7Gi' } },
    storageClassName: 'fast',
  });
  expect(find(manifests, 'Deployment').spec).toMatchObject({
    strategy: { type: 'Recreate' },
    template: { spec: { securityContext: { fsGroup: 999 } } },
  });
});

describe('the Kafka', () => {
  test('has the topics of the channels, for records of the size that Milvus writes', () => {
    const topics = synth((chart) => standalone(chart, { channels: 2 })).filter(
      ({ kind, metadata }) => kind === 'KafkaTopic' && metadata.name.startsWith('milvus-'),
    );
    expect(topics.map(({ spec }) => spec)).toEqual(
      ['milvus-rootcoord-dml_0', 'milvus-rootcoord-dml_1'].map((topicName) => ({
        topicName,
        partitions: 1,
        config: { 'max.message.bytes': 10485760 },
      })),
    );
  });

  test('lets its user read and write them, and no more', () => {
    expect(rights((chart) => standalone(chart))).toEqual([
      'Read topic milvus-*',
      'Write topic milvus-*',
      'Read group milvus-*',
    ]);
  });

  test('lets the nodes of 2.5 have groups and a topic of their own', () => {
    const image = MilvusImage.of('milvusdb/milvus:v2.5.26');
    const build = (chart: Chart) => standalone(chart, { image, channels: 1, channelPrefix: 'by-dev' });
    expect(rights(build)).toEqual([
      'Read topic by-dev-*',
      'Write topic by-dev-*',
      'Read group by-dev-*',
      'Read group datanode-*',
      'Read group querynode-*',
    ]);
    find(synth(build), 'KafkaTopic', 'by-dev-replicate-msg');
  });

  test('that is not ours is to let its user create the topics', () => {
    const manifests = synth((chart) => {
      const connection = sasl(chart, PLAIN);
      standalone(chart, { connection });
      expect(connection.user).toMatchObject({
        aclCommands: [
          expect.stringMatching(/--operation Read --operation Write --operation Create --topic 'milvus-'.*prefixed$/),
          expect.stringMatching(/--operation Read --group 'milvus-' --resource-pattern-type prefixed$/),
        ],
      });
    });
    expect(manifests.filter(({ kind }) => kind === 'KafkaTopic')).toEqual([]);
  });

  test('without authorization gets no rights to give', () => {
    const manifests = synth((chart) => {
      const world = new World(chart, KafkaAuthorization.none());
      standalone(chart, { connection: world.connect(world.user('milvus-user')) });
    });
    expect(find(manifests, 'KafkaUser').spec.authorization).toBeUndefined();
  });

  test('lets in the pods of Milvus', () => {
    const { listeners } = find(
      synth((chart) => standalone(chart)),
      'Kafka',
    ).spec.kafka;
    expect(listeners[0].networkPolicyPeers).toEqual([
      {
        podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'milvus', 'app.kubernetes.io/name': 'milvus' } },
      },
    ]);
  });
});

describe('clients', () => {
  test('are let in one by one', () => {
    const ingress = (build: (milvus: MilvusStandalone) => void) =>
      find(
        synth((chart) => build(standalone(chart))),
        'NetworkPolicy',
      ).spec.ingress;
    expect(ingress(() => {})).toBeUndefined();
    expect(
      ingress((milvus) => {
        milvus.allowFromPods({ app: 'search' }, 'flink');
        milvus.allowFrom(NetworkPeer.ipBlock('10.0.0.0/8'));
      }),
    ).toEqual([
      {
        from: [{ podSelector: { matchLabels: { app: 'search' } } }, { ipBlock: { cidr: '10.0.0.0/8' } }],
        ports: [{ port: 19530, protocol: 'TCP' }],
      },
    ]);
  });

  test('find it by a name that its certificate has', () => {
    synth((chart) => {
      const milvus = standalone(chart, {
        certificate: certificate('milvus-tls', MilvusStandalone.dnsNames('milvus', 'flink')),
      });
      expect([milvus.url, milvus.port, milvus.trust?.toString()]).toEqual([
        'https://milvus.flink.svc:19530',
        19530,
        'company-ca:ca.crt',
      ]);
      expect(milvus.milvusYaml).toContain('tlsMode: "1"');
    });
  });

  test('may speak in clear if that is said', () => {
    synth((chart) => {
      const milvus = standalone(chart, { connection: ours(chart), unencrypted: true, clusterDomain: 'corp.internal' });
      expect([milvus.url, milvus.trust]).toEqual(['http://milvus.flink.svc.corp.internal:19530', undefined]);
    });
  });
});

test('has no fault', () => {
  expect(faults((chart) => standalone(chart))).toEqual([]);
});
