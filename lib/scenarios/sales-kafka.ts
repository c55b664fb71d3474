import { Chart, Size } from 'cdk8s';
import { KafkaAuthorization, KafkaCluster, KafkaNodeRole, KafkaStorage, KafkaTopic } from '../library';
import { ScenarioProps } from './scenario-props';

/** A Kafka cluster with one node, and the two topics of the sales records. */
export class SalesKafka {
  /** The cluster, still without a listener. */
  public readonly cluster: KafkaCluster;
  /** The topic that the data generator fills. */
  public readonly source: KafkaTopic;
  /** The topic that the Flink job copies to. */
  public readonly target: KafkaTopic;

  /**
   * @param chart the chart, whose id is the scenario's name
   * @param props what the scenario leaves open
   * @param authorization how the brokers decide what a client may do
   */
  public constructor(chart: Chart, props: ScenarioProps, authorization: KafkaAuthorization) {
    const { clusterName = 'my-cluster', clusterDomain } = props;
    const { sourceTopic = 'flink.sales.records', targetTopic = `flink.${chart.node.id}.sales.records` } = props;

    const cluster = new KafkaCluster(chart, clusterName, { clusterDomain, authorization });
    cluster.addNodePool('dual-role', {
      roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
      replicas: 1,
      storage: KafkaStorage.persistent({ size: Size.gibibytes(100) }),
    });
    this.cluster = cluster;
    this.source = new KafkaTopic(chart, sourceTopic, { cluster });
    this.target = new KafkaTopic(chart, targetTopic, { cluster });
  }
}
