import { Duration, Size } from 'cdk8s';

/** What a JobManager or TaskManager gets. */
export interface FlinkProcessResources {
  /** The processor time, in processors. */
  readonly cpu: number;
  /** The memory of the process, whole mebibytes. */
  readonly memory: Size;
}

/** How a job's state is saved while it runs. */
export interface FlinkCheckpointing {
  /** How often. */
  readonly interval: Duration;
  /**
   * Where to, as a URI that all pods reach, such as `s3://bucket/checkpoints`.
   *
   * @default - the JobManager's memory, which does not outlive it
   */
  readonly directory?: string;
}

/** @internal What each way to replace a job consists of. */
export type UpgradeDetails =
  | { readonly mode: 'stateless' }
  | { readonly mode: 'savepoint'; readonly directory: string }
  | { readonly mode: 'last-state'; readonly highAvailabilityDirectory: string };

/**
 * What becomes of a job's state when its specification changes.
 *
 * @see Flink Kubernetes operator 1.15.0, "Job Management", upgrade modes
 */
export class FlinkUpgrade {
  /** The new job begins without state. */
  public static stateless(): FlinkUpgrade {
    return new FlinkUpgrade({ mode: 'stateless' });
  }

  /**
   * The old job writes a savepoint, from which the new one begins. Needs checkpoints with a directory.
   *
   * @param directory where savepoints are written, as a URI that all pods reach
   */
  public static savepoint(directory: string): FlinkUpgrade {
    return new FlinkUpgrade({ mode: 'savepoint', directory });
  }

  /**
   * The new job begins from the last checkpoint, also when the old one is not healthy. Needs checkpoints with a
   * directory.
   *
   * @param highAvailabilityDirectory where the JobManager keeps what a successor needs, as a URI that all pods reach
   */
  public static lastState(highAvailabilityDirectory: string): FlinkUpgrade {
    return new FlinkUpgrade({ mode: 'last-state', highAvailabilityDirectory });
  }

  private constructor(
    /** @internal */
    public readonly _details: UpgradeDetails,
  ) {}

  /** @internal The settings of Flink. */
  public _configuration(): Record<string, string> {
    switch (this._details.mode) {
      case 'stateless':
        return {};
      case 'savepoint':
        return { 'execution.checkpointing.savepoint-dir': this._details.directory };
      case 'last-state':
        return {
          'high-availability.type': 'kubernetes',
          'high-availability.storageDir': this._details.highAvailabilityDirectory,
        };
    }
  }
}

/** What all jobs have in common. */
export interface FlinkJobProps {
  /**
   * The name of the FlinkDeployment: at most 45 characters.
   *
   * @default - the construct's id
   */
  readonly jobName?: string;
  /**
   * The namespace.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * How many instances of each operator run.
   *
   * @default 1
   */
  readonly parallelism?: number;
  /**
   * How many instances a TaskManager runs.
   *
   * @default 1
   */
  readonly taskSlots?: number;
  /**
   * How the job's state is saved while it runs.
   *
   * @default - not at all: after a failure the job begins anew
   */
  readonly checkpointing?: FlinkCheckpointing;
  /**
   * What becomes of the job's state when its specification changes.
   *
   * @default FlinkUpgrade.stateless()
   */
  readonly upgrade?: FlinkUpgrade;
  /**
   * What the JobManager gets.
   *
   * @default - 1 processor and 2 GiB
   */
  readonly jobManager?: FlinkProcessResources;
  /**
   * What each TaskManager gets.
   *
   * @default - 1 processor and 2 GiB
   */
  readonly taskManager?: FlinkProcessResources;
  /**
   * Further settings of Flink. What has a property here, or belongs to the operator, is refused, and so are secret
   * values, which everybody who may read the FlinkDeployment would see.
   *
   * @default - none
   */
  readonly flinkConfiguration?: { [setting: string]: string };
}

/** @internal The settings of a job with the defaults filled in. */
export interface FlinkJobSettings {
  readonly parallelism: number;
  readonly taskSlots: number;
  readonly checkpointing?: FlinkCheckpointing;
  readonly upgrade: FlinkUpgrade;
  readonly jobManager: FlinkProcessResources;
  readonly taskManager: FlinkProcessResources;
  readonly given: { readonly [setting: string]: string };
}

const PROCESS: FlinkProcessResources = { cpu: 1, memory: Size.gibibytes(2) };

/** @internal Fills in the defaults. */
export function flinkJobSettings(props: FlinkJobProps): FlinkJobSettings {
  return {
    parallelism: props.parallelism ?? 1,
    taskSlots: props.taskSlots ?? 1,
    checkpointing: props.checkpointing,
    upgrade: props.upgrade ?? FlinkUpgrade.stateless(),
    jobManager: props.jobManager ?? PROCESS,
    taskManager: props.taskManager ?? PROCESS,
    given: props.flinkConfiguration ?? {},
  };
}

/** @internal The settings of Flink. */
export function renderFlinkConfiguration(settings: FlinkJobSettings): Record<string, string> {
  const { checkpointing, upgrade, taskSlots, given } = settings;
  return {
    'taskmanager.numberOfTaskSlots': String(taskSlots),
    // A job without checkpoints would end for good at its first failure, such as a broker that is still starting.
    'restart-strategy.type': 'exponential-delay',
    ...(checkpointing ? { 'execution.checkpointing.interval': `${checkpointing.interval.toMilliseconds()}ms` } : {}),
    ...(checkpointing?.directory === undefined ? {} : { 'execution.checkpointing.dir': checkpointing.directory }),
    ...upgrade._configuration(),
    ...given,
  };
}
