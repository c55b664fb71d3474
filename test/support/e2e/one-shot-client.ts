import { spawn } from 'node:child_process';
import { Answer } from './java-probe';
import { Mount, inMounts } from './pod';

/** What a client is to do: write values, or read everything that is in a topic. */
export type PlainOperation =
  | { readonly operation: 'produce'; readonly topic: string; readonly values: readonly string[] }
  | { readonly operation: 'consume'; readonly topic: string };

/** How long a client may take, in milliseconds. */
export const CLIENT_LIMIT = 20_000;

/** Runs a client that sees `mounts`, gives it a request as a line of JSON, and takes one as the answer. */
export function oneShot(mounts: readonly Mount[], argv: readonly string[], request: object): Promise<Answer> {
  const [program, ...args] = inMounts(mounts, argv);
  const child = spawn(program, args, { env: { PATH: process.env.PATH }, stdio: 'pipe' });
  const force = setTimeout(() => child.kill('SIGKILL'), 2 * CLIENT_LIMIT);
  let [output, complaints] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (part: string) => (output += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (complaints += part));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(force);
      if (output.trim() === '') reject(new Error(`${argv.join(' ')} gave no answer (exit ${code})\n${complaints}`));
      else resolve(JSON.parse(output) as Answer);
    });
    child.stdin.end(`${JSON.stringify(request)}\n`);
  });
}
