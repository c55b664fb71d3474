import { Chart, Size } from 'cdk8s';
import { KafkaAuthorization, KafkaCluster, KafkaNodeRole, KafkaStorage, KafkaTopic } from '../library';
import { ScenarioProps } from './scenario-props';

/** A Kafka cluster with one node, and the two topics of the sales records. */
export class SalesKafka {
  public readonly cluster: KafkaCluster;
  public readonly source: KafkaTopic;
  public readonly target: KafkaTopic;

  public constructor(chart: Chart, props: ScenarioProps, authorization: KafkaAuthorization) {
    this.cluster = new KafkaCluster(chart, props.clusterName ?? 'my-cluster', {
      clusterDomain: props.clusterDomain,
      authorization,
    });
    this.cluster.addNodePool('dual-role', {
      roles: [KafkaNodeRole.CONTROLLER, KafkaNodeRole.BROKER],
      replicas: 1,
      storage: KafkaStorage.persistent({ size: Size.gibibytes(100) }),
    });
    const { cluster } = this;
    this.source = new KafkaTopic(chart, props.sourceTopic ?? 'flink.sales.records', { cluster });
    this.target = new KafkaTopic(chart, props.targetTopic ?? `flink.${chart.node.id}.sales.records`, { cluster });
  }
}
