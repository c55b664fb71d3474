import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import {
  JavaClientSettings,
  KafkaConnection,
  SaslMechanism,
  SecurityProtocol,
  SingleStoreKerberosScenario,
} from '../../../lib';
import { CACHE } from '../../support/e2e/cache';
import { ClusterSecrets } from '../../support/e2e/cluster-secrets';
import { JavaProbe, Settings } from '../../support/e2e/java-probe';
import { KafkaBroker } from '../../support/e2e/kafka-broker';
import { askKcat } from '../../support/e2e/kcat';
import { KerberosRealm } from '../../support/e2e/kerberos-realm';
import { KeycloakServer } from '../../support/e2e/keycloak-server';
import { askLibrdkafka } from '../../support/e2e/librdkafka-client';
import { ManifestSet } from '../../support/e2e/manifest-set';
import { PlainOperation } from '../../support/e2e/one-shot-client';
import { scenario } from '../../support/e2e/scenarios';
import { SelfRunKafka, kerberosService, plainUsers, saslListener } from '../../support/e2e/self-run-kafka';
import { ServiceNetwork } from '../../support/e2e/service-network';
import { Sent, engineSettings, runJob, writeAdditionalSecret } from '../../support/e2e/singlestore-job';
import { Acl, aclsOf } from '../../support/e2e/strimzi-emulation';
import { KeyAndCertificate, certify, ecKey } from '../../support/e2e/x509';
import { readStatement } from '../../support/singlestore/statement';

/** Where the folders of running clusters are: nothing that a pod mounts hides them. */
const RUNS = process.env.E2E_RUN ?? join(CACHE, 'runs');

const DAY = 86_400_000;

/** A password that every language between the Secret and librdkafka has a use for. */
const PASSWORD = `p'a"s\\s $\{w} %&;#é`;

const MECHANISMS: Record<string, SaslMechanism> = {
  'singlestore-sasl-plain': SaslMechanism.PLAIN,
  'singlestore-confluent-cloud': SaslMechanism.PLAIN,
  'singlestore-scram-sha-256': SaslMechanism.SCRAM_SHA_256,
  'singlestore-kerberos': SaslMechanism.GSSAPI,
};

/** What is wrong with what the engine shows, and how librdkafka says that it was refused. */
const WRONG: Record<string, [string, (settings: Settings, folder: string) => Settings, RegExp]> = {
  'singlestore-ssl': [
    'with trust in another authority',
    (s, folder) => ({ ...s, 'ssl.ca.location': join(folder, 'authorities.crt') }),
    /certificate verify failed/,
  ],
  'singlestore-mtls': [
    'without a certificate',
    (s) => Object.fromEntries(Object.entries(s).filter(([name]) => !/^ssl\.(certificate|key)\./.test(name))),
    /SSL|certificate/,
  ],
  'singlestore-oauth': [
    'with another client secret',
    (s) => ({ ...s, 'sasl.oauthbearer.client.secret': 'another' }),
    /[Uu]nauthorized|OIDC|token/,
  ],
  'singlestore-kerberos': [
    'with the keytab of somebody else',
    (s, folder) => ({ ...s, 'sasl.kerberos.keytab': join(folder, 'other.keytab') }),
    /kinit|Keytab|keytab|GSSAPI/,
  ],
};
const WRONG_PASSWORD: (typeof WRONG)[string] = [
  'with another password',
  (s) => ({ ...s, 'sasl.password': 'another' }),
  /[Aa]uthentication/,
];

/** The engine reads without a group. librdkafka's consumer for Python has to be a member of one, and may be of this. */
const GROUP = 'stand-in';

/** The Jobs send their statements, and librdkafka logs in as the engine would by them: `npm run test:e2e:slow`. */
describe(scenario(), () => {
  const manifests = ManifestSet.read(scenario());
  const isOurs = manifests.all('Kafka').length > 0;
  const usesKerberos = MECHANISMS[scenario()] === SaslMechanism.GSSAPI;
  let folder: string;
  let engineFiles: { readonly folder: string; readonly authorities: string };
  let secrets: ClusterSecrets;
  let probe: JavaProbe;
  let admin: Settings;
  let sent: Record<'orders-pipeline' | 'totals-export', Sent>;
  const stops: (() => Promise<void>)[] = [];

  const settingsOf = (job: keyof typeof sent) => engineSettings(sent[job].sql, engineFiles);
  const kerberosEnv = () => ({
    KRB5_CONFIG: join(folder, 'kdc', 'krb5.conf'),
    KRB5CCNAME: `FILE:${join(folder, 'tickets')}`,
  });
  const ask = (settings: Settings, operation: PlainOperation) =>
    usesKerberos
      ? Promise.resolve(askKcat(settings, operation, kerberosEnv()))
      : askLibrdkafka([], { settings, secretFiles: {}, formEncoded: [] }, operation, GROUP);

  beforeAll(async () => {
    mkdirSync(RUNS, { recursive: true });
    folder = mkdtempSync(join(RUNS, `${scenario()}-`));
    secrets = await ClusterSecrets.of(manifests);
    for (const name of ['sdb-cluster-pipelines', 'singlestore-login'])
      secrets.put(name, { password: 'engine-password' });
    const company = await authority();
    for (const name of ['company-ca', 'sdb-cluster-tls', 'singlestore-bundle'])
      secrets.put(name, { 'ca.crt': company.certificate });
    secrets.put('kafka-login', { password: PASSWORD });
    secrets.put('confluent-cloud', { 'api-secret': PASSWORD });

    const network = new ServiceNetwork(manifests);
    const address = network.add(['kafka-1.example.com', 'pkc-00000.eu-west-1.aws.confluent.cloud']);
    // A broker that is down: a client goes to the other one.
    network.add(['kafka-2.example.com']);
    network.write();
    if (isOurs) await startOurs(network);
    else await startExternal(address, company);

    engineFiles = { folder: join(folder, 'engine'), authorities: join(folder, 'authorities.crt') };
    writeFileSync(engineFiles.authorities, company.certificate);
    writeAdditionalSecret(manifests, secrets, engineFiles.folder);
    sent = {
      'orders-pipeline': runJob(manifests, 'orders-pipeline', secrets, join(folder, 'pipeline')),
      'totals-export': runJob(manifests, 'totals-export', secrets, join(folder, 'export')),
    };
    await probe.must(admin, { operation: 'produce', topic: 'orders', values: ['{"id": "1"}'] });
  });

  afterAll(async () => {
    await probe?.stop();
    for (const stop of stops.reverse()) await stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startOurs(network: ServiceNetwork): Promise<void> {
    if (manifests.all('Keycloak').length > 0) {
      mkdirSync(join(folder, 'keycloak'));
      const keycloak = new KeycloakServer(manifests, secrets, network, join(folder, 'keycloak'));
      stops.push(() => keycloak.stop());
      await keycloak.start();
      await keycloak.ready();
    }
    const broker = new KafkaBroker(manifests, secrets, network, join(folder, 'kafka'));
    stops.push(() => broker.stop());
    probe = await JavaProbe.start(folder, []);
    await broker.start();
    await broker.ready(probe);
    await broker.reconcile(probe);
    admin = broker.operatorSettings;
    const principals = new Set(
      manifests.all('KafkaUser').flatMap((user) => aclsOf(user).map(({ principal }) => principal)),
    );
    const acls = [...principals].map((principal) => right(principal, 'GROUP', 'READ', GROUP));
    if (acls.length > 0) await probe.must(admin, { operation: 'createAcls', acls });
  }

  async function startExternal(address: string, company: KeyAndCertificate): Promise<void> {
    const { brokers } = readStatement(manifests.one('ConfigMap', 'orders-pipeline').data['statement.sql'] as string);
    const [host, port] = brokers.split(',')[0].split(':');
    const mechanism = MECHANISMS[scenario()];
    const user = scenario() === 'singlestore-confluent-cloud' ? 'CLUSTER-API-KEY' : 'singlestore';
    const certificate = certify(
      {
        subject: [['CN', host]],
        dnsNames: [host],
        usages: ['digital signature', 'server auth'],
        ...validity(),
      },
      await ecKey(),
      company,
    );
    const realm = usesKerberos ? await startRealm(host) : undefined;
    const logins: Partial<Record<SaslMechanism, string>> = {
      [SaslMechanism.PLAIN]: plainUsers({ [user]: PASSWORD }),
      [SaslMechanism.GSSAPI]: kerberosService(host, join(folder, 'kafka.keytab')),
    };
    const kafka = new SelfRunKafka(
      {
        host,
        address,
        certificate,
        listeners: {
          CLIENT: {
            port: Number(port),
            protocol: SecurityProtocol.SASL_SSL,
            settings: saslListener(mechanism, logins[mechanism]),
          },
        },
        scram: mechanism.startsWith('SCRAM') ? [`${mechanism}=[name=${user},password=${PASSWORD}]`] : [],
        systemProperties: realm ? [`-Djava.security.krb5.conf=${realm.configuration}`] : [],
      },
      join(folder, 'kafka'),
    );
    stops.push(() => kafka.stop());
    const mounts = realm
      ? ['singlestore-kerberos', 'company-ca'].map((name) => {
          const source = join(folder, 'secrets', name);
          mkdirSync(source, { recursive: true });
          for (const [key, value] of secrets.secret(name)) writeFileSync(join(source, key), value);
          return { source, target: `/opt/${name}`, readOnly: true };
        })
      : [];
    probe = await JavaProbe.start(folder, mounts, realm ? [`-Djava.security.krb5.conf=${realm.configuration}`] : []);
    await kafka.start();
    await kafka.ready(probe);
    admin = kafka.adminSettings;
    await probe.must(admin, { operation: 'createTopics', topics: [{ name: 'orders' }, { name: 'order-totals' }] });
    const may = (type: string, operation: string, name: string) => right(`User:${user}`, type, operation, name);
    const acls = [may('TOPIC', 'READ', 'orders'), may('TOPIC', 'WRITE', 'order-totals'), may('GROUP', 'READ', GROUP)];
    await probe.must(admin, { operation: 'createAcls', acls });
  }

  async function startRealm(host: string): Promise<KerberosRealm> {
    const realm = new KerberosRealm(join(folder, 'kdc'));
    stops.push(() => realm.stop());
    await realm.start();
    writeFileSync(join(folder, 'kafka.keytab'), realm.keytab(`kafka/${host}`));
    writeFileSync(join(folder, 'other.keytab'), realm.keytab('other'));
    secrets.put('singlestore-kerberos', { 'user.keytab': realm.keytab('singlestore'), 'krb5.conf': '' });
    return realm;
  }

  test('a Job asks until the engine answers, and shows its password to nobody', () => {
    const { args } = sent['orders-pipeline'];
    expect(args).toMatch(/^--ssl-verify-server-cert$/m);
    expect(args).not.toContain('engine-password');
  });

  test('a pipeline reads its topic', async () => {
    const answer = await ask(settingsOf('orders-pipeline'), { operation: 'consume', topic: 'orders' });
    expect(answer).toEqual({ records: ['{"id": "1"}'], errors: [] });
  });

  test('an export writes to its topic', async () => {
    const operation: PlainOperation = { operation: 'produce', topic: 'order-totals', values: ['one'] };
    expect((await ask(settingsOf('totals-export'), operation)).errors).toEqual([]);
    const found = await probe.must(admin, { operation: 'consume', topic: 'order-totals', count: 1 });
    expect(found).toEqual(['one']);
  });

  const [wrong, change, refusal] = WRONG[scenario()] ?? WRONG_PASSWORD;
  test(`fails ${wrong}`, async () => {
    const settings = change(settingsOf('orders-pipeline'), folder);
    if (usesKerberos) rmSync(join(folder, 'tickets'), { force: true });
    const { records, errors } = await ask(settings, { operation: 'consume', topic: 'orders' });
    expect(records).toBeUndefined();
    expect(errors.join('\n')).toMatch(refusal);
  });

  if (usesKerberos) {
    const connection = () => {
      const app = new SingleStoreKerberosScenario(Testing.app());
      const found = app.node.findAll().find((construct) => construct instanceof KafkaConnection);
      return JavaClientSettings.render(found as KafkaConnection);
    };

    test('a Java client logs in by the settings of the same connection', async () => {
      const found = await probe.must(connection(), { operation: 'consume', topic: 'orders', count: 1 });
      expect(found).toEqual(['{"id": "1"}']);
    });

    test('fails as a Java client with the keytab of somebody else', async () => {
      const settings = connection();
      const jaas = settings['sasl.jaas.config'].replace(
        '/opt/singlestore-kerberos/user.keytab',
        join(folder, 'other.keytab'),
      );
      const wrongly = { ...settings, 'sasl.jaas.config': jaas };
      const { errors } = await probe.ask(wrongly, { operation: 'consume', topic: 'orders', count: 1 });
      expect(errors.join('\n')).toMatch(/LoginException/);
    });
  }
});

async function authority(): Promise<KeyAndCertificate> {
  return certify(
    { subject: [['CN', 'company']], isCa: true, usages: ['cert sign', 'crl sign'], ...validity() },
    await ecKey(),
  );
}

function right(principal: string, type: string, operation: string, name: string): Acl {
  return { principal, type, name, operation, pattern: 'LITERAL', permission: 'ALLOW', host: '*' };
}

function validity() {
  return { notBefore: new Date(Date.now() - DAY), notAfter: new Date(Date.now() + 30 * DAY) };
}
