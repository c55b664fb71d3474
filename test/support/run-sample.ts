import { execFile } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { Sample } from './samples';

const run = promisify(execFile);

const ROOT = resolve(__dirname, '../..');

/** What a user of the package writes behind `from`. */
export const PACKAGE = 'cdk8s-secure-kafka';

/** Runs a sample in a process of its own, with all that it writes in an empty folder. Returns the one with manifests. */
export async function runSample({ code }: Sample, folder: string): Promise<string> {
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts' },
    alias: { [PACKAGE]: join(ROOT, 'lib') },
    external: ['cdk8s', 'cdk8s-plus-28', 'constructs', 'node-forge', 'yaml'],
    bundle: true,
    platform: 'node',
    write: false,
  });
  writeFileSync(join(folder, 'app.js'), outputFiles[0].contents);
  const manifests = join(folder, 'dist');
  await run(process.execPath, ['app.js'], { cwd: folder, env: { ...process.env, CDK8S_OUTDIR: manifests } });
  return manifests;
}
