import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { countChecks } from '../../tools/counts';
import { CACHE } from '../support/e2e/cache';
import { FlinkRelease } from '../support/e2e/flink-release';
import { ManifestSet } from '../support/e2e/manifest-set';
import { milvusProgram } from '../support/e2e/milvus-client';
import { install } from '../support/e2e/releases';
import { lacking } from '../support/e2e/requirements';
import { Result, TestRun } from '../support/e2e/test-run';
import { progress, timed } from '../support/servers/progress';

/** As many runs as two cores have work for: each waits for something half of the time. */
const AT_ONCE = 3;
/** The tests that are about no scenario, or about all: every version of Flink plans all scripts. */
const ALONE = readdirSync(__dirname)
  .filter((file) => file.endsWith('.e2e.ts') && file !== 'scenario.e2e.ts')
  .map((file) => file.replace('.e2e.ts', ''));
/** What makes up the test of a scenario, or with `--slow`, the tests that there is no time for in every run. */
const PARTS = filesIn('parts');
const SLOW = filesIn('slow');
/** Parts that take long and say much the same of every scenario: unless they or scenarios are asked for, of one. */
const OF_ONE: readonly string[] = ['rights-taken-away', 'rotation'];
const THE_ONE = 'mtls';
/** Those of the slow tests that bring manifests of their own. */
const OF_THEIR_OWN: readonly string[] = ['connect'];

/**
 * Runs the scenarios on real servers: `npm run test:e2e [-- <scenario or part>...]`, or `test:e2e:slow`.
 *
 * What the servers are is downloaded first, and the manifests are written once. Each scenario is then a run of its own.
 */
async function main(words: readonly string[]): Promise<void> {
  const missing = lacking();
  if (missing.length > 0) {
    console.error(['skipped: the end-to-end suite needs', ...missing.map((line) => `  ${line}`)].join('\n'));
    process.exitCode = process.env.CI === 'true' ? 1 : 0;
    return;
  }
  await install(progress);
  await FlinkRelease.install(progress);
  mkdirSync(join(CACHE, 'runs'), { recursive: true });
  const folder = mkdtempSync(join(CACHE, 'runs', 'run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const runs = await timed('synthesizing the scenarios', () => Promise.resolve(runsOf(words, folder)));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      for (const run of runs) run.kill();
      process.exit(1);
    });
  }
  if (runs.some(({ name }) => name.endsWith(' milvus'))) await timed('building the client of Milvus', milvusProgram);
  const began = Date.now();
  const results = await inLanes(runs);
  for (const failure of results.flatMap(({ failures }) => failures)) console.log(`${failure}\n`);
  for (const { name, passed, failures, seconds } of results) {
    console.log(`${name.padEnd(10)} ${passed} passed, ${failures.length} failed (${seconds} s)`);
  }
  console.log(`${runs.length} runs took ${Math.round((Date.now() - began) / 1000)} s`);
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  countChecks(sum(results.map(({ passed }) => passed)), sum(results.map(({ failures }) => failures.length)));
}

/** Writes the manifests, and says which runs the words mean; all without any. */
function runsOf(given: readonly string[], folder: string): TestRun[] {
  const isSlow = given.includes('--slow');
  const words = given.filter((word) => word !== '--slow');
  const manifests = join(folder, 'dist');
  const synth = ['cdk8s', 'synth', '--no-check-upgrade', '--output', manifests];
  if (spawnSync('npx', synth, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0)
    throw new Error('the scenarios cannot be synthesized');
  const all = scenariosIn(manifests);
  const known = isSlow ? SLOW : [...ALONE, ...PARTS];
  const unknown = words.filter((word) => ![...all, ...known].includes(word));
  if (unknown.length > 0) {
    throw new Error(
      `no ${unknown.join(', ')}; there are the scenarios ${all.join(', ')} and the parts ${known.join(', ')}`,
    );
  }
  const named = all.filter((name) => words.includes(name));
  const asked = named.length > 0 ? named : all;
  const scenarios = asked.filter((name) => hasFlow(manifests, name));
  const parts = known.filter((part) => words.includes(part));
  const run = (name: string, file: string, env: Record<string, string>, expected: string[] = []) =>
    new TestRun({
      name,
      file: join(__dirname, `${file}.e2e.ts`),
      folder: join(folder, name.replace(' ', '-')),
      env: { E2E_MANIFESTS: manifests, ...env },
      parts: expected,
    });
  if (isSlow) {
    return (parts.length > 0 ? parts : SLOW).flatMap((file) => {
      if (OF_THEIR_OWN.includes(file)) return [run(file, join('slow', file), {})];
      // Tests that are named like the beginning of some scenarios are for them alone.
      const isAbout = (name: string) => name.startsWith(`${file}-`);
      return (all.some(isAbout) ? asked.filter(isAbout) : scenarios).map((name) =>
        run(`${name} ${file}`, join('slow', file), { E2E_SCENARIO: name }),
      );
    });
  }
  const composed = parts.filter((part) => !ALONE.includes(part));
  const areAlone = composed.length === 0 && parts.length > 0;
  const ofScenarios = areAlone
    ? []
    : scenarios.map((name) => {
        const isWhole = words.length > 0 || name === THE_ONE;
        const all = isWhole ? PARTS : PARTS.filter((part) => !OF_ONE.includes(part));
        const expected = composed.length > 0 ? composed : all;
        return run(name, 'scenario', { E2E_SCENARIO: name, E2E_PARTS: expected.join(',') }, expected);
      });
  const alone = ALONE.filter((test) => words.length === 0 || parts.includes(test)).map((test) => run(test, test, {}));
  return [...ofScenarios, ...alone];
}

/** Whether a scenario is about records that a Flink job copies: most tests look at their way. */
function hasFlow(manifests: string, scenario: string): boolean {
  return ManifestSet.read(scenario, manifests).all('FlinkDeployment').length > 0;
}

/** The scenarios of which there are manifests, those with the most first: they take longest. */
function scenariosIn(manifests: string): string[] {
  const size = (name: string) =>
    readdirSync(join(manifests, name)).reduce((sum, file) => sum + statSync(join(manifests, name, file)).size, 0);
  return readdirSync(manifests)
    .filter((name) => !name.startsWith('.'))
    .sort((a, b) => size(b) - size(a));
}

/** Does all runs, some at a time; the results are in the order of the runs. */
async function inLanes(runs: readonly TestRun[]): Promise<Result[]> {
  const results: Result[] = [];
  const open = [...runs.entries()];
  const lane = async () => {
    for (let next = open.shift(); next; next = open.shift()) {
      const [i, run] = next;
      results[i] = await run.run();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

/** The names of the test files in a folder. */
function filesIn(folder: string): string[] {
  return readdirSync(join(__dirname, folder)).map((file) => file.replace(/(\.e2e)?\.ts$/, ''));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
