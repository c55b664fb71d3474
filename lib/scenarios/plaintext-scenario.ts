import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, ListenerAuthentication } from '../library';
import { SalesClients } from './sales-clients';
import { SalesFlow } from './sales-flow';
import { SalesKafka } from './sales-kafka';
import { ScenarioChart } from './scenario-chart';
import { ScenarioProps } from './scenario-props';

/** Nothing is encrypted and nobody logs in: what the other scenarios are compared with. */
export class PlaintextScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: ScenarioProps = {}) {
    super(app, 'plaintext', props);
    const kafka = new SalesKafka(this, props, KafkaAuthorization.none());

    const listener = kafka.cluster.addListener('plain', {
      port: 9092,
      tls: false,
      authentication: ListenerAuthentication.none(),
    });

    const job = new KafkaConnection(this, 'connection', { listener });
    const clients = new SalesClients({ generator: job, registry: job });
    new SalesFlow(this, props, { kafka, clients, job });
  }
}
