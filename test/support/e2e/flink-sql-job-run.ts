import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Manifest } from '../synth';
import { ClusterSecrets } from './cluster-secrets';
import { FlinkRelease } from './flink-release';
import { FlinkSqlJob, MAIN_CONTAINER } from './flink-sql-job';
import { Pod } from './pod';
import { JavaProcess } from './jvm';

/** How a job is run. */
export interface FlinkSqlJobRunProps {
  /** A FlinkDeployment, as it was written. */
  readonly manifest: Manifest;
  readonly secrets: ClusterSecrets;
  /** A folder of this run alone. */
  readonly folder: string;
  /** @default - the release that the manifest names */
  readonly release?: FlinkRelease;
  /**
   * The seconds after which the job is ended, whatever it does.
   *
   * @default 300
   */
  readonly limit?: number;
}

/**
 * The SQL script of a FlinkDeployment in a real Flink: one process with a job manager and a task manager, which has the
 * environment and the mounts of the deployment's main container.
 */
export class FlinkSqlJobRun {
  /** Starts Flink; all that the script talks to may come later. */
  public static async start({
    manifest,
    secrets,
    folder,
    release,
    limit,
  }: FlinkSqlJobRunProps): Promise<FlinkSqlJobRun> {
    const job = new FlinkSqlJob(manifest);
    const flink = release ?? FlinkRelease.of(job.flinkVersion);
    const pod = new Pod(job.podSpec, secrets, join(folder, 'volumes'));
    mkdirSync(folder, { recursive: true });
    pod.prepare();
    writeFileSync(join(folder, 'config.yaml'), stringify(job.configuration));
    const logging = `-Dlog4j2.configurationFile=${join(__dirname, 'java', 'flink-log4j2.properties')}`;
    const archive = await flink.archive();
    const java = await flink.command('FlinkSqlRun', [], [logging, ...archive.usingOrMaking, ...job.javaOptions]);
    const server = {
      name: `Flink ${flink.version} with ${job.name}`,
      command: pod.command(MAIN_CONTAINER, java),
      // The runner's image is based on one of Red Hat's for Java, in which text is UTF-8.
      env: { LANG: 'C.UTF-8', FLINK_CONF_DIR: folder, ...pod.env(MAIN_CONTAINER) },
      log: join(folder, 'flink.log'),
    };
    return new FlinkSqlJobRun(new JavaProcess(server, archive), limit ?? 300);
  }

  private readonly limit: NodeJS.Timeout;

  private constructor(
    private readonly process: JavaProcess,
    limit: number,
  ) {
    this.limit = setTimeout(() => void this.stop(), limit * 1000);
  }

  /** How often the job failed and was to be started again. */
  public get restarts(): number {
    return this.log.match(/switched from state \w+ to RESTARTING/g)?.length ?? 0;
  }

  /** What Flink printed. */
  public get log(): string {
    return this.process.log;
  }

  /** What went wrong, in Flink's words. */
  public complaints(): string {
    return this.process.complaints();
  }

  /** Waits until the source knows where in the topic it starts: a record that comes later is read. */
  public async reading(topic: string, seconds = 60): Promise<void> {
    const partition = `for partition ${topic.replaceAll('.', '\\.')}-\\d+`;
    const position = new RegExp(`Seeking to offset \\d+ ${partition}|Resetting offset ${partition} to position`);
    await this.process.ready(() => Promise.resolve(position.test(this.log)), seconds);
  }

  /** Waits until the job has failed, and was to be started again, so many times. */
  public async failing(times: number, seconds = 60): Promise<void> {
    await this.process.ready(() => Promise.resolve(this.restarts >= times), seconds);
  }

  /** Ends Flink. */
  public async stop(): Promise<void> {
    clearTimeout(this.limit);
    // Nothing has to be saved, and a job that cannot reach its broker takes long to cancel.
    await this.process.stop(0);
  }
}
