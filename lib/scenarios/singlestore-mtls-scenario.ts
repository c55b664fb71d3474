import { App } from 'cdk8s';
import { KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../library';
import { ScenarioChart } from './scenario-chart';
import { SingleStoreOrders, existingSingleStore, orderTopics, ordersKafka } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** SingleStore shows a client certificate that Strimzi issues, in PEM as it comes. */
export class SingleStoreMtlsScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-mtls', { ...props, namespace: props.namespace ?? 'singlestore' });
    const engine = existingSingleStore(this, props);
    const cluster = ordersKafka(this, props);
    const listener = cluster.addListener('mtls', { port: 9094, authentication: ListenerAuthentication.tls() });
    const user = new KafkaUser(this, 'singlestore', { cluster, authentication: UserAuthentication.tls() });

    const connection = new KafkaConnection(this, 'connection', { listener, user });
    new SingleStoreOrders(this, { engine, ...orderTopics(this, cluster), reading: connection, writing: connection });
  }
}
