import { Chart } from 'cdk8s';
import { KafkaConnection, KafkaUser, ListenerAuthentication, UserAuthentication } from '../library';
import { SalesKafka } from './sales-kafka';

/** How the programs around the Flink job reach Kafka. */
export interface SalesClientsProps {
  /** How the data generator does. */
  readonly generator: KafkaConnection;
  /** How the schema registry does. */
  readonly registry: KafkaConnection;
  /**
   * A user whose key store the data generator reads where the listener asks for no certificate.
   *
   * @default - none
   */
  readonly keystoreUser?: KafkaUser;
}

/** The programs around the Flink job: who they are to Kafka. */
export class SalesClients {
  /**
   * The data generator and the registry as users with certificates of their own, over the listener `tls` on port 9093.
   *
   * @param chart the chart
   * @param kafka the cluster that the listener is added to
   */
  public static byCertificate(chart: Chart, kafka: SalesKafka): SalesClients {
    const { cluster } = kafka;
    const listener = cluster.addListener('tls', { port: 9093, authentication: ListenerAuthentication.tls() });
    const connect = (name: string) => {
      const user = new KafkaUser(chart, name, { cluster, authentication: UserAuthentication.tls() });
      return new KafkaConnection(chart, `${name}-connection`, { listener, user });
    };
    return new SalesClients({
      generator: connect('recommendation-app-kafka-user'),
      registry: connect('apicurio-registry-kafka-user'),
    });
  }

  /** How the data generator reaches Kafka. */
  public readonly generator: KafkaConnection;
  /** How the schema registry reaches Kafka. */
  public readonly registry: KafkaConnection;
  /** The user whose key store the data generator reads, if its connection has no user. */
  public readonly keystoreUser?: KafkaUser;

  /**
   * @param props who they are to Kafka
   */
  public constructor(props: SalesClientsProps) {
    this.generator = props.generator;
    this.registry = props.registry;
    this.keystoreUser = props.keystoreUser;
  }
}
