import { App } from 'cdk8s';
import { ClientCredentials, SaslMechanism, SecretKey } from '../library';
import { ScenarioChart } from './scenario-chart';
import { ordersOfCompany } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** SingleStore logs in with a keytab, to a Kafka in the Kerberos realm of a company. */
export class SingleStoreKerberosScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-kerberos', { ...props, namespace: props.namespace ?? 'singlestore' });
    const credentials = ClientCredentials.kerberos({
      principal: 'singlestore@EXAMPLE.COM',
      keytab: SecretKey.existing('singlestore-kerberos', 'user.keytab'),
      krb5Conf: SecretKey.existing('singlestore-kerberos', 'krb5.conf'),
    });
    ordersOfCompany(this, SaslMechanism.GSSAPI, credentials, props);
  }
}
