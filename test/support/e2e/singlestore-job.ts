import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readStatement } from '../singlestore/statement';
import { ClusterSecrets } from './cluster-secrets';
import { Settings } from './java-probe';
import { ManifestSet } from './manifest-set';
import { Pod, inMounts, podSpecOf } from './pod';

/** Where the operator mounts the additional Secret into the nodes, and where the images have the public authorities. */
const FOLDER = '/etc/memsql/extra-secret';
const PUBLIC_AUTHORITIES = '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem';

/** A client of MySQL's protocol that cannot connect once, and then writes down what it is sent. */
const CLIENT = `#!/bin/sh
case "$*" in *--execute=*) [ -e /tmp/asked ] || { touch /tmp/asked; exit 1; }; exit 0 ;; esac
printf '%s\\n' "$@" > /tmp/arguments
cat > /tmp/sent.sql
`;

/** What a Job sent to the engine. */
export interface Sent {
  readonly sql: string;
  /** The arguments of the client. */
  readonly args: string;
}

/** Runs the script of a Job in its container, with a recorder in place of the client. */
export function runJob(manifests: ManifestSet, name: string, secrets: ClusterSecrets, folder: string): Sent {
  const { containers, initContainers, volumes } = podSpecOf(manifests.one('Job', name));
  const spec = { containers, initContainers, volumes: volumes?.filter((volume) => !('configMap' in volume)) };
  const [{ command = [], volumeMounts = [], ...container }] = containers;
  const own = { ...container, command, volumeMounts: volumeMounts.filter((mount) => mount.name !== 'statement') };
  const pod = new Pod({ ...spec, containers: [own] }, secrets, join(folder, 'volumes'));
  pod.prepare();

  const files = {
    statement: manifests.one('ConfigMap', name).data,
    programs: { mariadb: CLIENT, sleep: '#!/bin/sh\n' },
  };
  for (const [place, contents] of Object.entries(files)) {
    mkdirSync(join(folder, place), { recursive: true });
    for (const [file, text] of Object.entries(contents as Record<string, string>)) {
      writeFileSync(join(folder, place, file), text);
      chmodSync(join(folder, place, file), 0o755);
    }
  }
  const mounts = [
    ...pod.mounts(container.name),
    { source: join(folder, 'statement'), target: '/statement', readOnly: true },
    { source: join(folder, 'programs'), target: '/opt/programs', readOnly: true },
  ];
  const [program, ...args] = inMounts(mounts, command);
  const env = { ...pod.env(container.name), PATH: `/opt/programs:${process.env.PATH}` };
  execFileSync(program, args, { env, stdio: 'pipe' });
  const read = (file: string) => readFileSync(join(folder, 'volumes', 'tmp', file), 'utf8');
  return { sql: read('sent.sql'), args: read('arguments') };
}

/**
 * The settings of librdkafka as the engine has them from a statement.
 *
 * @param files the folder with the engine's files, and the file with the authorities that are public
 */
export function engineSettings(
  sql: string,
  files: { readonly folder: string; readonly authorities: string },
): Settings {
  const { brokers, config, credentials } = readStatement(sql);
  const placed = Object.entries(config).map(([setting, value]) => [
    setting,
    value.replace(FOLDER, files.folder).replace(PUBLIC_AUTHORITIES, files.authorities),
  ]);
  const settings: Settings = { 'bootstrap.servers': brokers, ...Object.fromEntries(placed), ...credentials };
  if (settings['sasl.mechanism'] !== 'OAUTHBEARER') return settings;
  // The engine gets tokens by itself; librdkafka has to be told to.
  return { ...settings, 'sasl.oauthbearer.method': 'oidc', 'https.ca.location': settings['ssl.ca.location'] };
}

/**
 * Writes the additional Secret as the External Secrets Operator 1.x would: the keys of the sources, renamed, go into the
 * templates, of which the forms that are known here are evaluated.
 */
export function writeAdditionalSecret(manifests: ManifestSet, secrets: ClusterSecrets, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { spec } of manifests.all('ExternalSecret')) {
    const values = new Map<string, Buffer>();
    for (const { extract, rewrite } of spec.dataFrom ?? []) {
      const [{ regexp }] = rewrite;
      for (const [key, value] of secrets.secret(extract.key as string))
        values.set(key.replace(new RegExp(regexp.source as string), regexp.target as string), value);
    }
    for (const { secretKey, remoteRef } of spec.data ?? [])
      values.set(secretKey as string, secrets.value(remoteRef.key as string, remoteRef.property as string));
    for (const [file, template] of Object.entries(spec.target.template.data as Record<string, string>))
      writeFileSync(join(folder, file), evaluated(template, values));
  }
}

const RANGE =
  /^\{\{ range \$key, \$text := \. \}\}\{\{ if and \(hasPrefix "([^"]+)" \$key\) \(hasSuffix "([^"]+)" \$key\) \}\}\{\{ \$text \}\}\{\{ "\\n" \}\}\{\{ end \}\}\{\{ end \}\}/;
const KEY = /^\{\{ index \. "([^"]+)" \}\}/;
const LINE_END = /^\{\{ "\\n" \}\}/;

function evaluated(template: string, values: ReadonlyMap<string, Buffer>): Buffer {
  const parts: Buffer[] = [];
  for (let rest = template; rest !== '';) {
    const [range, prefix, suffix] = RANGE.exec(rest) ?? [];
    const [key, name] = KEY.exec(rest) ?? [];
    const [lineEnd] = LINE_END.exec(rest) ?? [];
    const found = range ?? key ?? lineEnd;
    if (found === undefined) throw new Error(`a template is not understood: ${rest}`);
    if (range !== undefined) {
      const keys = [...values.keys()].filter((one) => one.startsWith(prefix) && one.endsWith(suffix)).sort();
      for (const one of keys) parts.push(values.get(one) as Buffer, Buffer.from('\n'));
    } else if (key !== undefined) {
      const value = values.get(name);
      if (!value) throw new Error(`no ${name} for the template`);
      parts.push(value);
    } else parts.push(Buffer.from('\n'));
    rest = rest.slice(found.length);
  }
  return Buffer.concat(parts);
}
