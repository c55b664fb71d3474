import { Size } from 'cdk8s';
import * as k from '../lib';
import { faults, find, synth } from './support/synth';

function world(chart: any) {
  const cluster = new k.KafkaCluster(chart, 'my-cluster');
  cluster.addNodePool('dual-role', { roles: [k.KafkaNodeRole.CONTROLLER, k.KafkaNodeRole.BROKER], replicas: 1, storage: k.KafkaStorage.persistent({ size: Size.gibibytes(10) }) });
  const scram = cluster.addListener('scram', { port: 9094, authentication: k.ListenerAuthentication.scramSha512() });
  const topic = new k.KafkaTopic(chart, 'flink.sales.records', { cluster });
  const user = new k.KafkaUser(chart, 'my-user', { cluster, authentication: k.UserAuthentication.scramSha512() });
  topic.grantConsume(user, k.ConsumerGroup.literal('g'));
  const c = new k.KafkaConnection(chart, 'connection', { listener: scram, user });
  return { cluster, c };
}
test('smoke', () => {
  const docs = synth((chart) => { const { c } = world(chart); console.log(k.JavaClientSettings.render(c, k.JavaClientClasses.FLINK_SQL_CONNECTOR)); });
  console.log(JSON.stringify(docs, null, 1));
  expect(faults(world)).toEqual([]);
  find(docs, 'Kafka');
});
