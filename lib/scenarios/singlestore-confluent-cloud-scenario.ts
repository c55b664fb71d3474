import { App } from 'cdk8s';
import {
  ClientCredentials,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  KafkaConnection,
  SaslMechanism,
  SecretKey,
  SingleStoreCloud,
  TrustedCertificates,
} from '../library';
import { ScenarioChart } from './scenario-chart';
import { SingleStoreOrders, existingTopics } from './singlestore-orders';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** A workspace of SingleStore in the cloud reads from and writes to Confluent Cloud, with an API key. */
export class SingleStoreConfluentCloudScenario extends ScenarioChart {
  /**
   * @param app the app
   * @param props what the scenario leaves open
   */
  public constructor(app: App, props: SingleStoreScenarioProps = {}) {
    super(app, 'singlestore-confluent-cloud', { ...props, namespace: props.namespace ?? 'singlestore' });
    const {
      bootstrapServers = ['pkc-00000.eu-west-1.aws.confluent.cloud:9092'],
      engineName = 'svc-00000000-dml.aws-ireland-1.svc.singlestore.com',
    } = props;
    const engine = new SingleStoreCloud(this, 'workspace', {
      host: engineName,
      username: 'pipelines',
      password: SecretKey.existing('singlestore-login', 'password'),
      trust: TrustedCertificates.fromSecret('singlestore-bundle', 'ca.crt'),
    });
    const kafka = new ExternalKafka(this, 'confluent-cloud', {
      bootstrapServers,
      authentication: ExternalKafkaAuthentication.sasl([SaslMechanism.PLAIN]),
    });
    const user = new ExternalKafkaUser(this, 'singlestore', {
      kafka,
      credentials: ClientCredentials.plain('CLUSTER-API-KEY', SecretKey.existing('confluent-cloud', 'api-secret')),
    });

    const connection = new KafkaConnection(this, 'connection', { listener: kafka, user });
    new SingleStoreOrders(this, { engine, ...existingTopics(kafka), reading: connection, writing: connection });
  }
}
