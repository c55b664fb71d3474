import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, ListenerAuthentication } from '../library';
import { ScenarioChart } from './scenario-chart';
import { SingleStoreOrders, existingSingleStore, orderTopics, ordersKafka } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** SingleStore reads and writes over TLS, and logs in to nobody. */
export class SingleStoreSslScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-ssl', { ...props, namespace: props.namespace ?? 'singlestore' });
    const engine = existingSingleStore(this, props);
    const cluster = ordersKafka(this, props, KafkaAuthorization.none());
    const listener = cluster.addListener('tls', { port: 9093, authentication: ListenerAuthentication.none() });

    const connection = new KafkaConnection(this, 'connection', { listener });
    new SingleStoreOrders(this, { engine, ...orderTopics(this, cluster), reading: connection, writing: connection });
  }
}
