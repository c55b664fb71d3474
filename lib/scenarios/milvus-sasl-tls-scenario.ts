import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, UserAuthentication } from '../library';
import { MilvusOnKafka } from './milvus-on-kafka';
import { MilvusScenarioProps } from './milvus-scenario-props';

/** Milvus logs in to Kafka by SASL PLAIN, over TLS. */
export class MilvusSaslTlsScenario extends MilvusOnKafka {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: MilvusScenarioProps = {}) {
    super(app, 'milvus-sasl-tls', props, KafkaAuthorization.simple(), true);
    const sasl = this.cluster.addListener('sasl', { port: 9093, authentication: this.plainAuthentication() });
    const user = this.addUser(UserAuthentication.none());
    const credentials = this.plainCredentials();
    this.addMilvus(new KafkaConnection(this, 'connection', { listener: sasl, user, credentials }));
  }
}
