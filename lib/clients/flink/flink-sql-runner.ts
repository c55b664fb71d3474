import { FlinkVersion } from './flink-version';

/** An image of the SQL runner. */
export interface FlinkSqlRunnerProps {
  /** The image, with a tag or digest. It must take its statements from the environment, as 0.3.0 and newer do. */
  readonly image: string;
  /** The version of Flink in the image. */
  readonly flinkVersion: FlinkVersion;
  /**
   * Whether the image has Strimzi's OAuth client, relocated as Flink's SQL connector for Kafka needs it.
   *
   * @default true
   */
  readonly strimziOauth?: boolean;
}

/**
 * An image of StreamsHub's SQL runner: Flink with the SQL connector for Kafka, the Avro format for schema registries
 * and a program that runs the statements it is given.
 *
 * @see streamshub/flink-sql 0.4.0, flink-sql-runner/.../SqlRunner.java
 */
export class FlinkSqlRunner {
  /** Flink 2.0 with Strimzi's OAuth client. */
  public static readonly V0_3_0 = new FlinkSqlRunner(
    'quay.io/streamshub/flink-sql-runner:0.3.0',
    FlinkVersion.V2_0,
    true,
  );
  /** Flink 2.1 with Strimzi's OAuth client. */
  public static readonly V0_4_0 = new FlinkSqlRunner(
    'quay.io/streamshub/flink-sql-runner:0.4.0',
    FlinkVersion.V2_1,
    true,
  );

  /**
   * Any other image of the runner, such as one with further connectors.
   *
   * @param props the image and what is in it
   */
  public static of(props: FlinkSqlRunnerProps): FlinkSqlRunner {
    return new FlinkSqlRunner(props.image, props.flinkVersion, props.strimziOauth ?? true);
  }

  private constructor(
    /** The image. */
    public readonly image: string,
    /** The version of Flink in it. */
    public readonly flinkVersion: FlinkVersion,
    /** Whether clients in it can log in by Strimzi's OAuth client. */
    public readonly strimziOauth: boolean,
  ) {}
}
