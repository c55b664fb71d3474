import { App } from 'cdk8s';
import {
  DevelopmentSecrets,
  KafkaAuthorization,
  KafkaConnection,
  KafkaUser,
  KeycloakRealm,
  ListenerAuthentication,
  UserAuthentication,
} from '../library';
import { keycloakWithDatabase } from './keycloak-with-database';
import { SalesClients } from './sales-clients';
import { SalesFlow } from './sales-flow';
import { SalesKafka } from './sales-kafka';
import { ScenarioChart } from './scenario-chart';
import { ScenarioProps } from './scenario-props';

/** The Flink job shows an access token that it gets from Keycloak. */
export class OAuthScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: ScenarioProps = {}) {
    super(app, 'oauth', props);
    const kafka = new SalesKafka(this, props, KafkaAuthorization.simple());
    const { cluster } = kafka;
    const clients = SalesClients.byCertificate(this, kafka);

    const secrets = new DevelopmentSecrets(app, {
      namespace: cluster.namespace,
      environment: 'oauth',
      stateDirectory: props.stateDirectory,
    });
    const realm = new KeycloakRealm(this, 'kafka', {
      keycloak: keycloakWithDatabase(this, secrets, props.clusterDomain),
    });
    const client = realm.addClient('standalone-etl', {
      secret: secrets.password('standalone-etl-client', 'secret'),
      audiences: ['kafka'],
    });
    const oauth = cluster.addListener('oauth', {
      port: 9094,
      authentication: ListenerAuthentication.oauth({ issuer: realm, audience: 'kafka' }),
    });
    const user = new KafkaUser(this, 'my-user', { cluster, authentication: UserAuthentication.oauth(client) });

    const job = new KafkaConnection(this, 'job', { listener: oauth, user });
    new SalesFlow(this, props, { kafka, clients, job });
  }
}
