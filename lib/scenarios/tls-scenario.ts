import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../library';
import { SalesClients } from './sales-clients';
import { SalesFlow } from './sales-flow';
import { SalesKafka } from './sales-kafka';
import { ScenarioChart } from './scenario-chart';
import { ScenarioProps } from './scenario-props';

/** Connections are encrypted and the brokers prove who they are, but nobody logs in. */
export class TlsScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: ScenarioProps = {}) {
    super(app, 'tls', props);
    const kafka = new SalesKafka(this, props, KafkaAuthorization.none());
    const { cluster } = kafka;

    const listener = cluster.addListener('tls', { port: 9093, authentication: ListenerAuthentication.none() });

    const job = new KafkaConnection(this, 'connection', { listener });
    // The data generator reads a key store whenever it speaks TLS, also where the listener asks for no certificate.
    const keystoreUser = new KafkaUser(this, 'recommendation-app-kafka-user', {
      cluster,
      authentication: UserAuthentication.tls(),
    });
    const clients = new SalesClients({ generator: job, registry: job, keystoreUser });
    new SalesFlow(this, props, { kafka, clients, job });
  }
}
