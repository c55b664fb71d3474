import { join } from 'node:path';
import { progress } from './progress';
import { ServerProcess } from './server-process';

/** A server that runs as a process of its own for as long as it is needed. */
export abstract class Server {
  private process?: ServerProcess;
  private began = 0;

  /**
   * @param name what it is called in messages, and its log
   * @param folder where it writes its log and its data
   */
  protected constructor(
    public readonly name: string,
    protected readonly folder: string,
  ) {}

  /** How it is started. */
  protected abstract command(): readonly string[];

  /** Whether it answers as one that is ready. */
  protected abstract answers(): Promise<boolean>;

  public start(): void {
    this.began = Date.now();
    const log = join(this.folder, `${this.name}.log`);
    this.process = new ServerProcess({ name: this.name, command: this.command(), cwd: this.folder, log });
  }

  /** Waits until it is ready; fails with what it complained about if it has stopped, or does not get ready. */
  public async ready(seconds = 120): Promise<void> {
    if (!this.process) throw new Error(`${this.name} was not started`);
    await this.process.ready(() => this.answers(), seconds);
    progress(`${this.name} is ready ${((Date.now() - this.began) / 1000).toFixed(1)} s after its start`);
  }

  /** Whether it no longer runs, or never did. */
  public hasStopped(): boolean {
    return !this.process || this.process.ending !== undefined;
  }

  /** What it complained about. */
  public complaints(): string {
    return this.process?.complaints() ?? '';
  }

  public async stop(): Promise<void> {
    await this.process?.stop();
  }
}
