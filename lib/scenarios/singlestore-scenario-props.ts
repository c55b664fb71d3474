/** What the scenarios with SingleStore leave open. */
export interface SingleStoreScenarioProps {
  /**
   * The namespace that everything lives in; the scenario makes it.
   *
   * @default 'singlestore'
   */
  readonly namespace?: string;
  /**
   * The name of the Kafka cluster, where the scenario has one.
   *
   * @default 'my-cluster'
   */
  readonly clusterName?: string;
  /**
   * The addresses of the Kafka, where it is not of the scenario.
   *
   * @default - hosts of `example.com`
   */
  readonly bootstrapServers?: string[];
  /**
   * The name of the SingleStore cluster, which exists.
   *
   * @default 'sdb-cluster'
   */
  readonly engineName?: string;
  /**
   * The domain of the Kubernetes cluster, if addresses should end in it.
   *
   * @default - addresses end in `.svc`
   */
  readonly clusterDomain?: string;
  /**
   * Where development secrets are kept.
   *
   * @default '.secure-kafka'
   */
  readonly stateDirectory?: string;
}
