import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, ListenerAuthentication, UserAuthentication } from '../library';
import { MilvusOnKafka } from './milvus-on-kafka';
import { MilvusScenarioProps } from './milvus-scenario-props';

/** Milvus shows Kafka a client certificate that Strimzi issues. */
export class MilvusTlsScenario extends MilvusOnKafka {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: MilvusScenarioProps = {}) {
    super(app, 'milvus-tls', props, KafkaAuthorization.simple());
    const tls = this.cluster.addListener('tls', { port: 9093, authentication: ListenerAuthentication.tls() });
    const user = this.addUser(UserAuthentication.tls());
    this.addMilvus(new KafkaConnection(this, 'connection', { listener: tls, user }));
  }
}
