import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Pod } from './pod';
import { ClassArchive, JavaProcess, SMALL_JVM } from './jvm';
import { dataGeneratorClassPath } from './releases';

/** A producer of sales records that knows only the environment and the mounts of the data generator's container. */
export class DataGenerator {
  public static readonly CONTAINER = 'data-generator';
  private process?: JavaProcess;

  public constructor(
    private readonly pod: Pod,
    private readonly folder: string,
  ) {}

  /** Starts sending `count` records, or records without end. */
  public async start(count?: number): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    const classPath = await dataGeneratorClassPath();
    const archive = new ClassArchive('data-generator', classPath);
    const run = [
      'java',
      ...SMALL_JVM,
      ...archive.usingOrMaking,
      '-Xmx128m',
      '-cp',
      classPath,
      'SalesGenerator',
      ...(count ? [`${count}`] : []),
    ];
    const server = {
      name: 'data generator',
      command: this.pod.command(DataGenerator.CONTAINER, run),
      env: this.pod.env(DataGenerator.CONTAINER),
      restarts: true,
      log: join(this.folder, 'data-generator.log'),
    };
    this.process = new JavaProcess(server, archive);
  }

  /** Waits until so many records are acknowledged. */
  public async sent(count: number, seconds = 60): Promise<void> {
    if (!this.process) throw new Error('the data generator was not started');
    const { process } = this;
    const done = () => new RegExp(`^sent ${count}$`, 'm').test(process.log);
    await process.ready(() => Promise.resolve(done()), seconds);
  }

  /** How often it was started again. */
  public get restarts(): number {
    return this.process?.restarts ?? 0;
  }

  /** What it printed. */
  public get log(): string {
    return this.process?.log ?? '';
  }

  /** What it complained about. */
  public complaints(): string {
    return this.process?.complaints() ?? '';
  }

  public async stop(): Promise<void> {
    await this.process?.stop(3);
  }
}
