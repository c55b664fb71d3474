/*
 * One Kafka with as many users, each with rights of its own, and as many topics: `node many-users.js <number>`.
 */
import { App, Chart, Size } from 'cdk8s';
import {
  ConsumerGroup,
  KafkaAuthorization,
  KafkaCluster,
  KafkaNodeRole,
  KafkaStorage,
  KafkaTopic,
  KafkaUser,
  ListenerAuthentication,
  UserAuthentication,
} from '../lib';

const count = Number(process.argv[2]);
const app = new App();
const chart = new Chart(app, 'kafka', { namespace: 'flink' });

const cluster = new KafkaCluster(chart, 'my-cluster', { authorization: KafkaAuthorization.simple() });
cluster.addNodePool('dual-role', {
  roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
  replicas: 3,
  storage: KafkaStorage.persistent({ size: Size.gibibytes(100) }),
});
cluster.addListener('scram', { port: 9094, authentication: ListenerAuthentication.scramSha512() });

for (let i = 0; i < count; i++) {
  const topic = new KafkaTopic(chart, `topic-${i}`, { cluster });
  const user = new KafkaUser(chart, `user-${i}`, { cluster, authentication: UserAuthentication.scramSha512() });
  topic.grantConsume(user, ConsumerGroup.literal(`group-${i}`));
  topic.grantProduce(user);
}

app.synth();
