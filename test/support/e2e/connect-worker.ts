import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PostedConnector, WorkerFiles } from './connect-settings';
import { ask, send } from './http';
import { ClassArchive, JavaProcess, SMALL_JVM } from './jvm';
import { inMounts } from './pod';
import { connectClassPath } from './releases';

const URL = 'http://127.0.0.1:8083';

/** A real Connect worker with the settings and files of a pod. */
export class ConnectWorker {
  /**
   * Starts a worker.
   *
   * @param folder a folder of this worker alone
   */
  public static async start(files: WorkerFiles, folder: string): Promise<ConnectWorker> {
    mkdirSync(folder, { recursive: true });
    const properties = join(folder, 'worker.properties');
    // Plugins on the class path are known by their manifests, without a look at every class.
    writeFileSync(properties, `${files.properties}\nplugin.discovery=SERVICE_LOAD\n`, { mode: 0o600 });
    const classPath = await connectClassPath();
    const archive = new ClassArchive('connect', classPath);
    const logging = `-Dlog4j2.configurationFile=${join(__dirname, 'java', 'log4j2.properties')}`;
    const java = ['java', ...SMALL_JVM, ...archive.usingOrMaking, '-Xmx320m', logging, '-Dlog.level=INFO'];
    const options = (files.env.KAFKA_OPTS ?? '').split(' ').filter((option) => option !== '');
    const main = ['-cp', classPath, 'org.apache.kafka.connect.cli.ConnectDistributed', properties];
    const command = inMounts(files.mounts, [...java, ...options, ...main]);
    const server = { name: 'Connect', command, env: files.env, log: join(folder, 'connect.log') };
    return new ConnectWorker(new JavaProcess(server, archive));
  }

  private constructor(private readonly process: JavaProcess) {}

  /** What ended the worker, if it has ended. */
  public get ending(): string | undefined {
    return this.process.ending;
  }

  /** What the worker printed. */
  public get log(): string {
    return this.process.log;
  }

  /** Whether the worker says that it is healthy. */
  public async isHealthy(): Promise<boolean> {
    return (await ask(`${URL}/health`)).status === 200;
  }

  /** Posts a connector; whether the worker took it. */
  public async post({ name, config }: PostedConnector): Promise<boolean> {
    return (await send(`${URL}/connectors`, { name, config })).status === 201;
  }

  /** Whether a connector and its task say that they are at work. */
  public async isRunning(name: string): Promise<boolean> {
    const states = await this.states(name);
    return states.length === 2 && states.every(({ state }) => state === 'RUNNING');
  }

  /** What the failed tasks of a connector say; nothing if none failed. */
  public async failures(name: string): Promise<string> {
    return (await this.states(name)).map(({ trace = '' }) => trace).join('');
  }

  public complaints(): string {
    return this.process.complaints();
  }

  public async stop(): Promise<void> {
    await this.process.stop(20);
  }

  private async states(name: string): Promise<State[]> {
    const { status, body } = await ask(`${URL}/connectors/${name}/status`);
    if (status !== 200) return [];
    const { connector, tasks } = JSON.parse(body) as { connector: State; tasks: State[] };
    return [connector, ...tasks];
  }
}

interface State {
  readonly state: string;
  readonly trace?: string;
}
