import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** How a process is started. */
export interface ServerProcessProps {
  /** How people call it. */
  readonly name: string;
  readonly command: readonly string[];
  /** The whole environment: nothing of the suite's own is passed on. */
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** The file that takes what the process prints. */
  readonly log: string;
  /** Whether the suite talks to the process over its standard input and output. */
  readonly talks?: boolean;
  /** Whether the process is started again whenever it ends, as the kubelet does with a container of a Deployment. */
  readonly restarts?: boolean;
}

/** Lines of a log that say what went wrong. */
const TELLING = /\b(ERROR|FATAL|WARN|Exception|Caused by|error:)/;

/** How long a process that has ended is left alone; the kubelet begins with ten seconds. */
const BACK_OFF = 2000;

/** A process that runs until it is stopped. */
export class ServerProcess {
  /** How often the process has been started again. */
  public restarts = 0;
  private running: ChildProcess;
  private ended?: string;
  private isStopped = false;
  private readonly end: Promise<void>;

  public constructor(private readonly props: ServerProcessProps) {
    this.running = this.spawn();
    this.end = this.untilEnd(this.running);
  }

  /** The process as it runs now. */
  public get child(): ChildProcess {
    return this.running;
  }

  /** What ended the process, if it has ended. */
  public get ending(): string | undefined {
    return this.ended;
  }

  /** What the process has printed. */
  public get log(): string {
    return readFileSync(this.props.log, 'utf8');
  }

  /** Waits until `answers` is true, asking every fifth of a second. */
  public async ready(answers: () => Promise<boolean>, seconds: number): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await answers())) {
      if (this.ended !== undefined) throw new Error(`${this.props.name} ended (${this.ended})\n${this.complaints()}`);
      if (Date.now() > deadline)
        throw new Error(`${this.props.name} was not ready after ${seconds} s\n${this.complaints()}`);
      await pause(200);
    }
  }

  /** The last lines of the log that say what went wrong, or just the last lines if none does. */
  public complaints(count = 25): string {
    const lines = this.log.split('\n').filter((line) => line.trim() !== '');
    const telling = lines.filter((line) => TELLING.test(line));
    return (telling.length > 0 ? telling : lines)
      .slice(-count)
      .map((line) => `  ${line.slice(0, 600)}`)
      .join('\n');
  }

  /** Ends the process and those it started. */
  public async stop(seconds = 15): Promise<void> {
    this.isStopped = true;
    this.signal('SIGTERM');
    const force = setTimeout(() => this.signal('SIGKILL'), seconds * 1000);
    await this.end;
    clearTimeout(force);
  }

  /** Ends the process, so that it is started again. */
  public restart(): void {
    this.signal('SIGTERM');
  }

  private spawn(): ChildProcess {
    const [program, ...args] = this.props.command;
    const log = openSync(this.props.log, 'a');
    const child = spawn(program, args, {
      // A group of its own: scripts that start a JVM end with it.
      detached: true,
      env: { PATH: process.env.PATH, ...this.props.env },
      cwd: this.props.cwd,
      stdio: [this.props.talks ? 'pipe' : 'ignore', this.props.talks ? 'pipe' : log, log],
    });
    closeSync(log);
    return child;
  }

  private async untilEnd(child: ChildProcess): Promise<void> {
    const how = await new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('exit', (code, signal) => resolve(`exit ${signal ?? code}`));
    });
    if (this.props.restarts && !this.isStopped) await pause(BACK_OFF);
    if (this.isStopped || !this.props.restarts) {
      this.ended = how;
      return;
    }
    this.restarts++;
    this.running = this.spawn();
    await this.untilEnd(this.running);
  }

  private signal(signal: NodeJS.Signals): void {
    if (this.ended !== undefined || this.running.pid === undefined) return;
    try {
      process.kill(-this.running.pid, signal);
    } catch {
      // It ended in between.
    }
  }
}
