/** What the scenarios leave open. */
export interface ScenarioProps {
  /**
   * The namespace that everything lives in; the scenario makes it.
   *
   * @default 'flink'
   */
  readonly namespace?: string;
  /**
   * The name of the Kafka cluster.
   *
   * @default 'my-cluster'
   */
  readonly clusterName?: string;
  /**
   * The domain of the Kubernetes cluster, if addresses should end in it.
   *
   * @default - addresses end in `.svc`
   */
  readonly clusterDomain?: string;
  /**
   * The topic that the data generator fills. Version 0.1.0 of the generator knows no other than the default.
   *
   * @default 'flink.sales.records'
   */
  readonly sourceTopic?: string;
  /**
   * The topic that the Flink job copies to.
   *
   * @default - `flink.<scenario>.sales.records`
   */
  readonly targetTopic?: string;
  /**
   * Where development secrets are kept.
   *
   * @default '.secure-kafka'
   */
  readonly stateDirectory?: string;
}
