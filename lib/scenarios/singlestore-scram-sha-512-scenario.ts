import { App } from 'cdk8s';
import { KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../library';
import { ScenarioChart } from './scenario-chart';
import { SingleStoreOrders, existingSingleStore, orderTopics, ordersKafka } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** SingleStore logs in by SCRAM-SHA-512, with a password that Strimzi makes. */
export class SingleStoreScramSha512Scenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-scram-sha-512', { ...props, namespace: props.namespace ?? 'singlestore' });
    const engine = existingSingleStore(this, props);
    const cluster = ordersKafka(this, props);
    const listener = cluster.addListener('scram', { port: 9094, authentication: ListenerAuthentication.scramSha512() });
    const user = new KafkaUser(this, 'singlestore', { cluster, authentication: UserAuthentication.scramSha512() });

    const connection = new KafkaConnection(this, 'connection', { listener, user });
    new SingleStoreOrders(this, { engine, ...orderTopics(this, cluster), reading: connection, writing: connection });
  }
}
