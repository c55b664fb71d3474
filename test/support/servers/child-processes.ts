import { ChildProcess } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';

const GRACE = 10_000;
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

/** Asks a process to end, and ends it if it does not. */
export async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await ended;
  clearTimeout(impatience);
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
      void Promise.all([...running].map(end)).then(() => process.exit(128 + constants.signals[signal]));
    });
  }
  process.once('exit', () => {
    running.forEach((child) => child.kill('SIGKILL'));
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }));
  });
}
