import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../library';
import { SalesClients } from './sales-clients';
import { SalesFlow } from './sales-flow';
import { SalesKafka } from './sales-kafka';
import { ScenarioChart } from './scenario-chart';
import { ScenarioProps } from './scenario-props';

/** The Flink job shows a client certificate that Strimzi issues. */
export class MtlsScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: ScenarioProps = {}) {
    super(app, 'mtls', props);
    const kafka = new SalesKafka(this, props, KafkaAuthorization.simple());
    const { cluster } = kafka;
    const clients = SalesClients.byCertificate(this, kafka);

    const mtls = cluster.addListener('mtls', { port: 9094, authentication: ListenerAuthentication.tls() });
    const user = new KafkaUser(this, 'my-user', { cluster, authentication: UserAuthentication.tls() });

    const job = new KafkaConnection(this, 'job', { listener: mtls, user });
    new SalesFlow(this, props, { kafka, clients, job });
  }
}
