import { App } from 'cdk8s';
import { ClientCredentials, SaslMechanism, SecretKey } from '../library';
import { ScenarioChart } from './scenario-chart';
import { ordersOfCompany } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** SingleStore logs in by SCRAM-SHA-256, which Strimzi has no users for, to a Kafka that is not of the scenario. */
export class SingleStoreScramSha256Scenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-scram-sha-256', { ...props, namespace: props.namespace ?? 'singlestore' });
    const credentials = ClientCredentials.scramSha256('singlestore', SecretKey.existing('kafka-login', 'password'));
    ordersOfCompany(this, SaslMechanism.SCRAM_SHA_256, credentials, props);
  }
}
