import { Manifest } from '../synth';
import { PodSpec } from './pod';

const RUNNER = 'local:///opt/streamshub/flink-sql-runner.jar';

/** The container that the Flink operator completes. */
export const MAIN_CONTAINER = 'flink-main-container';

/**
 * What the Flink operator makes of a FlinkDeployment that runs an SQL script. What is not emulated is refused, so that
 * nothing passes because it was not looked at.
 *
 * @see flink-kubernetes-operator 1.15.0, docs/custom-resource/{reference,pod-template}.md
 */
export class FlinkSqlJob {
  public constructor(private readonly manifest: Manifest) {
    const { job, jobManager, taskManager, logConfiguration } = manifest.spec;
    const refused = Object.entries({
      'another program than the SQL runner': job.jarURI !== RUNNER || job.entryClass !== undefined,
      'an argument of the program': job.args !== undefined,
      'a pod template for one role': (jobManager.podTemplate ?? taskManager.podTemplate) !== undefined,
      'a log configuration': logConfiguration !== undefined,
    }).find(([, isGiven]) => isGiven);
    if (refused) throw new Error(`FlinkDeployment ${manifest.metadata.name}: ${refused[0]} is not emulated`);
  }

  /** The name of the deployment. */
  public get name(): string {
    return this.manifest.metadata.name;
  }

  /** The version of Flink, as the operator names it: `v2_1`. */
  public get flinkVersion(): string {
    return this.manifest.spec.flinkVersion;
  }

  /** The pods of the job manager and of the task managers. */
  public get podSpec(): PodSpec {
    return this.manifest.spec.podTemplate.spec;
  }

  /** Flink's `config.yaml`, as an object. */
  public get configuration(): Record<string, unknown> {
    const { flinkConfiguration = {}, job } = this.manifest.spec;
    return { ...flinkConfiguration, 'parallelism.default': job.parallelism };
  }

  /** The options that the configuration has for the Java virtual machines. */
  public get javaOptions(): string[] {
    return ['all', 'jobmanager', 'taskmanager'].flatMap((role) => {
      const options = this.configuration[`env.java.opts.${role}`];
      return typeof options === 'string' ? options.split(/\s+/) : [];
    });
  }
}
