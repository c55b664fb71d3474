import { KeyObject } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Manifest } from '../synth';
import { ClusterSecrets } from './cluster-secrets';
import { ask, askWithToken } from './http';
import { ManifestSet } from './manifest-set';
import { inMounts } from './pod';
import { ClassArchive, JavaProcess, SMALL_JVM } from './jvm';
import { keycloakHome } from './releases';
import { ServiceNetwork } from './service-network';
import { privateKeyPem, rsaKey } from './x509';

/** The administrator that the suite makes, and its secret; nobody reaches the server from outside. */
const ADMIN = 'administrator';

/**
 * The real Keycloak of a Keycloak resource, with the realms of its KeycloakRealmImports.
 *
 * Different from the manifests are the bind address, a database in memory instead of PostgreSQL, and that the suite
 * chooses the key that each realm signs with, so that it can sign what the realm never would.
 */
export class KeycloakServer {
  private readonly keycloak: Manifest;
  private readonly keys = new Map<string, KeyObject>();
  private process?: JavaProcess;

  public constructor(
    private readonly manifests: ManifestSet,
    private readonly secrets: ClusterSecrets,
    private readonly network: ServiceNetwork,
    private readonly folder: string,
  ) {
    this.keycloak = manifests.one('Keycloak');
  }

  /**
   * Starts Keycloak.
   *
   * @param others realms of the suite's own
   */
  public async start(others: readonly object[] = []): Promise<void> {
    const imports = this.manifests.all('KeycloakRealmImport');
    const data = join(this.folder, 'data');
    mkdirSync(join(data, 'import'), { recursive: true });
    for (const realm of [...imports.map(({ spec }) => spec.realm), ...(others as Manifest['spec'][])]) {
      const file = join(data, 'import', `${realm.realm}-realm.json`);
      writeFileSync(file, JSON.stringify({ ...realm, components: await this.signingKey(realm.realm) }));
    }
    const home = await keycloakHome();
    const { tlsSecret } = this.keycloak.spec.http;
    for (const key of ['tls.crt', 'tls.key']) writeFileSync(join(this.folder, key), this.secrets.value(tlsSecret, key));
    const options = [
      `--hostname=${this.keycloak.spec.hostname.hostname}`,
      `--hostname-strict=${this.keycloak.spec.hostname.strict}`,
      '--http-enabled=false',
      `--http-host=${this.network.address(`${this.keycloak.metadata.name}-service`)}`,
      `--https-certificate-file=${join(this.folder, 'tls.crt')}`,
      `--https-certificate-key-file=${join(this.folder, 'tls.key')}`,
      '--cache=local',
    ];
    const start = [join(home, 'bin', 'kc.sh'), 'start', '--optimized', '--import-realm', ...options];
    const mounts = [{ source: data, target: join(home, 'data'), readOnly: false }];
    const archive = new ClassArchive('keycloak', home);
    const server = {
      name: 'Keycloak',
      command: inMounts(mounts, start),
      env: {
        ...placeholders(imports, this.secrets),
        // UTF-8 as in Keycloak's image: in the C locale, any letter outside ASCII in a client secret passes for any other.
        LANG: 'C.UTF-8',
        KC_BOOTSTRAP_ADMIN_CLIENT_ID: ADMIN,
        KC_BOOTSTRAP_ADMIN_CLIENT_SECRET: ADMIN,
        JAVA_OPTS: ['-Xmx256m', '-XX:MaxMetaspaceSize=256m', ...SMALL_JVM, ...archive.usingOrMaking].join(' '),
      },
      log: join(this.folder, 'keycloak.log'),
    };
    this.process = new JavaProcess(server, archive);
  }

  /** Waits until every realm of the manifests answers. */
  public async ready(): Promise<void> {
    if (!this.process) throw new Error('Keycloak was not started');
    await this.process.ready(async () => {
      const answers = await Promise.all(
        [...this.keys.keys()].map((realm) => ask(this.realmUri(realm), this.authority)),
      );
      return answers.every(({ status }) => status === 200);
    }, 120);
  }

  /** An access token by the client credentials grant. */
  public async token(realm: string, clientId: string, clientSecret: string): Promise<string> {
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const { status, body } = await ask(`${this.realmUri(realm)}/protocol/openid-connect/token`, this.authority, form);
    if (status !== 200) throw new Error(`no token for ${clientId} of realm ${realm}: ${status} ${body}`);
    return (JSON.parse(body) as { access_token: string }).access_token;
  }

  /** Gives a client another secret, as an administrator would. */
  public async setClientSecret(realm: string, clientId: string, secret: string): Promise<void> {
    const token = await this.token('master', ADMIN, ADMIN);
    const { hostname } = this.keycloak.spec.hostname;
    const clients = `${hostname}/admin/realms/${realm}/clients`;
    const found = await askWithToken(`${clients}?clientId=${encodeURIComponent(clientId)}`, token, this.authority);
    if (found.status !== 200) throw new Error(`no clients of realm ${realm}: ${found.status} ${found.body}`);
    const [client] = JSON.parse(found.body) as { id: string }[];
    const changed = await askWithToken(`${clients}/${client.id}`, token, this.authority, { ...client, secret });
    if (changed.status !== 204) throw new Error(`no new secret for ${clientId}: ${changed.status} ${changed.body}`);
  }

  /** The key that a realm signs with. */
  public key(realm: string): KeyObject {
    const found = this.keys.get(realm);
    if (!found) throw new Error(`no realm ${realm}`);
    return found;
  }

  /** What Keycloak complained about. */
  public complaints(): string {
    return this.process?.complaints() ?? '';
  }

  public async stop(): Promise<void> {
    await this.process?.stop();
  }

  private get authority(): string {
    return this.secrets.text(this.keycloak.spec.http.tlsSecret, 'ca.crt');
  }

  private realmUri(realm: string): string {
    return `${this.keycloak.spec.hostname.hostname}/realms/${realm}`;
  }

  private async signingKey(realm: string): Promise<Record<string, unknown>> {
    const key = await rsaKey();
    this.keys.set(realm, key);
    const privateKey = privateKeyPem(key).replace(/-----[^-]+-----|\n/g, '');
    const config = {
      privateKey: [privateKey],
      algorithm: ['RS256'],
      priority: ['1000'],
      enabled: ['true'],
      active: ['true'],
    };
    return { 'org.keycloak.keys.KeyProvider': [{ name: 'rsa', providerId: 'rsa', config }] };
  }
}

/** Keycloak operator 26: the placeholders of an import are variables of the job that imports it. */
function placeholders(imports: readonly Manifest[], secrets: ClusterSecrets): Record<string, string> {
  const all = imports.flatMap(({ spec }) =>
    Object.entries((spec.placeholders ?? {}) as Record<string, Manifest['spec']>),
  );
  return Object.fromEntries(all.map(([name, { secret }]) => [name, secrets.text(secret.name, secret.key)]));
}
