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

/** SingleStore logs in by SCRAM-SHA-256, which Strimzi has no users for, to a Kafka that is not of the scenario. */
export class SingleStoreScramSha256Scenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-scram-sha-256', { ...props, namespace: props.namespace ?? 'singlestore' });
    const engine = existingSingleStore(this, props);
    const kafka = companyKafka(this, ExternalKafkaAuthentication.sasl([SaslMechanism.SCRAM_SHA_256]), props);
    const user = new ExternalKafkaUser(this, 'singlestore', {
      kafka,
      credentials: ClientCredentials.scramSha256('singlestore', SecretKey.existing('kafka-login', 'password')),
    });

    const connection = new KafkaConnection(this, 'connection', { listener: kafka, user });
    new SingleStoreOrders(this, { engine, ...existingTopics(kafka), reading: connection, writing: connection });
  }
}
