import { App } from 'cdk8s';
import {
  DevelopmentSecrets,
  KafkaConnection,
  KafkaUser,
  KeycloakRealm,
  ListenerAuthentication,
  UserAuthentication,
} from '../library';
import { keycloakWithDatabase } from './keycloak-with-database';
import { ScenarioChart } from './scenario-chart';
import { SingleStoreOrders, existingSingleStore, orderTopics, ordersKafka } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** Pipelines show access tokens of Keycloak. Exports cannot, and log in by SCRAM-SHA-512 to a listener of their own. */
export class SingleStoreOAuthScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-oauth', { ...props, namespace: props.namespace ?? 'singlestore' });
    const engine = existingSingleStore(this, props);
    const cluster = ordersKafka(this, props);
    const secrets = new DevelopmentSecrets(app, {
      namespace: cluster.namespace,
      environment: 'singlestore-oauth',
      stateDirectory: props.stateDirectory,
    });
    const realm = new KeycloakRealm(this, 'kafka', {
      keycloak: keycloakWithDatabase(this, secrets, props.clusterDomain),
    });
    const client = realm.addClient('singlestore', {
      secret: secrets.password('singlestore-client', 'secret'),
      audiences: ['kafka'],
    });
    const oauth = cluster.addListener('oauth', {
      port: 9094,
      authentication: ListenerAuthentication.oauth({ issuer: realm, audience: 'kafka' }),
    });
    const scram = cluster.addListener('scram', { port: 9095, authentication: ListenerAuthentication.scramSha512() });
    const reader = new KafkaUser(this, 'reader', { cluster, authentication: UserAuthentication.oauth(client) });
    const writer = new KafkaUser(this, 'writer', { cluster, authentication: UserAuthentication.scramSha512() });

    const reading = new KafkaConnection(this, 'reading', { listener: oauth, user: reader });
    const writing = new KafkaConnection(this, 'writing', { listener: scram, user: writer });
    new SingleStoreOrders(this, { engine, ...orderTopics(this, cluster), reading, writing });
  }
}
