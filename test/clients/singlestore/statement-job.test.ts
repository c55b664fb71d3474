import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { TrustedCertificates } from '../../../lib';
import { FILL_STATEMENT } from '../../../lib/clients/singlestore/fill-statement';
import { find, synth } from '../../support/synth';
import { environment, presentFiles, unsafeties } from '../world';
import { LOGINS, cluster, connect, exported, pipeline } from './world';

const both = (chart: Chart) => {
  const engine = cluster(chart, { trust: TrustedCertificates.allFromSecret('sdb-tls') });
  const ends = connect(chart, LOGINS.plain);
  pipeline(chart, engine, ends);
  exported(chart, engine, ends);
};

test('the Job is safe, and has the files that its variables and its statement speak of', () => {
  const manifests = synth(both);
  for (const name of ['orders', 'totals']) {
    const job = find(manifests, 'Job', name);
    expect(unsafeties(job)).toEqual([]);
    expect(environment(job)).toEqual({
      ENGINE_HOST: 'svc-sdb-ddl.flink.svc',
      ENGINE_PORT: '3306',
      ENGINE_USER: 'pipelines',
      DATABASE: 'shop',
      LOGIN_FILE: '/opt/sdb-pipelines/password',
      CA_FILE: '/opt/sdb-tls/ca.crt',
    });
    const { containers, ...pod } = job.spec.template.spec;
    const mounts = containers[0].volumeMounts.filter(
      ({ name: volume }: { name: string }) => volume.startsWith('sdb') || volume.startsWith('kafka'),
    );
    const secrets = [{ ...containers[0], volumeMounts: mounts }];
    const ofSecrets = { ...job, spec: { template: { spec: { ...pod, containers: secrets } } } };
    expect(presentFiles(ofSecrets).sort()).toEqual([
      '/opt/kafka-login/password',
      '/opt/sdb-pipelines/password',
      '/opt/sdb-tls/ca.crt',
    ]);
    expect(pod.volumes).toContainEqual({ name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } });
    expect(pod.volumes).toContainEqual({ name: 'statement', configMap: { name } });
  }
});

test('a pipeline is tried again, an export whose rows may have been written is not', () => {
  const manifests = synth(both);
  const policy = (name: string) => {
    const { backoffLimit, template } = find(manifests, 'Job', name).spec;
    return [backoffLimit, template.spec.restartPolicy];
  };
  expect(policy('orders')).toEqual([100, 'OnFailure']);
  expect(policy('totals')).toEqual([0, 'Never']);
});

test('certificate and host name of the engine are checked, and no argument holds a secret', () => {
  const [container] = find(synth(both), 'Job', 'orders').spec.template.spec.containers;
  const script = container.command[2] as string;
  expect(script).toMatch(/--ssl-ca="\$CA_FILE" --ssl-verify-server-cert/);
  expect(script).toMatch(/^MYSQL_PWD=\$\(cat "\$LOGIN_FILE"\)$/m);
  expect(script).not.toMatch(/--password/);
});

test('fails without a secret in the log, although the client repeats the statement', () => {
  const folder = mkdtempSync(join(tmpdir(), 'job-'));
  try {
    const client = `#!/bin/sh
case "$*" in *--execute=*) exit 0 ;; esac
sent=$(cat)
printf -- '--------------\\n%s\\n--------------\\nERROR 1064 (42000) at line 1: no such thing near %s\\n' "$sent" "'$sent'" >&2
exit 1
`;
    writeFileSync(join(folder, 'mariadb'), client, { mode: 0o755 });
    writeFileSync(join(folder, 'login'), 'engine-secret');
    writeFileSync(join(folder, 'fill.awk'), FILL_STATEMENT);
    writeFileSync(join(folder, 'statement.sql'), `SELECT '\${${join(folder, 'login')}}'`);
    const [container] = find(synth(both), 'Job', 'orders').spec.template.spec.containers;
    const script = (container.command[2] as string)
      .replace(/\/statement\//g, `${folder}/`)
      .replace(/\/tmp\/(?=statement|errors)/g, `${folder}/filled-`);
    const variables = ['ENGINE_HOST', 'ENGINE_PORT', 'ENGINE_USER', 'DATABASE', 'CA_FILE'].map((name) => [name, 'x']);
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', script], {
      encoding: 'utf8',
      env: {
        ...Object.fromEntries(variables),
        LOGIN_FILE: join(folder, 'login'),
        PATH: `${folder}:${process.env.PATH}`,
      },
    });
    expect({ status, stdout, stderr }).toEqual({
      status: 1,
      stdout: '',
      stderr: 'ERROR 1064 (42000) at line 1: no such thing\n',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('nobody reaches the pods of the Job', () => {
  const manifests = synth(both);
  const { spec } = find(manifests, 'NetworkPolicy', 'orders');
  expect(spec.ingress).toBeUndefined();
  expect(find(manifests, 'Job', 'orders').spec.template.metadata.labels).toEqual(spec.podSelector.matchLabels);
});
