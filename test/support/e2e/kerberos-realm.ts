import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServerProcess } from '../servers/server-process';
import { until } from '../servers/until';
import { accepts } from './kafka-broker';

const REALM = 'EXAMPLE.COM';
const HOST = '127.0.0.1';
const PORT = 8888;

/** What the tests with Kerberos need of Debian, clients included. */
export const KERBEROS_PACKAGES = 'krb5-kdc krb5-admin-server krb5-user kcat libsasl2-modules-gssapi-mit';

const PROGRAMS = ['krb5kdc', 'kadmin.local', 'kdb5_util', 'kinit', 'kcat'];
const PATH = `${process.env.PATH}:/usr/sbin`;

/** Whether the machine has what the packages hold. */
export function hasKerberos(): boolean {
  const script = [...PROGRAMS.map((program) => `command -v ${program}`), 'ls /usr/lib/*/sasl2/libgssapiv2.so'];
  return spawnSync('sh', ['-c', script.join(' && ')], { env: { PATH } }).status === 0;
}

/** A real Kerberos realm on the loopback interface. */
export class KerberosRealm {
  private readonly env: Record<string, string>;
  private process?: ServerProcess;

  public constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.env = { KRB5_CONFIG: this.configuration, KRB5_KDC_PROFILE: join(folder, 'kdc.conf') };
  }

  /** The file that tells clients where the realm is. */
  public get configuration(): string {
    return join(this.folder, 'krb5.conf');
  }

  /** Makes the realm and starts its server. */
  public async start(): Promise<void> {
    writeFileSync(
      this.configuration,
      [
        '[libdefaults]',
        ` default_realm = ${REALM}`,
        ' dns_lookup_kdc = false',
        ' dns_canonicalize_hostname = false',
        ' rdns = false',
        ' udp_preference_limit = 1',
        '[realms]',
        ` ${REALM} = {`,
        `  kdc = ${HOST}:${PORT}`,
        ' }',
        '',
      ].join('\n'),
    );
    writeFileSync(
      this.env.KRB5_KDC_PROFILE,
      [
        '[kdcdefaults]',
        ` kdc_listen = ${HOST}:${PORT}`,
        ` kdc_tcp_listen = ${HOST}:${PORT}`,
        '[realms]',
        ` ${REALM} = {`,
        `  database_name = ${join(this.folder, 'principal')}`,
        `  key_stash_file = ${join(this.folder, 'stash')}`,
        `  acl_file = ${join(this.folder, 'kadm5.acl')}`,
        ' }',
        '',
      ].join('\n'),
    );
    this.run('kdb5_util', '-r', REALM, 'create', '-s', '-W', '-P', 'realm');
    this.process = new ServerProcess({
      name: 'krb5kdc',
      command: ['krb5kdc', '-n', '-r', REALM],
      env: { ...this.env, PATH },
      log: join(this.folder, 'krb5kdc.log'),
    });
    await until('the KDC is to answer', () => accepts(HOST, PORT));
  }

  /** A keytab with the keys of a new principal. */
  public keytab(principal: string): Buffer {
    const file = join(this.folder, `${principal.replace(/\W/g, '-')}.keytab`);
    this.run('kadmin.local', '-r', REALM, '-q', `addprinc -randkey ${principal}`);
    this.run('kadmin.local', '-r', REALM, '-q', `ktadd -k ${file} ${principal}`);
    return readFileSync(file);
  }

  public async stop(): Promise<void> {
    await this.process?.stop();
  }

  private run(program: string, ...args: string[]): void {
    execFileSync(program, args, { env: { ...this.env, PATH }, stdio: 'pipe' });
  }
}
