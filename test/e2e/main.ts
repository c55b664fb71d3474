import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../support/e2e/cache';
import { FlinkRelease } from '../support/e2e/flink-release';
import { install } from '../support/e2e/releases';
import { UNSHARE, lacking } from '../support/e2e/requirements';

/**
 * Runs the scenarios on real servers: `npm run test:e2e [-- <scenario or part of a test file's name>...]`.
 *
 * What the servers are is downloaded first. The tests then run in a network, a mount namespace and a process namespace
 * of their own, in which every name, port and path of the manifests holds as it is, and nothing outlives the run.
 */
async function main(wanted: readonly string[]): Promise<number> {
  const missing = lacking();
  if (missing.length > 0) {
    console.error(['skipped: the end-to-end suite needs', ...missing.map((line) => `  ${line}`)].join('\n'));
    return process.env.CI === 'true' ? 1 : 0;
  }
  const started = Date.now();
  const progress = (what: string) => console.error(`[${((Date.now() - started) / 1000).toFixed(1)} s] ${what}`);
  await install(progress);
  await FlinkRelease.install(progress);
  mkdirSync(join(CACHE, 'runs'), { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'runs', 'run-'));
  try {
    progress('manifests');
    const manifests = join(folder, 'dist');
    const synth = spawnSync('npx', ['cdk8s', 'synth', '--no-check-upgrade', '--output', manifests], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    if (synth.status !== 0) return 1;
    progress('tests');
    return await inNamespace(folder, manifests, wanted);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function inNamespace(folder: string, manifests: string, wanted: readonly string[]): Promise<number> {
  const written = readdirSync(manifests);
  const scenarios = wanted.filter((word) => written.includes(word));
  const files = wanted.filter((word) => !written.includes(word));
  const jest = [
    join('node_modules', 'jest', 'bin', 'jest.js'),
    '--config',
    'jest.e2e.config.js',
    '--runInBand',
    ...files,
  ];
  const enter = ['sh', join('test', 'support', 'e2e', 'namespace.sh'), folder];
  const [program, ...args] = [...UNSHARE, ...enter, process.execPath, ...jest];
  const env = { ...process.env, E2E_MANIFESTS: manifests, E2E_RUN: folder, E2E_SCENARIOS: scenarios.join(',') };
  const child = spawn(program, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill('SIGKILL'));
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

main(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
