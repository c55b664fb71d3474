import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, ListenerAuthentication } from '../library';
import { MilvusOnKafka } from './milvus-on-kafka';
import { MilvusScenarioProps } from './milvus-scenario-props';

/** Milvus speaks to Kafka in clear and nobody logs in: what the other Milvus scenarios are compared with. */
export class MilvusNoneScenario extends MilvusOnKafka {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: MilvusScenarioProps = {}) {
    super(app, 'milvus-none', props, KafkaAuthorization.none());
    const plain = this.cluster.addListener('plain', {
      port: 9092,
      tls: false,
      authentication: ListenerAuthentication.none(),
    });
    this.addMilvus(new KafkaConnection(this, 'connection', { listener: plain }));
  }
}
