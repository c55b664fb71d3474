import {
  KafkaListener,
  KafkaListenerProps,
  KafkaNodeRole,
  ListenerAuthentication,
  ListenerType,
  NetworkPeer,
} from '../../lib';
import { faults, find, synth } from '../support/synth';
import { addListener, addNodes, certificate, clusterWithNode, emptyCluster, listener } from '../support/worlds';

const { BROKER, CONTROLLER } = KafkaNodeRole;

/** The only listener, as it is rendered. */
function rendered(props: Partial<KafkaListenerProps>, change: (made: KafkaListener) => void = () => {}) {
  return find(
    synth((chart) => change(listener(chart, props))),
    'Kafka',
  ).spec.kafka.listeners[0];
}

test('a listener has its name, port, type and TLS', () => {
  const { networkPolicyPeers: _, ...others } = rendered({});
  expect(others).toEqual({ name: 'tls', port: 9093, type: 'internal', tls: true, authentication: { type: 'tls' } });
});

test.each([1, 2, 10])('a cluster has %i listeners', (count) => {
  const manifests = synth((chart) => {
    const cluster = clusterWithNode(chart);
    for (let i = 0; i < count; i++) addListener(cluster, { port: 9092 + i }, `l${i}`);
  });
  const written = find(manifests, 'Kafka').spec.kafka.listeners.map(({ name, port }: any) => `${name}:${port}`);
  expect(written).toEqual(Array.from({ length: count }, (_, i) => `l${i}:${9092 + i}`));
});

test('ten listeners of all kinds stand on one cluster', () => {
  const build = (chart: Parameters<Parameters<typeof faults>[0]>[0]) => {
    const cluster = clusterWithNode(chart);
    const hosts = { bootstrapHost: 'kafka.example.com', hostTemplate: 'b{nodeId}.example.com' };
    const types = [
      ListenerType.internal(),
      ListenerType.clusterIp(),
      ListenerType.nodePort(),
      ListenerType.loadBalancer(),
      ListenerType.route(),
      ListenerType.ingress(hosts),
      ListenerType.tlsRoute({ ...hosts, gateways: [{ name: 'g' }] }),
    ];
    types.forEach((type, i) => addListener(cluster, { type, port: 9093 + i }, `t${i}`));
    addListener(cluster, { authentication: ListenerAuthentication.scramSha512(), port: 9101 }, 'scram');
    addListener(cluster, { authentication: ListenerAuthentication.none(), port: 9102 }, 'none');
    addListener(cluster, { authentication: ListenerAuthentication.none(), port: 9103, tls: false }, 'plain');
  };
  expect(faults(build)).toEqual([]);
  expect(find(synth(build), 'Kafka').spec.kafka.listeners).toHaveLength(10);
});

test('a listener shows a certificate of its own', () => {
  const own = certificate({ dnsNames: ['*.flink.svc', '*.my-cluster-kafka-brokers.flink.svc'] });
  expect(rendered({ certificate: own }).configuration).toEqual({
    brokerCertChainAndKey: { secretName: 'my-tls', certificate: 'tls.crt', key: 'tls.key' },
  });
});

test('brokers are counted over the pools in the order of their names', () => {
  const cluster = emptyClusterWithPools();
  expect(cluster._brokers().map(({ id, podName }) => `${id} ${podName}`)).toEqual([
    '0 my-cluster-alpha-0',
    '4 my-cluster-zeta-4',
    '5 my-cluster-zeta-5',
  ]);
  expect(cluster.brokerCount).toBe(3);
});

describe('the certificate of the one listener whose Services keep their old names', () => {
  test.each([
    ['external', 9094, 'my-cluster-dual-role-0.flink.svc'],
    ['external', 9095, 'my-cluster-dual-role-external-0.flink.svc'],
    ['outer', 9094, 'my-cluster-dual-role-outer-0.flink.svc'],
  ])('%s on %i', (name, port, host) => {
    synth((chart) => {
      const made = addListener(clusterWithNode(chart), { type: ListenerType.clusterIp(), port }, name);
      expect(made._advertisedHosts()).toEqual([host]);
    });
  });
});

describe('the NetworkPolicy of a listener', () => {
  const nobody = [
    {
      podSelector: {
        matchExpressions: [
          { key: 'strimzi.io/cluster', operator: 'Exists' },
          { key: 'strimzi.io/cluster', operator: 'DoesNotExist' },
        ],
      },
    },
  ];
  const pods = NetworkPeer.pods({ labels: { app: 'etl' } });
  const block = NetworkPeer.ipBlock('203.0.113.0/24');

  test('lets nobody in when nobody connects', () => {
    expect(rendered({}).networkPolicyPeers).toEqual(nobody);
    expect(rendered({ type: ListenerType.clusterIp() }).networkPolicyPeers).toEqual(nobody);
  });

  test.each<[string, NetworkPeer, object]>([
    ['pods', pods, { podSelector: { matchLabels: { app: 'etl' } } }],
    [
      'pods of its own namespace',
      NetworkPeer.pods({ labels: { app: 'etl' }, namespace: 'flink' }),
      { podSelector: { matchLabels: { app: 'etl' } } },
    ],
    [
      'pods of another namespace',
      NetworkPeer.pods({ labels: { app: 'etl' }, namespace: 'apps' }),
      {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'apps' } },
        podSelector: { matchLabels: { app: 'etl' } },
      },
    ],
    ['all pods of its own namespace', NetworkPeer.namespace('flink'), { podSelector: {} }],
    [
      'all pods of another namespace',
      NetworkPeer.namespace('apps'),
      { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'apps' } } },
    ],
    ['addresses', block, { ipBlock: { cidr: '203.0.113.0/24' } }],
  ])('lets %s in', (_, peer, expected) => {
    expect(rendered({}, (made) => made.allowFrom(peer)).networkPolicyPeers).toEqual([expected]);
  });

  test('names everybody once', () => {
    const peers = rendered({}, (made) =>
      [pods, block, pods, NetworkPeer.pods({ labels: { app: 'etl' }, namespace: 'flink' })].forEach((peer) =>
        made.allowFrom(peer),
      ),
    ).networkPolicyPeers;
    expect(peers).toEqual([{ podSelector: { matchLabels: { app: 'etl' } } }, { ipBlock: { cidr: '203.0.113.0/24' } }]);
  });

  test('is open where that is said', () => {
    expect(rendered({ openToAllPods: true }, (made) => made.allowFrom(pods)).networkPolicyPeers).toBeUndefined();
  });

  test.each([ListenerType.nodePort(), ListenerType.loadBalancer(), ListenerType.route()])(
    'is open to clients outside until their addresses are known (%#)',
    (type) => {
      expect(rendered({ type }).networkPolicyPeers).toBeUndefined();
      expect(rendered({ type }, (made) => made.allowFrom(pods)).networkPolicyPeers).toBeUndefined();
      const both = rendered({ type }, (made) => [pods, block].forEach((peer) => made.allowFrom(peer)));
      expect(both.networkPolicyPeers).toEqual([
        { podSelector: { matchLabels: { app: 'etl' } } },
        { ipBlock: { cidr: '203.0.113.0/24' } },
      ]);
    },
  );
});

function emptyClusterWithPools() {
  let cluster!: ReturnType<typeof emptyCluster>;
  synth((chart) => {
    cluster = emptyCluster(chart);
    addListener(cluster);
    addNodes(cluster, { replicas: 2, roles: [BROKER] }, 'zeta');
    addNodes(cluster, { replicas: 3, roles: [CONTROLLER] }, 'beta');
    addNodes(cluster, { replicas: 1, roles: [BROKER] }, 'alpha');
  });
  return cluster;
}
