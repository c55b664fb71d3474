/**
 * A version of Apache Kafka that Strimzi runs.
 *
 * @see Strimzi 1.2.0, kafka-versions.yaml
 */
export class KafkaVersion {
  /** Kafka 4.2.0, metadata version 4.2-IV1. */
  public static readonly V4_2_0 = new KafkaVersion('4.2.0', '4.2-IV1');
  /** Kafka 4.2.1, metadata version 4.2-IV1. */
  public static readonly V4_2_1 = new KafkaVersion('4.2.1', '4.2-IV1');
  /** Kafka 4.3.0, metadata version 4.3-IV0. */
  public static readonly V4_3_0 = new KafkaVersion('4.3.0', '4.3-IV0');
  /** Kafka 4.3.1, metadata version 4.3-IV0; what Strimzi 1.2.0 runs when asked for none. */
  public static readonly V4_3_1 = new KafkaVersion('4.3.1', '4.3-IV0');

  /**
   * Any version, for operators other than Strimzi 1.2.0. A version that the operator does not know stops its
   * reconciliation, so this is not checked against the supported set.
   *
   * @param version the version of Kafka, such as `4.4.0`
   * @param metadataVersion the metadata version that goes with it, such as `4.4-IV1`
   */
  public static of(version: string, metadataVersion: string): KafkaVersion {
    return new KafkaVersion(version, metadataVersion);
  }

  private constructor(
    /** The version of Kafka. */
    public readonly version: string,
    /** The newest metadata version of that Kafka, and Strimzi's default for it. */
    public readonly metadataVersion: string,
  ) {}
}
