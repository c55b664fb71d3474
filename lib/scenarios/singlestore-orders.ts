import { Chart, Size } from 'cdk8s';
import {
  ClientCredentials,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  IKafkaTopic,
  KafkaAuthorization,
  KafkaCluster,
  KafkaConnection,
  KafkaNodeRole,
  KafkaStorage,
  KafkaTopic,
  PipelineFormat,
  PipelineTarget,
  SaslMechanism,
  SecretKey,
  SingleStoreCluster,
  SingleStoreEngine,
  SingleStoreExport,
  SingleStorePipeline,
  TrustedCertificates,
} from '../library';
import { SingleStoreScenarioProps } from './singlestore-scenario-props';

/** The two topics of the scenarios. */
export interface OrderTopics {
  /** The orders, which a pipeline reads. */
  readonly orders: IKafkaTopic;
  /** The totals, which are exported. */
  readonly totals: IKafkaTopic;
}

/** How orders get into SingleStore, and totals out of it. */
export interface SingleStoreOrdersProps extends OrderTopics {
  /** The SingleStore. */
  readonly engine: SingleStoreEngine;
  /** How its pipeline reaches Kafka. */
  readonly reading: KafkaConnection;
  /** How its export does. */
  readonly writing: KafkaConnection;
}

/** A SingleStore cluster that exists in the namespace, with a user for pipelines and exports. */
export function existingSingleStore(chart: Chart, props: SingleStoreScenarioProps): SingleStoreCluster {
  const name = props.engineName ?? 'sdb-cluster';
  return new SingleStoreCluster(chart, name, {
    username: 'pipelines',
    password: SecretKey.existing(`${name}-pipelines`, 'password'),
    trust: TrustedCertificates.fromSecret(`${name}-tls`, 'ca.crt'),
    clusterDomain: props.clusterDomain,
  });
}

/** A Kafka cluster with one node and without a listener. */
export function ordersKafka(
  chart: Chart,
  { clusterName = 'my-cluster', clusterDomain }: SingleStoreScenarioProps,
  authorization = KafkaAuthorization.simple(),
): KafkaCluster {
  const cluster = new KafkaCluster(chart, clusterName, { clusterDomain, authorization });
  cluster.addNodePool('dual-role', {
    roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
    replicas: 1,
    storage: KafkaStorage.persistent({ size: Size.gibibytes(100) }),
  });
  return cluster;
}

/** The topics of a cluster of the scenario. */
export function orderTopics(chart: Chart, cluster: KafkaCluster): OrderTopics {
  return {
    orders: new KafkaTopic(chart, 'orders', { cluster }),
    totals: new KafkaTopic(chart, 'order-totals', { cluster }),
  };
}

/** A Kafka that is not of the scenario, with brokers that a company's own authority vouches for. */
export function companyKafka(
  chart: Chart,
  authentication: ExternalKafkaAuthentication,
  { bootstrapServers = ['kafka-1.example.com:9093', 'kafka-2.example.com:9093'] }: SingleStoreScenarioProps,
): ExternalKafka {
  const trust = TrustedCertificates.fromSecret('company-ca', 'ca.crt');
  return new ExternalKafka(chart, 'company-kafka', { bootstrapServers, authentication, trust });
}

/** Orders and totals of a Kafka that is not of the scenario, to which SingleStore logs in by SASL. */
export function ordersOfCompany(
  chart: Chart,
  mechanism: SaslMechanism,
  credentials: ClientCredentials,
  props: SingleStoreScenarioProps,
): void {
  const engine = existingSingleStore(chart, props);
  const kafka = companyKafka(chart, ExternalKafkaAuthentication.sasl([mechanism]), props);
  const user = new ExternalKafkaUser(chart, 'singlestore', { kafka, credentials });
  const connection = new KafkaConnection(chart, 'connection', { listener: kafka, user });
  new SingleStoreOrders(chart, { engine, ...existingTopics(kafka), reading: connection, writing: connection });
}

/** The topics of a Kafka that is not of the scenario. */
export function existingTopics(kafka: ExternalKafka): OrderTopics {
  return { orders: kafka.topic('orders'), totals: kafka.topic('order-totals') };
}

/** Orders on their way into SingleStore, and the totals of customers on their way back. */
export class SingleStoreOrders {
  /** What reads the orders. */
  public readonly pipeline: SingleStorePipeline;
  /** What writes the totals. */
  public readonly totals: SingleStoreExport;

  /**
   * @param chart the chart
   * @param props engine, topics and connections
   */
  public constructor(chart: Chart, props: SingleStoreOrdersProps) {
    const { engine, reading, writing, orders, totals } = props;
    this.pipeline = new SingleStorePipeline(chart, 'orders-pipeline', {
      engine,
      database: 'shop',
      connection: reading,
      topic: orders,
      pipelineName: 'orders',
      into: PipelineTarget.table('orders'),
      format: PipelineFormat.json({ id: 'id', customer: 'customer::id', amount: 'amount' }),
    });
    this.totals = new SingleStoreExport(chart, 'totals-export', {
      engine,
      database: 'shop',
      connection: writing,
      topic: totals,
      query: 'SELECT customer, SUM(amount) AS total FROM orders GROUP BY customer ORDER BY customer',
      keyColumn: 'customer',
    });
  }
}
