import { KafkaClusterProps, KafkaListener, KafkaListenerProps, ListenerType } from '../../lib';
import { find, synth } from '../support/synth';
import { addListener, clusterWithNode } from '../support/worlds';

/** A listener named `ext` on port 9094, and what becomes of it. */
function listener(type: ListenerType, clusterProps: KafkaClusterProps = {}, props: Partial<KafkaListenerProps> = {}) {
  let made: KafkaListener | undefined;
  const manifests = synth((chart) => {
    made = addListener(clusterWithNode(chart, clusterProps), { type, port: 9094, ...props }, 'ext');
  });
  return { rendered: find(manifests, 'Kafka').spec.kafka.listeners[0], bootstrapServers: made?.bootstrapServers };
}

const HOSTS = { bootstrapHost: 'kafka.example.com', hostTemplate: 'broker-{nodeId}.example.com' };

test.each<[string, ListenerType, object | undefined, string | undefined]>([
  ['internal', ListenerType.internal(), undefined, 'my-cluster-kafka-bootstrap.flink.svc:9094'],
  [
    'internal',
    ListenerType.internal({ useServiceDnsDomain: true }),
    { useServiceDnsDomain: true },
    'my-cluster-kafka-bootstrap.flink.svc:9094',
  ],
  ['cluster-ip', ListenerType.clusterIp(), undefined, 'my-cluster-kafka-ext-bootstrap.flink.svc:9094'],
  ['nodeport', ListenerType.nodePort(), undefined, undefined],
  [
    'nodeport',
    ListenerType.nodePort({ externalName: 'nodes.example.com', bootstrapNodePort: 30094 }),
    {
      bootstrap: { nodePort: 30094, alternativeNames: ['nodes.example.com'] },
      advertisedHostTemplate: 'nodes.example.com',
    },
    'nodes.example.com:30094',
  ],
  [
    'nodeport',
    ListenerType.nodePort({ advertisedHosts: { 0: 'node0.example.com' } }),
    { brokers: [{ broker: 0, advertisedHost: 'node0.example.com' }] },
    undefined,
  ],
  ['loadbalancer', ListenerType.loadBalancer(), undefined, undefined],
  [
    'loadbalancer',
    ListenerType.loadBalancer({
      externalName: 'lb.example.com',
      sourceRanges: ['203.0.113.0/24'],
      annotations: { 'example.com/scheme': 'internal' },
    }),
    {
      bootstrap: { alternativeNames: ['lb.example.com'], annotations: { 'example.com/scheme': 'internal' } },
      loadBalancerSourceRanges: ['203.0.113.0/24'],
    },
    'lb.example.com:9094',
  ],
  ['route', ListenerType.route(), undefined, undefined],
  [
    'route',
    ListenerType.route(HOSTS),
    { bootstrap: { host: 'kafka.example.com' }, hostTemplate: 'broker-{nodeId}.example.com' },
    'kafka.example.com:443',
  ],
  [
    'ingress',
    ListenerType.ingress({ ...HOSTS, controllerClass: 'nginx' }),
    { bootstrap: { host: 'kafka.example.com' }, hostTemplate: 'broker-{nodeId}.example.com', class: 'nginx' },
    'kafka.example.com:443',
  ],
  [
    'ingress',
    ListenerType.ingress({ bootstrapHost: 'kafka.example.com', brokerHosts: { 0: 'b0.example.com' } }),
    { bootstrap: { host: 'kafka.example.com' }, brokers: [{ broker: 0, host: 'b0.example.com' }] },
    'kafka.example.com:443',
  ],
  [
    'tlsroute',
    ListenerType.tlsRoute({
      ...HOSTS,
      gateways: [{ name: 'g', namespace: 'infra', sectionName: 'kafka' }, { name: 'h' }],
    }),
    {
      parentRefs: [{ name: 'g', namespace: 'infra', sectionName: 'kafka' }, { name: 'h' }],
      bootstrap: { host: 'kafka.example.com' },
      hostTemplate: 'broker-{nodeId}.example.com',
    },
    'kafka.example.com:443',
  ],
])('%s', (name, type, configuration, bootstrapServers) => {
  const made = listener(type);
  expect(made.rendered.type).toBe(name);
  expect(made.rendered.configuration).toEqual(configuration);
  expect(made.bootstrapServers).toBe(bootstrapServers);
});

test.each([
  [ListenerType.internal(), false, false],
  [ListenerType.clusterIp(), false, false],
  [ListenerType.nodePort(), true, false],
  [ListenerType.loadBalancer(), true, false],
  [ListenerType.route(), true, true],
  [ListenerType.ingress(HOSTS), true, true],
  [ListenerType.tlsRoute({ ...HOSTS, gateways: [{ name: 'g' }] }), true, true],
])('type %# serves clients outside: %s; works with TLS only: %s', (type, servesOutside, needsTls) => {
  expect([type.servesOutside, type.needsTls]).toEqual([servesOutside, needsTls]);
});

test.each([
  [ListenerType.internal(), 'c-kafka-bootstrap.ns.svc.k8s.example:9094'],
  [ListenerType.clusterIp(), 'c-kafka-ext-bootstrap.ns.svc.k8s.example:9094'],
  [ListenerType.loadBalancer({ externalName: 'lb.example.com' }), 'lb.example.com:9094'],
])('addresses of Services are in the namespace and the domain of the cluster (%#)', (type, bootstrapServers) => {
  const made = listener(type, { clusterName: 'c', namespace: 'ns', clusterDomain: 'k8s.example' });
  expect(made.bootstrapServers).toBe(bootstrapServers);
});

test('what the configuration adds stands beside what the type says', () => {
  const { rendered } = listener(
    ListenerType.loadBalancer({ externalName: 'lb.example.com' }),
    {},
    {
      maxConnections: 100,
      maxConnectionCreationRate: 10,
      configuration: { finalizers: ['a/b'], bootstrap: { labels: { a: 'b' } } },
    },
  );
  expect(rendered.configuration).toEqual({
    bootstrap: { alternativeNames: ['lb.example.com'], labels: { a: 'b' } },
    finalizers: ['a/b'],
    maxConnections: 100,
    maxConnectionCreationRate: 10,
  });
});
