import { ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { progress } from '../servers/progress';
import { CACHE } from './cache';
import { UNSHARE } from './requirements';

const JEST = join('node_modules', 'jest', 'bin', 'jest.js');
/** The lines of what a run prints that say how far it is. */
const PROGRESS = /^# /;

/**
 * Where swc unpacks itself. In a user namespace the folders above its own cache belong to nobody, which it does not trust;
 * this one is in the root that the run has for itself.
 */
const SWC: Record<string, string> = process.getuid?.() === 0 ? {} : { SWC_NATIVE_BINDING_CACHE: '/e2e' };

/** What is tested in a run. */
export interface TestRunProps {
  readonly name: string;
  /** The file with the tests. */
  readonly file: string;
  /** A folder that the run makes, and has for itself. */
  readonly folder: string;
  readonly env: Record<string, string>;
  /** The parts that the file puts together: each has to execute a test. */
  readonly parts?: readonly string[];
}

/** How a run ended. */
export interface Result {
  readonly name: string;
  readonly passed: number;
  /** What is to be printed of each test that failed. */
  readonly failures: readonly string[];
  readonly seconds: number;
}

/** What is read of the file that jest writes. */
interface JestResults {
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * The tests of one file in a network, a mount namespace and a process namespace of their own, in which every name, port
 * and path of the manifests holds as it is; nothing outlives the run.
 */
export class TestRun {
  private process?: ChildProcess;
  private began = 0;
  private readonly printed: string[] = [];

  public constructor(private readonly props: TestRunProps) {}

  /** What is run. */
  public get name(): string {
    return this.props.name;
  }

  /** Runs the tests, and says now and then how far they are. */
  public async run(): Promise<Result> {
    const { folder, file, env } = this.props;
    mkdirSync(folder, { recursive: true });
    const enter = ['sh', join('test', 'support', 'e2e', 'namespace.sh'), folder];
    // Jest's own folder is named after the user, and in a user namespace everybody is root.
    const options = ['--config', 'jest.e2e.config.js', '--cacheDirectory', join(CACHE, 'jest'), '--ci', '--runInBand'];
    const jest = [JEST, ...options, '--json', '--outputFile', this.results, '--runTestsByPath', file];
    const [program, ...args] = [...UNSHARE, ...enter, process.execPath, ...jest];
    this.began = Date.now();
    this.process = spawn(program, args, {
      // A group of its own: an interrupt at the terminal is for the suite, which ends the run as a whole.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...SWC, ...env, E2E_RUN: folder },
    });
    this.follow(this.process);
    const ending = await endOf(this.process);
    return { name: this.props.name, ...this.outcome(ending), seconds: this.seconds };
  }

  /** Ends the run, and with it every process that it started. */
  public kill(): void {
    this.process?.kill('SIGKILL');
  }

  private get results(): string {
    return join(this.props.folder, 'results.json');
  }

  private get seconds(): number {
    return Math.round((Date.now() - this.began) / 1000);
  }

  private follow({ stderr }: ChildProcess): void {
    if (!stderr) throw new Error('the run has no output');
    createInterface({ input: stderr }).on('line', (line) => {
      if (!PROGRESS.test(line)) this.printed.push(line);
      else progress(`${this.props.name.padEnd(10)} ${`${this.seconds}`.padStart(4)} s  ${line.replace(PROGRESS, '')}`);
    });
  }

  private outcome(ending: string): Pick<Result, 'passed' | 'failures'> {
    const { name, parts = [] } = this.props;
    const results = existsSync(this.results)
      ? (JSON.parse(readFileSync(this.results, 'utf8')) as JestResults)
      : undefined;
    const tests = results?.testResults.flatMap(({ assertionResults }) => assertionResults) ?? [];
    if (tests.length === 0) return { passed: 0, failures: [[`${name} ended (${ending})`, ...this.printed].join('\n')] };
    const executed = tests.filter(({ status }) => status === 'passed' || status === 'failed');
    const idle = parts.filter((part) => !executed.some(({ ancestorTitles }) => ancestorTitles.includes(part)));
    return {
      passed: tests.filter(({ status }) => status === 'passed').length,
      failures: [
        ...tests
          .filter(({ status }) => status !== 'passed')
          .map(({ fullName, status, failureMessages }) => [`${status}: ${fullName}`, ...failureMessages].join('\n')),
        ...idle.map((part) => `${name}: part ${part} has executed nothing`),
      ],
    };
  }
}

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(`exit ${signal ?? code}`));
  });
}
