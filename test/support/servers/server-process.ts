import { ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { end, endWithThis, hasEnded, signal } from './child-processes';
import { until } from './until';

/** How a process is started. */
export interface ServerProcessProps {
  /** How people call it. */
  readonly name: string;
  readonly command: readonly string[];
  /** The environment beside `PATH`: nothing else of the suite's own is passed on. */
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  /** The file that takes what the process prints. */
  readonly log: string;
  /** Whether the suite talks to the process over its standard input and output. */
  readonly talks?: boolean;
  /** Whether the process is started again whenever it ends, as the kubelet does with a container of a Deployment. */
  readonly restarts?: boolean;
}

/** Lines of a log that say what went wrong: in Java, in Go, and with Kubernetes' own logger. */
const TELLING = /\b(ERROR|FATAL|WARN|Exception|Caused by|[Ee]rror:|panic:)|^[EF]\d{4} /;

/**
 * How long a process that has ended is left alone: each time twice as long, unless it ran well in between. The kubelet
 * does so from ten seconds up to five minutes.
 */
const BACK_OFF = { first: 1000, longest: 4000, reset: 10_000 };

/** A process that runs until it is stopped, or until the suite ends. */
export class ServerProcess {
  /** How often the process has been started again. */
  public restarts = 0;
  private running: ChildProcess;
  private ended?: string;
  private isStopped = false;
  private backOff = BACK_OFF.first;
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

  /** Waits until `answers` is true; fails with what the process complained about. */
  public async ready(answers: () => Promise<boolean>, seconds: number): Promise<void> {
    const { name } = this.props;
    try {
      await until(
        `${name} is to be ready`,
        async () => {
          if (this.ended !== undefined) throw new Error(`${name} ended (${this.ended})`);
          return answers();
        },
        seconds * 1000,
      );
    } catch (error) {
      throw new Error(`${(error as Error).message}\n${this.complaints()}`);
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
    if (!hasEnded(this.running)) await end(this.running, seconds);
    await this.end;
  }

  /** Ends the process, so that it is started again. */
  public restart(): void {
    signal(this.running, 'SIGTERM');
  }

  private spawn(): ChildProcess {
    const [program, ...args] = this.props.command;
    const log = openSync(this.props.log, 'a', 0o600);
    const child = spawn(program, args, {
      // A group of its own: scripts that start a JVM end with it.
      detached: true,
      env: { PATH: process.env.PATH, ...this.props.env },
      cwd: this.props.cwd,
      stdio: [this.props.talks ? 'pipe' : 'ignore', this.props.talks ? 'pipe' : log, log],
    });
    closeSync(log);
    endWithThis(child);
    return child;
  }

  private async untilEnd(child: ChildProcess): Promise<void> {
    const began = Date.now();
    const how = await new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('exit', (code, by) => resolve(`exit ${by ?? code}`));
    });
    if (Date.now() - began > BACK_OFF.reset) this.backOff = BACK_OFF.first;
    if (this.props.restarts && !this.isStopped) await pause(this.backOff);
    this.backOff = Math.min(2 * this.backOff, BACK_OFF.longest);
    if (this.isStopped || !this.props.restarts) {
      this.ended = how;
      return;
    }
    this.restarts++;
    this.running = this.spawn();
    await this.untilEnd(this.running);
  }
}
