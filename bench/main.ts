/*
 * What synthesis costs: `npm run bench`. Ends with code 1 if a bar is missed.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { Command, Measurement, medianOf } from './measure';

const RUNS = 5;
const SCENARIOS_BAR = 1.5;
const GROWTH_BAR = 12;
const MEMORY_BAR = 400;

const ROOT = resolve(__dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
const results = new Map<string, Measurement>();
let missed = 0;

async function row(name: string, command: Command, runs = RUNS): Promise<Measurement> {
  const measurement = await medianOf({ folder: ROOT, ...command }, runs);
  results.set(name, measurement);
  const base = results.get('node -e 0')?.cpu ?? measurement.cpu;
  console.log(
    name.padEnd(48),
    `${measurement.cpu.toFixed(2)} s`.padStart(9),
    `${(measurement.cpu / base).toFixed(1)} x`.padStart(9),
    (measurement.memory === undefined ? '-' : `${measurement.memory.toFixed(0)} MB`).padStart(9),
  );
  return measurement;
}

function bar(name: string, value: number | undefined, limit: number, unit: string): void {
  const met = value !== undefined && value < limit;
  if (!met) missed++;
  const text = value === undefined ? 'not measured' : `${value.toFixed(2)} ${unit}`;
  console.log(`${met ? 'met    ' : 'NOT MET'} ${name}: ${text}, bar ${limit} ${unit}`);
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync(tool, ['help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A copy of the manifests for a tool that takes one scenario at a time; `place` writes those of one. */
function copyOfManifests(tool: string, place: (manifest: string, folder: string) => void): string {
  const copy = join(scratch, tool);
  for (const scenario of readdirSync(join(scratch, 'dist'))) {
    const files = readdirSync(join(scratch, 'dist', scenario));
    const folder = join(copy, scenario);
    mkdirSync(join(folder, 'templates'), { recursive: true });
    files.forEach((file) => place(join(scratch, 'dist', scenario, file), folder));
    writeFileSync(join(folder, 'kustomization.yaml'), JSON.stringify({ resources: files }));
    writeFileSync(join(folder, 'Chart.yaml'), JSON.stringify({ apiVersion: 'v2', name: scenario, version: '1.0.0' }));
  }
  return copy;
}

const forEachFolder = (command: string): readonly string[] => [
  'bash',
  '-c',
  `set -e; for f in */; do ${command}; done`,
];
const baseName = (path: string): string => path.replace(/.*[\\/]/, '');

async function main(): Promise<void> {
  console.log(`medians of ${RUNS} runs; CPU seconds of the whole tree of processes, memory of the largest\n`);
  console.log(''.padEnd(48), 'CPU'.padStart(9), 'to node'.padStart(9), 'memory'.padStart(9));

  const node = await row('node -e 0', { words: ['node', '-e', '0'] });
  await row('the app alone', {
    words: ['node', 'tools/run-app.js', 'apps/main.ts'],
    environment: { CDK8S_OUTDIR: join(scratch, 'app') },
  });
  const output = join(scratch, 'dist');
  const six = await row('npx cdk8s synth of six scenarios', {
    words: [
      ...['npx', 'cdk8s', 'synth', '--no-check-upgrade', '--output', join(scratch, 'six')],
      ...['--app', 'node tools/run-app.js bench/six-scenarios.ts'],
    ],
  });
  await row('npx cdk8s synth of all --no-check-upgrade', {
    words: ['npx', 'cdk8s', 'synth', '--no-check-upgrade', '--output', output],
  });
  await row('npx cdk8s synth of all', { words: ['npx', 'cdk8s', 'synth', '--output', output] });

  if (isInstalled('kubectl')) {
    const folder = copyOfManifests('kustomize', (manifest, to) => copyFileSync(manifest, join(to, baseName(manifest))));
    await row('kubectl kustomize of each finished scenario', {
      folder,
      words: forEachFolder('kubectl kustomize "$f"'),
    });
  }
  if (isInstalled('helm')) {
    const folder = copyOfManifests('helm', (manifest, to) =>
      writeFileSync(
        join(to, 'templates', baseName(manifest)),
        readFileSync(manifest, 'utf8').replaceAll('{{', '{{ "{{" }}'),
      ),
    );
    await row('helm template of each finished scenario', { folder, words: forEachFolder('helm template "$f"') });
  }

  // Compiled file by file, as users get the library.
  const sources = readdirSync(join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' }).filter((f) =>
    f.endsWith('.ts'),
  );
  const compiled = join(ROOT, 'build', 'bench');
  rmSync(compiled, { recursive: true, force: true });
  buildSync({
    entryPoints: [...sources.map((file) => join(ROOT, 'lib', file)), join(ROOT, 'bench', 'many-users.ts')],
    outdir: compiled,
    outbase: ROOT,
    platform: 'node',
    format: 'cjs',
  });
  const manyUsers = (count: number) =>
    row(`${count} users and ${count} topics, compiled app`, {
      words: ['node', join(compiled, 'bench', 'many-users.js'), String(count)],
      environment: { CDK8S_OUTDIR: join(scratch, 'many') },
    });
  await manyUsers(10);
  const thousand = await manyUsers(1000);
  const tenThousand = await manyUsers(10_000);

  console.log('');
  bar('six scenarios, above node -e 0', six.cpu - node.cpu, SCENARIOS_BAR, 's');
  bar('from 1,000 to 10,000 users', tenThousand.cpu / thousand.cpu, GROWTH_BAR, 'x');
  bar('the same without starting node', (tenThousand.cpu - node.cpu) / (thousand.cpu - node.cpu), GROWTH_BAR, 'x');
  bar('memory for 10,000 users and topics', tenThousand.memory, MEMORY_BAR, 'MB');
}

main()
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    missed++;
  })
  .finally(() => {
    rmSync(scratch, { recursive: true, force: true });
    process.exitCode = missed > 0 ? 1 : 0;
  });
