import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ApiClient, WrittenObject } from '../support/kubernetes/api-client';
import { objectsIn } from '../support/kubernetes/manifest-files';
import { runSample } from '../support/run-sample';
import { samplesOf } from '../support/samples';
import { ApiAccess } from '../support/servers/kube-apiserver';

const run = promisify(execFile);

const ROOT = resolve(__dirname, '../..');
const SCENARIOS = 'scenarios';
const SAMPLES = 'samples';
const ACCESS = 'access.json';

/** Names the folder in which the tests find the manifests, and how to speak to the API server. */
export const FOLDER_VARIABLE = 'SECURE_KAFKA_API_TEST';

/** Manifests that belong together. */
export interface Subject {
  readonly name: string;
  readonly objects: readonly WrittenObject[];
}

/** Writes the manifests of all scenarios and samples, as their programs make them. */
export async function writeSubjects(folder: string): Promise<void> {
  const env = { ...process.env, CDK8S_OUTDIR: join(folder, SCENARIOS) };
  // The programs keep development secrets in the folder in which they run.
  await run(process.execPath, [join(ROOT, 'tools/run-app.js'), join(ROOT, 'apps/main.ts')], { cwd: folder, env });
  mkdirSync(join(folder, SAMPLES));
  for (const sample of samplesOf(ROOT).filter(({ code }) => code.includes('.synth()'))) {
    const manifests = await runSample(sample, mkdtempSync(join(folder, 'sample-')));
    renameSync(manifests, join(folder, SAMPLES, encodeURIComponent(sample.place)));
  }
}

/** The environments that the apps write. */
export function scenarios(): Subject[] {
  return subjectsIn(SCENARIOS);
}

/** The programs in README and docs. */
export function samples(): Subject[] {
  return subjectsIn(SAMPLES);
}

/** Tells the tests how to speak to the API server. */
export function shareAccess(folder: string, access: ApiAccess): void {
  writeFileSync(join(folder, ACCESS), JSON.stringify(access), { mode: 0o600 });
}

/** Speaks to the API server. */
export function connect(): ApiClient {
  return new ApiClient(JSON.parse(readFileSync(join(sharedFolder(), ACCESS), 'utf8')) as ApiAccess);
}

/** Whether there is an API server to speak to. */
export function isConnected(): boolean {
  return existsSync(join(sharedFolder(), ACCESS));
}

function subjectsIn(kind: string): Subject[] {
  const folder = join(sharedFolder(), kind);
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name: decodeURIComponent(name), objects: objectsIn(join(folder, name)) }));
}

function sharedFolder(): string {
  return process.env[FOLDER_VARIABLE] ?? '';
}
