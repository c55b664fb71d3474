/** What the scenario with Confluent's servers over TLS leaves open. */
export interface ConfluentSslScenarioProps {
  /**
   * The namespace that everything lives in; the scenario makes it.
   *
   * @default 'confluent'
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
   * Where development secrets are kept.
   *
   * @default '.secure-kafka'
   */
  readonly stateDirectory?: string;
}
