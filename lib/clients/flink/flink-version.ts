/**
 * A version of Flink, as a FlinkDeployment names it.
 *
 * @see Flink Kubernetes operator 1.15.0, CRD flinkdeployments, `spec.flinkVersion`
 */
export class FlinkVersion {
  /** Flink 1.20. */
  public static readonly V1_20 = new FlinkVersion('v1_20');
  /** Flink 2.0. */
  public static readonly V2_0 = new FlinkVersion('v2_0');
  /** Flink 2.1. */
  public static readonly V2_1 = new FlinkVersion('v2_1');
  /** Flink 2.2, the newest that the operator 1.15 runs. */
  public static readonly V2_2 = new FlinkVersion('v2_2');

  /**
   * Any version. One that the operator 1.15 does not run, or whose settings have other names, is refused.
   *
   * @param value the version in the operator's spelling, such as `v2_1`
   */
  public static of(value: string): FlinkVersion {
    return new FlinkVersion(value);
  }

  private constructor(
    /** The version in the operator's spelling. */
    public readonly value: string,
  ) {}
}
