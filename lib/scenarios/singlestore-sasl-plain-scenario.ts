import { App } from 'cdk8s';
import {
  ClientCredentials,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  KafkaConnection,
  SaslMechanism,
  SecretKey,
} from '../library';
import { ScenarioChart } from './scenario-chart';
import { SingleStoreOrders, companyKafka, existingSingleStore, existingTopics } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** SingleStore logs in by name and password, to a Kafka that is not of the scenario. */
export class SingleStoreSaslPlainScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-sasl-plain', { ...props, namespace: props.namespace ?? 'singlestore' });
    const engine = existingSingleStore(this, props);
    const kafka = companyKafka(this, ExternalKafkaAuthentication.sasl([SaslMechanism.PLAIN]), props);
    const user = new ExternalKafkaUser(this, 'singlestore', {
      kafka,
      credentials: ClientCredentials.plain('singlestore', SecretKey.existing('kafka-login', 'password')),
    });

    const connection = new KafkaConnection(this, 'connection', { listener: kafka, user });
    new SingleStoreOrders(this, { engine, ...existingTopics(kafka), reading: connection, writing: connection });
  }
}
