import { App } from 'cdk8s';
import {
  CertManagerCertificate,
  CertManagerCertificateAuthority,
  CertificateUsage,
  KafkaAuthorization,
  KafkaConnection,
  KafkaUser,
  ListenerAuthentication,
  UserAuthentication,
} from '../library';
import { SalesClients } from './sales-clients';
import { SalesFlow } from './sales-flow';
import { SalesKafka } from './sales-kafka';
import { ScenarioChart } from './scenario-chart';
import { ScenarioProps } from './scenario-props';

/** The Flink job shows a certificate of an authority of its own, which only this listener trusts. */
export class CustomScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: ScenarioProps = {}) {
    super(app, 'custom', props);
    const kafka = new SalesKafka(this, props, KafkaAuthorization.simple());
    const { cluster } = kafka;
    const clients = SalesClients.byCertificate(this, kafka);

    const authority = new CertManagerCertificateAuthority(this, 'my-user-ca');
    const certificate = new CertManagerCertificate(this, 'my-user-custom-cert', {
      issuer: authority,
      commonName: 'my-user',
      usages: [CertificateUsage.CLIENT],
    });
    const custom = cluster.addListener('custom', {
      port: 9094,
      authentication: ListenerAuthentication.custom({ sasl: false, trustedClients: authority.trust }),
    });
    const user = new KafkaUser(this, 'my-user', {
      cluster,
      authentication: UserAuthentication.tlsExternal(certificate),
    });

    const job = new KafkaConnection(this, 'job', { listener: custom, user });
    new SalesFlow(this, props, { kafka, clients, job });
  }
}
