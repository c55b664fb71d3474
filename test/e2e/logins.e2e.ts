import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KafkaConnection } from '../../lib';
import { LOGIN_MODES } from '../../lib/connection/login-mode';
import { CACHE } from '../support/e2e/cache';
import { SecretValues, whileSecretHas } from '../support/e2e/changed-secret';
import { CLIENT_SYSTEMS, SystemClient, manifestsOf } from '../support/e2e/client-systems';
import { ClusterSecrets } from '../support/e2e/cluster-secrets';
import { JavaProbe } from '../support/e2e/java-probe';
import { KerberosRealm } from '../support/e2e/kerberos-realm';
import { KeycloakServer } from '../support/e2e/keycloak-server';
import {
  AWKWARD_PASSWORD,
  BrokerFiles,
  HOST,
  PLAIN_PASSWORD,
  TOKENS,
  USERS,
  connect,
  listeners,
} from '../support/e2e/login-modes';
import { ManifestSet } from '../support/e2e/manifest-set';
import { SelfRunKafka } from '../support/e2e/self-run-kafka';
import { ServiceNetwork } from '../support/e2e/service-network';
import { Logins, SystemLogins } from '../support/e2e/system-logins';
import { wrongCredential } from '../support/e2e/wrong-credential';
import { KeyAndCertificate, certify, ecKey, privateKeyPem, rsaKey } from '../support/e2e/x509';
import { progress } from '../support/servers/progress';
import { until } from '../support/servers/until';
import { testChart } from '../support/synth';

/** Where the folders of running clusters are: nothing that a pod mounts hides them. */
const RUNS = process.env.E2E_RUN ?? join(CACHE, 'runs');
const DAY = 86_400_000;
const TOPIC = 'greetings';
const NAMESPACE = 'flink';

/** What the suite knows of a Keycloak that somebody else runs. */
const KEYCLOAK = new ManifestSet([
  {
    apiVersion: 'k8s.keycloak.org/v2beta1',
    kind: 'Keycloak',
    metadata: { name: 'keycloak', namespace: NAMESPACE },
    spec: { hostname: { hostname: new URL(TOKENS).origin, strict: true }, http: { tlsSecret: 'keycloak-tls' } },
  },
]);
const REALM = {
  realm: 'kafka',
  enabled: true,
  clients: Object.values(USERS).map(({ name, secret }) => ({
    clientId: name,
    secret: secret.alphanumeric ? PLAIN_PASSWORD : AWKWARD_PASSWORD,
    serviceAccountsEnabled: true,
    standardFlowEnabled: false,
  })),
};

/** What clients of Kerberos say whose keytab is another one's. */
const NO_TICKET = { Java: /LoginException/, librdkafka: /kinit|[Kk]eytab|GSSAPI/ };

/** What the Secret of somebody may hold instead. */
interface WrongSecret {
  readonly name: string;
  readonly errors: Readonly<Record<string, RegExp>>;
  readonly values: () => Promise<SecretValues>;
}

/** Every client of every system with the settings that are rendered for it, on one Kafka with a listener for each way. */
describe('a Kafka that somebody else runs', () => {
  mkdirSync(RUNS, { recursive: true });
  const folder = mkdtempSync(join(RUNS, 'logins-'));
  const stops: (() => Promise<void>)[] = [];
  let secrets: ClusterSecrets;
  let keycloak: KeycloakServer;
  let otherKeytab: Buffer;

  beforeAll(async () => {
    const network = new ServiceNetwork(KEYCLOAK);
    const address = network.add([HOST]);
    network.write();
    const [ca, tokens] = [await authority('kafka'), await authority('tokens')];
    secrets = await ClusterSecrets.of(new ManifestSet([]));
    const realm = new KerberosRealm(join(folder, 'kdc'));
    stops.push(() => realm.stop());
    await realm.start();
    const keytab = join(folder, 'kafka.keytab');
    writeFileSync(keytab, realm.keytab(`kafka/${HOST}`));
    otherKeytab = realm.keytab('other');
    const tokensCa = join(folder, 'tokens.crt');
    writeFileSync(tokensCa, tokens.certificate);
    await putSecrets(ca, tokens, realm);

    mkdirSync(join(folder, 'keycloak'));
    keycloak = new KeycloakServer(KEYCLOAK, secrets, network, join(folder, 'keycloak'));
    stops.push(() => keycloak.stop());
    await keycloak.start([REALM]);
    const probe = await JavaProbe.start(folder, []);
    stops.push(() => probe.stop());
    await startKafka(probe, address, ca, { clientsCa: ca.certificate, tokensCa, keytab }, realm);
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function putSecrets(ca: KeyAndCertificate, tokens: KeyAndCertificate, realm: KerberosRealm): Promise<void> {
    const pair = async (issuer: KeyAndCertificate, name: string, dnsNames: string[] = []) => {
      const usages = ['digital signature', 'key encipherment', dnsNames.length > 0 ? 'server auth' : 'client auth'];
      const content = { subject: [['CN', name]] as const, dnsNames, usages, ...validity() };
      const { certificate, key } = certify(content, await rsaKey(), issuer);
      return { 'tls.crt': certificate, 'tls.key': privateKeyPem(key), 'ca.crt': issuer.certificate };
    };
    secrets.put('kafka-ca', { 'ca.crt': ca.certificate });
    secrets.put('keycloak-ca', { 'ca.crt': tokens.certificate });
    secrets.put('keycloak-tls', await pair(tokens, 'keycloak', [new URL(TOKENS).hostname]));
    secrets.put('client', await pair(ca, 'me'));
    secrets.put('registry-tls', await pair(ca, 'registry', ['ksqldb']));
    secrets.put('login', { password: AWKWARD_PASSWORD });
    secrets.put('plain-login', { password: PLAIN_PASSWORD });
    secrets.put('kerberos', { 'me.keytab': realm.keytab('me') });
    secrets.put('realm', { 'krb5.conf': readFileSync(realm.configuration) });
  }

  async function startKafka(
    probe: JavaProbe,
    address: string,
    ca: KeyAndCertificate,
    files: BrokerFiles,
    realm: KerberosRealm,
  ): Promise<void> {
    const content = {
      subject: [['CN', HOST]] as const,
      dnsNames: [HOST],
      usages: ['digital signature', 'server auth'],
    };
    const users = [
      [USERS.any.name, AWKWARD_PASSWORD],
      [USERS.plain.name, PLAIN_PASSWORD],
    ];
    const kafka = new SelfRunKafka(
      {
        host: HOST,
        address,
        certificate: certify({ ...content, ...validity() }, await ecKey(), ca),
        listeners: listeners(files),
        scram: ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) =>
          users.map(([name, password]) => `${mechanism}=[name=${name},password=${password}]`),
        ),
        systemProperties: [`-Djava.security.krb5.conf=${realm.configuration}`],
      },
      join(folder, 'kafka'),
    );
    stops.push(() => kafka.stop());
    await kafka.start();
    await kafka.ready(probe);
    await probe.must(kafka.adminSettings, { operation: 'createTopics', topics: [{ name: TOPIC }] });
    const principals = ['CN=me', USERS.any.name, USERS.plain.name].map((name) => `User:${name}`);
    const right = {
      type: 'TOPIC',
      name: TOPIC,
      operation: 'WRITE',
      pattern: 'LITERAL',
      permission: 'ALLOW',
      host: '*',
    };
    const acls = principals.map((principal) => ({ ...right, principal }));
    await probe.must(kafka.adminSettings, { operation: 'createAcls', acls });
  }

  describe.each(LOGIN_MODES)('by %s', (mode) => {
    const systems = CLIENT_SYSTEMS.filter(({ support }) => support.refused[mode] === undefined);
    const names = systems.map(({ name }) => name);
    const connections = Object.values(USERS).map((user) => connect(testChart(NAMESPACE), mode, user));
    const wrong = connections.flatMap(wrongOf);
    let all: SystemLogins;
    let kinds: ReadonlyMap<string, Readonly<Record<string, SystemClient['kind']>>>;
    let right: ReadonlyMap<string, Logins>;
    let wrongly: ReadonlyMap<string, Logins>;

    beforeAll(async () => {
      const manifests = systems.map((system) => {
        const user = system.plainSecrets ? USERS.plain : USERS.any;
        return [system, manifestsOf(system, (chart) => connect(chart, mode, user), NAMESPACE)] as const;
      });
      all = new SystemLogins(new Map(manifests), secrets, join(folder, mode.replace(/\W+/g, '-')), TOPIC);
      await all.start();
      kinds = all.kinds;
      if (mode === 'SASL OAUTHBEARER') {
        await keycloak.ready();
        // The broker asks for the keys again when it sees a token.
        await until('the broker is to know the keys of the realm', () => all.isLetIn('Java'));
      }
      right = await all.all();
      let attempt = async () => {
        all.recreate();
        return all.all();
      };
      for (const { values } of wrong) {
        const inner = attempt;
        const changed = await values();
        attempt = () => whileSecretHas(secrets, changed, inner);
      }
      if (wrong.length > 0) wrongly = await attempt();
      progress(`${[...right.values()].flatMap((logins) => Object.keys(logins)).length} clients by ${mode}`);
    });

    afterAll(() => all?.stop());

    test.each(names)('%s logs in', (name) => {
      const logins = right.get(name) ?? {};
      expect(logins).toEqual(Object.fromEntries(Object.keys(kinds.get(name) ?? {}).map((client) => [client, ''])));
    });

    test.each(names)('%s says nothing that no client knows', async (name) => {
      expect(await all.unknownSettings(name)).toEqual([]);
    });

    for (const { name, errors } of wrong.slice(0, 1)) {
      test.each(names)(`%s fails with ${name}`, (system) => {
        const { [system]: clients } = Object.fromEntries(kinds);
        const refused = Object.entries(clients).map(([client, kind]) => [client, expect.stringMatching(errors[kind])]);
        expect(wrongly.get(system)).toEqual(Object.fromEntries(refused));
      });
    }
  });

  /** What somebody may have instead, and how each kind of client is refused then; nothing where nobody asks. */
  function wrongOf(connection: KafkaConnection): WrongSecret[] {
    if (connection.credentials._details.kind === 'kerberos') {
      const values = () => Promise.resolve({ secretName: 'kerberos', values: { 'me.keytab': otherKeytab } });
      return [{ name: 'the keytab of somebody else', errors: NO_TICKET, values }];
    }
    const { name, errors, secret: values } = wrongCredential(connection) ?? {};
    return name !== undefined && errors && values ? [{ name, errors, values }] : [];
  }
});

async function authority(name: string): Promise<KeyAndCertificate> {
  const usages = ['cert sign', 'crl sign'];
  return certify({ subject: [['CN', name]], isCa: true, usages, ...validity() }, await ecKey());
}

function validity() {
  return { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 30 * DAY) };
}
