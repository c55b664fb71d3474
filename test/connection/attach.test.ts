import { Deployment } from 'cdk8s-plus-28';
import { KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../../lib';
import { find, synth } from '../support/synth';
import { listener } from '../support/worlds';

test('a workload of the user gets the files of the connection and is let into the listener', () => {
  const manifests = synth((chart) => {
    const scram = listener(chart, { authentication: ListenerAuthentication.scramSha512() });
    const { cluster } = scram;
    const user = new KafkaUser(chart, 'billing', { cluster, authentication: UserAuthentication.scramSha512() });
    const app = new Deployment(chart, 'app', { containers: [{ name: 'app', image: 'example.com/billing:1.4.2' }] });
    new KafkaConnection(chart, 'connection', { listener: scram, user }).attachTo(app);
  });

  const { template } = find(manifests, 'Deployment').spec;
  const [peer] = find(manifests, 'Kafka').spec.kafka.listeners[0].networkPolicyPeers;
  expect(template.metadata.labels).toMatchObject(peer.podSelector.matchLabels);
  expect(template.spec.containers[0].volumeMounts.map((mount: { mountPath: string }) => mount.mountPath)).toEqual([
    '/opt/billing',
    '/opt/my-cluster-cluster-ca-cert',
  ]);
  expect(template.spec.initContainers.map((container: { image: string }) => container.image)).toEqual([
    'example.com/billing:1.4.2',
  ]);
});

test('several workloads can be given the same connection', () => {
  const manifests = synth((chart) => {
    const scram = listener(chart, { authentication: ListenerAuthentication.scramSha512() });
    const { cluster } = scram;
    const user = new KafkaUser(chart, 'billing', { cluster, authentication: UserAuthentication.scramSha512() });
    const connection = new KafkaConnection(chart, 'connection', { listener: scram, user });
    for (const name of ['reader', 'writer']) {
      connection.attachTo(new Deployment(chart, name, { containers: [{ name, image: 'example.com/billing:1.4.2' }] }));
    }
  });

  const pods = manifests.filter(({ kind }) => kind === 'Deployment').map(({ spec }) => spec.template.spec);
  expect(pods.map(({ volumes }) => volumes.map(({ name }: { name: string }) => name))).toEqual(
    Array(2).fill(['billing', 'my-cluster-cluster-ca-cert-bundle', 'my-cluster-cluster-ca-cert']),
  );
});
