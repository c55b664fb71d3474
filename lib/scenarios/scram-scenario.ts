import { App } from 'cdk8s';
import { KafkaAuthorization, KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../library';
import { SalesClients } from './sales-clients';
import { SalesFlow } from './sales-flow';
import { SalesKafka } from './sales-kafka';
import { ScenarioChart } from './scenario-chart';
import { ScenarioProps } from './scenario-props';

/** The Flink job logs in by SCRAM-SHA-512, with a password that Strimzi makes. */
export class ScramScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: ScenarioProps = {}) {
    super(app, 'scram', props);
    const kafka = new SalesKafka(this, props, KafkaAuthorization.simple());
    const { cluster } = kafka;
    const clients = SalesClients.byCertificate(this, kafka);

    const scram = cluster.addListener('scram', { port: 9094, authentication: ListenerAuthentication.scramSha512() });
    const user = new KafkaUser(this, 'my-user', { cluster, authentication: UserAuthentication.scramSha512() });

    const job = new KafkaConnection(this, 'job', { listener: scram, user });
    new SalesFlow(this, props, { kafka, clients, job });
  }
}
