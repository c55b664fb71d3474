import { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const running = new Set<ChildProcess>();
const folders = new Set<string>();
let watching = false;

/** Sees to it that a process does not outlive this one, however this one ends. */
export function endWithThis(child: ChildProcess): void {
  watch();
  running.add(child);
  child.once('exit', () => running.delete(child));
}

/** Sees to it that a folder does not outlive this process. */
export function removeWithThis(folder: string): void {
  watch();
  folders.add(folder);
}

/** Asks a process to end, and ends it if it has not after some seconds. */
export async function end(child: ChildProcess, seconds = 10): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  signal(child, 'SIGTERM');
  const impatience = setTimeout(() => signal(child, 'SIGKILL'), seconds * 1000);
  await ended;
  clearTimeout(impatience);
}

/** Sends a signal to a process, and to those it started if it leads a group of its own. */
export function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || hasEnded(child)) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    child.kill(name); // there is no such group
  }
}

/** Whether a process has ended, or never began. */
export function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

function watch(): void {
  if (watching) return;
  watching = true;
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      void Promise.all([...running].map((child) => end(child))).then(() =>
        process.exit(128 + constants.signals[signal]),
      );
    });
  }
  process.once('exit', () => {
    running.forEach((child) => signal(child, 'SIGKILL'));
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  });
}
