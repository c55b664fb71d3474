import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { Acl } from './strimzi-emulation';
import { Mount, inMounts } from './pod';
import { BUSY_JVM, ClassArchive, JavaProcess } from './jvm';
import { probeClassPath } from './releases';

/** The settings of a Kafka client. */
export type Settings = Record<string, string>;

/** What a client is to do. */
export type Operation =
  | { readonly operation: 'produce'; readonly topic: string; readonly values: readonly string[] }
  | { readonly operation: 'consume'; readonly topic: string; readonly count: number }
  | { readonly operation: 'transact' | 'describeConfigs' | 'deleteTopic'; readonly topic: string }
  | { readonly operation: 'describeCluster' | 'unknownSettings' }
  | {
      readonly operation: 'createTopics';
      readonly topics: readonly { name: string; partitions?: number; config?: Settings }[];
    }
  | { readonly operation: 'createPasswords'; readonly users: readonly { name: string; password: string }[] }
  | { readonly operation: 'createAcls' | 'deleteAcls'; readonly acls: readonly Acl[] };

/** How it went: what was read or written, or the chain of exceptions from the outermost on. */
export interface Answer {
  readonly records?: string[];
  readonly errors: string[];
}

/** A JVM with real Kafka clients that does what it is told; several requests at a time. */
export class JavaProbe {
  /**
   * Starts the JVM.
   *
   * @param mounts what the clients find on their file system
   */
  public static async start(
    folder: string,
    mounts: readonly Mount[],
    systemProperties: readonly string[] = [],
  ): Promise<JavaProbe> {
    const classPath = await probeClassPath();
    const archive = new ClassArchive('probe', classPath);
    const options = [...BUSY_JVM, ...archive.usingOrMaking, '-Xmx256m', '-Dprobe.threads=8', ...systemProperties];
    const logging = `-Dlog4j2.configurationFile=${join(__dirname, 'java', 'log4j2.properties')}`;
    const command = inMounts(mounts, ['java', ...options, logging, '-cp', classPath, 'Probe']);
    const server = { name: 'probe', command, log: join(folder, 'probe.log'), talks: true };
    return new JavaProbe(new JavaProcess(server, archive));
  }

  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private count = 0;

  private constructor(private readonly process: JavaProcess) {
    const { stdout } = process.child;
    if (!stdout) throw new Error('the probe has no output');
    createInterface({ input: stdout }).on('line', (line) => {
      const { id, ...answer } = JSON.parse(line) as Answer & { id: number };
      this.waiting.get(id)?.(answer);
      this.waiting.delete(id);
    });
    process.child.on('exit', () => {
      for (const resolve of this.waiting.values()) resolve({ errors: [`the probe ended\n${process.complaints()}`] });
    });
  }

  /** Does something with a client of these settings. */
  public ask(settings: Settings, operation: Operation, limit = 20_000): Promise<Answer> {
    const { ending } = this.process;
    if (ending !== undefined) return Promise.reject(new Error(`the probe has ended (${ending})\n${this.complaints()}`));
    const id = this.count++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.process.child.stdin?.write(`${JSON.stringify({ id, settings, limit, ...operation })}\n`);
    });
  }

  /** Like {@link ask}, where anything but success is a fault of the suite. */
  public async must(settings: Settings, operation: Operation, limit?: number): Promise<string[]> {
    const { records, errors } = await this.ask(settings, operation, limit);
    if (errors.length > 0) throw new Error(`${operation.operation}: ${errors.join('\n  caused by ')}`);
    return records ?? [];
  }

  /** What Kafka's clients complained about. */
  public complaints(): string {
    return this.process.complaints();
  }

  public async stop(): Promise<void> {
    this.process.child.stdin?.end();
    await this.process.stop(3);
  }
}
