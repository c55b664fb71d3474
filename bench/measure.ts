import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** What one run of a command took. */
export interface Measurement {
  /** CPU seconds, user and system, of the command and of all processes that it started and waited for. */
  readonly cpu: number;
  /** The most memory in megabytes that any one of these processes had at a time; nothing where there is no /proc. */
  readonly memory?: number;
}

/** A command, and where it runs. */
export interface Command {
  readonly words: readonly string[];
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** The medians of several runs of a command. */
export async function medianOf(command: Command, runs: number): Promise<Measurement> {
  const measurements: Measurement[] = [];
  for (let run = 0; run < runs; run++) measurements.push(await measure(command));
  const memories = measurements.flatMap(({ memory }) => memory ?? []);
  return {
    cpu: median(measurements.map(({ cpu }) => cpu)),
    memory: memories.length > 0 ? median(memories) : undefined,
  };
}

/**
 * Runs a command once.
 *
 * The CPU time is what bash's `time` says, which asks the kernel and counts the whole tree of processes to the
 * millisecond. The memory is the kernel's own high-water mark of each process, looked up while it lives.
 */
async function measure({ words, folder, environment }: Command): Promise<Measurement> {
  const child = spawn('bash', ['-c', `TIMEFORMAT='cpu %U %S'; time "$@" >/dev/null`, 'bash', ...words], {
    cwd: folder,
    env: { ...process.env, ...environment, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const highest = new Map<number, number>();
  const watch = setInterval(() => noteMemory(child.pid ?? 0, highest), 5);
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  const [, user, system] = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(errors) ?? [];
  if (code !== 0 || !user) throw new Error(`${words.join(' ')} failed:\n${errors}`);
  return { cpu: Number(user) + Number(system), memory: highest.size > 0 ? Math.max(...highest.values()) : undefined };
}

function noteMemory(pid: number, highest: Map<number, number>): void {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    if (kilobytes) highest.set(pid, Number(kilobytes) / 1024);
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
    children
      .split(' ')
      .filter(Boolean)
      .forEach((child) => noteMemory(Number(child), highest));
  } catch {
    // The process has just ended, or this system has no /proc.
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}
