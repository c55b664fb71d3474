import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Manifest } from '../synth';
import { ClusterSecrets, validity } from './cluster-secrets';
import { FlinkRelease } from './flink-release';
import { FlinkSqlJob, MAIN_CONTAINER } from './flink-sql-job';
import { ManifestSet } from './manifest-set';
import { Mount, Pod, inMounts } from './pod';
import { certify, ecKey } from './x509';

const run = promisify(execFile);

/**
 * What a release of Flink says to the scripts of FlinkDeployments when it plans them, by the name that each was given:
 * `planned`, or why it was refused. No server is asked; of the Secrets, only authorities are there, because the registry
 * client reads its own when a statement is planned.
 */
export async function plan(
  release: FlinkRelease,
  deployments: Record<string, Manifest>,
  folder: string,
): Promise<Record<string, string>> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'config.yaml'), '');
  const authority = certify(
    { subject: [['CN', 'authority']], ...validity(60_000), isCa: true, usages: ['cert sign'] },
    await ecKey(),
  );
  const mounts = new Map<string, Mount>();
  for (const [name, manifest] of Object.entries(deployments)) {
    const { podSpec } = new FlinkSqlJob(manifest);
    const secrets = await ClusterSecrets.of(new ManifestSet([]));
    for (const { secret } of podSpec.volumes ?? []) {
      if (secret) secrets.put(secret.secretName, placeholders(secret.items, authority.certificate));
    }
    const pod = new Pod(podSpec, secrets, join(folder, name));
    pod.prepare();
    for (const mount of pod.mounts(MAIN_CONTAINER)) mounts.set(mount.target, mount);
    writeFileSync(join(folder, `${name}.sql`), pod.env(MAIN_CONTAINER).SQL_STATEMENTS);
  }
  const names = Object.keys(deployments);
  const java = await release.command(
    'FlinkSqlPlan',
    names.map((name) => join(folder, `${name}.sql`)),
    ['-Dlog4j2.level=ERROR', ...(await release.archive()).options],
  );
  const [program, ...args] = inMounts([...mounts.values()], java);
  const env = { PATH: process.env.PATH, LANG: 'C.UTF-8', FLINK_CONF_DIR: folder };
  const { stdout } = await run(program, args, { env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024 });
  const answers = [...stdout.matchAll(/^(planned|refused) .*\/(.+)\.sql(?:: (.*))?$/gm)];
  return Object.fromEntries(answers.map(([, outcome, name, cause]) => [name, cause ?? outcome]));
}

function placeholders(items: readonly { key: string }[] | undefined, value: string): Record<string, string> {
  return Object.fromEntries((items ?? [{ key: 'ca.crt' }]).map(({ key }) => [key, value]));
}
