import { KafkaAuthorization, ListenerAuthentication } from '../../lib';
import { find, synth } from '../support/synth';
import { COMPANY_CA, addListener, certificate, clusterWithNode, connect, listener, user } from '../support/worlds';

const peersOf = (manifests: ReturnType<typeof synth>) =>
  find(manifests, 'Kafka').spec.kafka.listeners[0].networkPolicyPeers;

test('the pods of a client are let in, and nobody else', () => {
  const manifests = synth((chart) => {
    const to = listener(chart);
    const as = user(to.cluster);
    connect(chart, { listener: to, user: as }).allowFromPods({ app: 'etl' });
    connect(chart, { listener: to, user: as }, 'again').allowFromPods({ app: 'etl' });
    connect(chart, { listener: to, user: as }, 'other').allowFromPods({ app: 'report' });
  });
  expect(peersOf(manifests)).toEqual([
    { podSelector: { matchLabels: { app: 'etl' } } },
    { podSelector: { matchLabels: { app: 'report' } } },
  ]);
});

test('the pods of a client in another namespace are let in from there alone', () => {
  const manifests = synth((chart) => {
    const to = listener(
      chart,
      { authentication: ListenerAuthentication.none() },
      { authorization: KafkaAuthorization.none() },
    );
    connect(chart, { listener: to, namespace: 'apps', trust: COMPANY_CA }).allowFromPods({ app: 'etl' });
  });
  expect(peersOf(manifests)).toEqual([
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'apps' } },
      podSelector: { matchLabels: { app: 'etl' } },
    },
  ]);
});

test('a client trusts whoever issued the certificate of the listener', () => {
  synth((chart) => {
    const cluster = clusterWithNode(chart);
    const own = certificate({
      dnsNames: ['my-cluster-kafka-bootstrap.flink.svc', '*.my-cluster-kafka-brokers.flink.svc'],
    });
    const [strimzi, company] = [
      addListener(cluster),
      addListener(cluster, { port: 9094, certificate: own }, 'own'),
    ].map((to) =>
      connect(chart, { listener: to, user: user(cluster, undefined, `of-${to.listenerName}`) }, to.listenerName),
    );
    expect(strimzi.trust?.toString()).toBe('flink/my-cluster-cluster-ca-cert:*.crt');
    expect(company.trust?.toString()).toBe('company-ca:ca.crt');
  });
});
