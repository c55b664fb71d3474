import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { end, endWithThis, hasEnded } from './child-processes';
import { progress } from './progress';
import { until } from './until';

const LOG_TAIL = 30;

/** A program and its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** A server that runs as a process of its own for as long as it is needed. */
export abstract class Server {
  private process?: ChildProcess;
  private failure?: Error;
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
  protected abstract command(): Command;

  /** Whether it answers as one that is ready. */
  protected abstract answers(): Promise<boolean>;

  /** The file that it writes to what it does. */
  public get logFile(): string {
    return join(this.folder, `${this.name}.log`);
  }

  public start(): void {
    const { program, args } = this.command();
    this.began = Date.now();
    const log = openSync(this.logFile, 'a', 0o600);
    this.process = spawn(program, args, { cwd: this.folder, stdio: ['ignore', log, log] });
    this.process.once('error', (error) => (this.failure = error));
    closeSync(log);
    endWithThis(this.process);
  }

  /** Waits until it is ready; fails with the end of its log if it has stopped, or does not get ready. */
  public async ready(timeout = 120_000): Promise<void> {
    try {
      await until(
        `${this.name} is to be ready`,
        async () => {
          if (this.hasStopped()) throw this.failure ?? new Error(`${this.name} has stopped`);
          return this.answers();
        },
        timeout,
      );
      progress(`${this.name} is ready ${((Date.now() - this.began) / 1000).toFixed(1)} s after its start`);
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${this.logTail()}`);
    }
  }

  /** Whether it no longer runs, or never did. */
  public hasStopped(): boolean {
    return !this.process || hasEnded(this.process);
  }

  public async stop(): Promise<void> {
    if (this.process) await end(this.process);
  }

  /** The last lines of its log. */
  public logTail(lines = LOG_TAIL): string {
    const log = readFileSync(this.logFile, 'utf8').trimEnd().split('\n').slice(-lines);
    return log.map((line) => `[${this.name}] ${line}`).join('\n');
  }
}
