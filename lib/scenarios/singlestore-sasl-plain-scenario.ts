import { App } from 'cdk8s';
import { ClientCredentials, SaslMechanism, SecretKey } from '../library';
import { ScenarioChart } from './scenario-chart';
import { ordersOfCompany } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** SingleStore logs in by name and password, to a Kafka that is not of the scenario. */
export class SingleStoreSaslPlainScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-sasl-plain', { ...props, namespace: props.namespace ?? 'singlestore' });
    const credentials = ClientCredentials.plain('singlestore', SecretKey.existing('kafka-login', 'password'));
    ordersOfCompany(this, SaslMechanism.PLAIN, credentials, props);
  }
}
