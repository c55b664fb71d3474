import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ExistingCertificate,
  KraftQuorum,
  KraftQuorumSecurity,
  SecretKey,
  SecurityProtocol,
  TrustedCertificates,
} from '../../lib';
import { CACHE } from '../support/e2e/cache';
import { JavaProbe, Settings } from '../support/e2e/java-probe';
import { KraftNode } from '../support/e2e/kraft-node';
import { KeyAndCertificate, certify, ecKey, privateKeyPem } from '../support/e2e/x509';
import { freePorts } from '../support/servers/ports';
import { faultsOf, testChart } from '../support/synth';
import { App } from 'cdk8s';

const RUNS = process.env.E2E_RUN ?? join(CACHE, 'runs');
const PASSWORD = SecretKey.existing('quorum', 'password', { alphanumeric: true });
const NODE = new ExistingCertificate({
  commonName: 'node',
  certificate: SecretKey.existing('node', 'tls.crt'),
  privateKey: SecretKey.existing('node', 'tls.key'),
  issuer: TrustedCertificates.fromSecret('ca', 'ca.crt'),
  dnsNames: ['localhost'],
});

/** What a client shows a controller; `right` says whether it is what the controller asks for. */
type Shows = (right: boolean, files: Files) => Settings;

const byPassword =
  (mechanism: string, module: string): Shows =>
  (right, files) => ({
    'security.protocol': 'SASL_SSL',
    'sasl.mechanism': mechanism,
    'sasl.jaas.config': `org.apache.kafka.common.security.${module} required username="controller" password="${right ? files.password : 'wrong'}";`,
  });

const VARIANTS: [string, KraftQuorumSecurity, Shows, RegExp][] = [
  [
    'mutual TLS',
    KraftQuorumSecurity.mutualTls(),
    (right, { node, stranger }) => ({ 'security.protocol': 'SSL', ...keyStore(right ? node : stranger) }),
    /SslAuthenticationException/,
  ],
  [
    'SASL PLAIN',
    KraftQuorumSecurity.saslPlain('controller', PASSWORD),
    byPassword('PLAIN', 'plain.PlainLoginModule'),
    /SaslAuthenticationException/,
  ],
  [
    'SASL SCRAM-SHA-512',
    KraftQuorumSecurity.scramSha512('controller', PASSWORD),
    byPassword('SCRAM-SHA-512', 'scram.ScramLoginModule'),
    /SaslAuthenticationException/,
  ],
];

/** What is in the Secrets of the node, and a certificate of the same name by an authority that nobody trusts. */
interface Files {
  readonly authority: KeyAndCertificate;
  readonly node: KeyAndCertificate;
  readonly stranger: KeyAndCertificate;
  readonly password: string;
}

describe.each(VARIANTS)('a Kafka whose controllers know their clients by %s', (name, security, shows, refusal) => {
  const folder = mkdtempSync(join(made(RUNS), 'kraft-'));
  let files: Files;
  let node: KraftNode;
  let probe: JavaProbe;
  let controller: number;

  beforeAll(async () => {
    files = await secrets(join(folder, 'secrets'));
    const [ofControllers, ofClients] = await freePorts(2);
    controller = ofControllers;
    const chart = testChart();
    const quorum = new KraftQuorum(chart, 'quorum', {
      security,
      certificate: NODE,
      listeners: { CLIENTS: SecurityProtocol.PLAINTEXT },
      secretsFolder: join(folder, 'secrets'),
    });
    expect(faultsOf(App.of(chart))).toEqual([]);
    const { properties, formatArguments } = quorum;
    node = new KraftNode({
      folder: join(folder, 'node'),
      properties,
      formatArguments,
      ports: [ofControllers, ofClients],
    });
    probe = await JavaProbe.start(folder, []);
    await node.start();
  }, 240_000);

  afterAll(async () => {
    await Promise.all([probe?.stop(), node?.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const describeQuorum = (right: boolean) =>
    probe.ask(
      {
        'bootstrap.controllers': `localhost:${controller}`,
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.certificates': files.authority.certificate,
        ...shows(right, files),
      },
      { operation: 'describeCluster' },
    );

  test(`lets a node in that logs in by ${name}`, async () => {
    expect((await describeQuorum(true)).errors).toEqual([]);
  });

  test('refuses one with another credential', async () => {
    expect((await describeQuorum(false)).errors.join('\n')).toMatch(refusal);
  });
});

async function secrets(folder: string): Promise<Files> {
  const authority = await authorityOf('ca');
  const node = await nodeOf(authority);
  const stranger = await nodeOf(await authorityOf('ca'));
  const password = 'correct-horse_battery.staple';
  const contents = {
    'ca/ca.crt': authority.certificate,
    'node/tls.crt': node.certificate,
    'node/tls.key': privateKeyPem(node.key),
    'quorum/password': password,
  };
  for (const [file, content] of Object.entries(contents)) {
    made(join(folder, file, '..'));
    writeFileSync(join(folder, file), content, { mode: 0o600 });
  }
  return { authority, node, stranger, password };
}

async function authorityOf(commonName: string): Promise<KeyAndCertificate> {
  return certify({ subject: [['CN', commonName]], ...validity(), isCa: true, usages: ['cert sign'] }, await ecKey());
}

async function nodeOf(authority: KeyAndCertificate): Promise<KeyAndCertificate> {
  const usages = ['digital signature', 'server auth', 'client auth'];
  const content = { subject: [['CN', 'node']] as const, ...validity(), dnsNames: ['localhost'], usages };
  return certify(content, await ecKey(), authority);
}

function validity(): { notBefore: Date; notAfter: Date } {
  const day = 24 * 60 * 60 * 1000;
  return { notBefore: new Date(Date.now() - day), notAfter: new Date(Date.now() + day) };
}

function keyStore({ certificate, key }: KeyAndCertificate): Settings {
  return {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': certificate,
    'ssl.keystore.key': privateKeyPem(key),
  };
}

/** The folder, which is made if it is not there. */
function made(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}
