import { execFile } from 'node:child_process';
import { KeyObject, X509Certificate, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Manifest } from '../synth';
import { ManifestSet } from './manifest-set';
import { KeyAndCertificate, Subject, certify, ecKey, keyStore, privateKeyPem, rsaKey } from './x509';

const DAY = 86_400_000;
const run = promisify(execFile);

/**
 * The Secrets of a namespace after the operators have done their work.
 *
 * Everything here follows from the manifests by what the operators document; nothing is taken from the library under
 * test. What a manifest asks for beyond that is refused, so that nothing passes because it was not looked at.
 */
export class ClusterSecrets {
  /** What the operators make of the manifests. */
  public static async of(manifests: ManifestSet): Promise<ClusterSecrets> {
    const made = new ClusterSecrets(manifests);
    for (const secret of manifests.all('Secret')) made.addPlain(secret);
    await made.addCertificates();
    for (const kafka of manifests.all('Kafka')) await made.addKafka(kafka);
    return made;
  }

  /** The authorities that Strimzi made, by the name of the Secret that holds the certificate. */
  public readonly authorities = new Map<string, KeyAndCertificate>();
  private readonly secrets = new Map<string, Map<string, Buffer>>();
  private readonly withheld = new Set<string>();
  /** How often the cluster CA got another key. */
  private clusterCaKeys = 0;

  private constructor(private readonly manifests: ManifestSet) {}

  /** The names of all Secrets that are there. */
  public get names(): string[] {
    return [...this.secrets.keys()].filter((name) => this.has(name));
  }

  /** Whether a Secret is there. */
  public has(name: string): boolean {
    return this.secrets.has(name) && !this.withheld.has(name);
  }

  /** Makes Secrets that nobody sees until {@link release}: their operators have not come to them yet. */
  public withhold(names: readonly string[]): void {
    const unknown = names.filter((name) => !this.secrets.has(name));
    if (unknown.length > 0) throw new Error(`nobody ever makes the Secrets ${unknown.join(', ')}`);
    for (const name of names) this.withheld.add(name);
  }

  /** From now on all Secrets are there. */
  public release(): void {
    this.withheld.clear();
  }

  /** The keys and values of a Secret. */
  public secret(name: string): ReadonlyMap<string, Buffer> {
    const found = this.has(name) ? this.secrets.get(name) : undefined;
    if (!found) throw new Error(`no Secret ${name}; there are ${this.names.sort().join(', ')}`);
    return found;
  }

  /** One value, as it is in the Secret. */
  public value(name: string, key: string): Buffer {
    const found = this.secret(name).get(key);
    if (!found)
      throw new Error(`no key ${key} in Secret ${name}; there are ${[...this.secret(name).keys()].join(', ')}`);
    return found;
  }

  /** One value as text. */
  public text(name: string, key: string): string {
    return this.value(name, key).toString('utf8');
  }

  /** All certificates in a Secret, one after another: Strimzi's operators trust every `*.crt` of a CA's Secret. */
  public certificatesIn(name: string): string {
    const found = [...this.secret(name)].filter(([key]) => key.endsWith('.crt'));
    return found.map(([, value]) => value.toString('utf8')).join('');
  }

  /** The key and certificate of an authority whose certificate is in `secret`: made by Strimzi or by cert-manager. */
  public authority(secret: string): KeyAndCertificate {
    const found = this.authorities.get(secret);
    if (!found) throw new Error(`no authority in Secret ${secret}`);
    return found;
  }

  /** Puts a Secret into the namespace, as a person would with kubectl. */
  public put(name: string, data: Record<string, string | Buffer>): void {
    this.secrets.set(name, new Map(Object.entries(data).map(([key, value]) => [key, Buffer.from(value)])));
  }

  /**
   * Gives the cluster CA a new certificate for the same key.
   *
   * Strimzi 1.2.0, Ca.java, `RENEW_CERT`: the same subject; the Secret is made anew and holds the new certificate alone.
   * Brokers keep their certificates until {@link renewBrokers}.
   */
  public async renewClusterCa(): Promise<void> {
    const name = this.clusterCa;
    const { subject, key } = this.authority(`${name}-cert`);
    await this.putCa(name, certifyCa(subject, key), {}, newPassword());
    this.putTrustBundle();
  }

  /**
   * Gives the cluster CA a new key.
   *
   * Strimzi 1.2.0, Ca.java, `REPLACE_KEY`: another subject; the certificate of the old key stays in the Secret under a name
   * with the time when it ends. Brokers are rolled to trust both, and keep their certificates until {@link renewBrokers}.
   */
  public async replaceClusterCa(): Promise<void> {
    const name = this.clusterCa;
    const { certificate } = this.authority(`${name}-cert`);
    const end = new Date(new X509Certificate(certificate).validTo).toISOString().replace(/\.\d+/, '');
    const made = certifyCa(caSubject('cluster-ca', ++this.clusterCaKeys), await rsaKey());
    const password = this.text(`${name}-cert`, 'ca.password');
    await this.putCa(name, made, { [`ca-${end.replaceAll(':', '-')}.crt`]: certificate }, password);
    this.putTrustBundle();
  }

  /** Strimzi 1.2.0: once no broker has a certificate of the cluster CA's old key, its certificate leaves the Secret. */
  public async forgetOldClusterCa(): Promise<void> {
    const name = this.clusterCa;
    await this.putCa(name, this.authority(`${name}-cert`), {}, this.text(`${name}-cert`, 'ca.password'));
    this.putTrustBundle();
  }

  /** Strimzi 1.2.0: new certificates of the present cluster CA for brokers, which read them when they start, and operators. */
  public async renewBrokers(): Promise<void> {
    const kafka = this.manifests.one('Kafka');
    const ca = this.authority(`${this.clusterCa}-cert`);
    await this.addUserOperator(kafka.metadata.name, ca);
    for (const node of nodesOf(kafka, this.manifests)) await this.addNode(node, kafka, ca);
  }

  /** Strimzi 1.2.0, User Operator: users of type `tls` get a new key, certificate and key store in the same Secret. */
  public async renewUsers(): Promise<void> {
    const kafka = this.manifests.one('Kafka');
    const clientsCa = this.authority(`${kafka.metadata.name}-clients-ca-cert`);
    const users = this.usersOf(kafka).filter(({ spec }) => spec.authentication?.type === 'tls');
    await Promise.all(users.map((user) => this.addUser(user, kafka, clientsCa)));
  }

  private addPlain(secret: Manifest): void {
    const encoded = Object.entries((secret.data ?? {}) as Record<string, string>);
    const plain = Object.entries((secret.stringData ?? {}) as Record<string, string>);
    this.put(secret.metadata.name, {
      ...Object.fromEntries(encoded.map(([key, value]) => [key, Buffer.from(value, 'base64')])),
      ...Object.fromEntries(plain),
    });
  }

  /**
   * cert-manager 1.21: a Secret with `tls.crt` (the certificate and what lies between it and the root), `tls.key` and
   * `ca.crt` (the root), for each Certificate whose issuer is there.
   */
  private async addCertificates(): Promise<void> {
    const open = [...this.manifests.all('Certificate')];
    while (open.length > 0) {
      const ready = open.findIndex((certificate) => this.issuerIsThere(certificate));
      if (ready === -1) {
        throw new Error(`Certificates without an issuer: ${open.map(({ metadata }) => metadata.name).join(', ')}`);
      }
      const [next] = open.splice(ready, 1);
      await this.addCertificate(next, this.manifests.one('Issuer', next.spec.issuerRef.name));
    }
  }

  private issuerIsThere(certificate: Manifest): boolean {
    const { spec } = this.manifests.one('Issuer', certificate.spec.issuerRef.name);
    return spec.selfSigned !== undefined || this.secrets.has(spec.ca.secretName);
  }

  private async addCertificate({ metadata, spec }: Manifest, issuer: Manifest): Promise<void> {
    const known = [
      'commonName',
      'duration',
      'dnsNames',
      'isCA',
      'issuerRef',
      'privateKey',
      'renewBefore',
      'secretName',
      'subject',
      'usages',
    ];
    const unknown = Object.keys(spec).filter((field) => !known.includes(field));
    if (unknown.length > 0)
      throw new Error(`Certificate ${metadata.name} asks for what is not emulated: ${unknown.join(', ')}`);
    const { algorithm = 'RSA', size, encoding = 'PKCS1' } = spec.privateKey ?? {};
    const key = algorithm === 'ECDSA' ? await ecKey(size) : await rsaKey(size);
    const organizations: string[] = spec.subject?.organizations ?? [];
    const subject: Subject = [
      ...organizations.map((organization) => ['O', organization] as const),
      ...(spec.commonName ? [['CN', spec.commonName as string] as const] : []),
    ];
    const signer = issuer.spec.ca ? this.authority(issuer.spec.ca.secretName) : undefined;
    const made = certify(
      {
        subject,
        ...validity(duration(spec.duration ?? '2160h')),
        isCa: spec.isCA,
        dnsNames: spec.dnsNames,
        usages: spec.usages ?? ['digital signature', 'key encipherment'],
      },
      key,
      signer,
    );
    const root = signer ? this.text(issuer.spec.ca.secretName, 'ca.crt') : made.certificate;
    const between = signer && signer.certificate !== root ? signer.certificate : '';
    if (spec.isCA) this.authorities.set(spec.secretName, made);
    this.put(spec.secretName, {
      'tls.crt': made.certificate + between,
      'tls.key': privateKeyPem(key, encoding),
      'ca.crt': root,
    });
  }

  private async addKafka(kafka: Manifest): Promise<void> {
    const cluster = kafka.metadata.name;
    const [clusterCa, clientsCa] = await Promise.all(['cluster-ca', 'clients-ca'].map((ca) => this.addCa(cluster, ca)));
    this.putTrustBundle();
    await this.addUserOperator(cluster, clusterCa);
    for (const node of nodesOf(kafka, this.manifests)) await this.addNode(node, kafka, clusterCa);
    await Promise.all(this.usersOf(kafka).map((user) => this.addUser(user, kafka, clientsCa)));
  }

  private async addCa(cluster: string, ca: string): Promise<KeyAndCertificate> {
    const made = certifyCa(caSubject(ca, 0), await rsaKey());
    await this.putCa(`${cluster}-${ca}`, made, {}, newPassword());
    return made;
  }

  /** Strimzi 1.2.0: `<name>-cert` with `ca.crt`, `ca.p12` and `ca.password`, and `<name>` with `ca.key`. */
  private async putCa(
    name: string,
    made: KeyAndCertificate,
    older: Record<string, string>,
    password: string,
  ): Promise<void> {
    const certificates = { ...older, 'ca.crt': made.certificate };
    this.authorities.set(`${name}-cert`, made);
    this.put(`${name}-cert`, {
      ...certificates,
      'ca.p12': await trustStore(certificates, password),
      'ca.password': password,
    });
    this.put(name, { 'ca.key': privateKeyPem(made.key) });
  }

  /** Strimzi 1.2.0: what the brokers themselves trust, of all generations. */
  private putTrustBundle(): void {
    const cluster = this.manifests.one('Kafka').metadata.name;
    this.put(`${cluster}-trustbundle`, {
      'cluster-ca.crt': this.certificatesIn(`${cluster}-cluster-ca-cert`),
      'clients-ca.crt': this.certificatesIn(`${cluster}-clients-ca-cert`),
    });
  }

  private async addUserOperator(cluster: string, clusterCa: KeyAndCertificate): Promise<void> {
    const operator = await strimziCertificate(clusterCa, `${cluster}-entity-user-operator`);
    this.put(`${cluster}-entity-user-operator-certs`, {
      'entity-operator.crt': operator.certificate,
      'entity-operator.key': privateKeyPem(operator.key),
    });
  }

  /** The name of the Secret with the key of the cluster CA. */
  private get clusterCa(): string {
    return `${this.manifests.one('Kafka').metadata.name}-cluster-ca`;
  }

  private usersOf(kafka: Manifest): Manifest[] {
    const users = this.manifests.all('KafkaUser');
    return users.filter(({ metadata }) => metadata.labels?.['strimzi.io/cluster'] === kafka.metadata.name);
  }

  /** Strimzi 1.2.0: the node's own certificate, with the chain up to the cluster CA, and the listeners' own ones. */
  private async addNode(node: string, kafka: Manifest, ca: KeyAndCertificate): Promise<void> {
    const { name: cluster, namespace } = kafka.metadata;
    const listeners: Manifest['spec'][] = kafka.spec.kafka.listeners;
    const made = await strimziCertificate(ca, `${cluster}-kafka`, [
      ...serviceNames(`${cluster}-kafka-bootstrap`, namespace),
      ...serviceNames(`${cluster}-kafka-brokers`, namespace),
      `${node}.${cluster}-kafka-brokers.${namespace}.svc`,
      `${node}.${cluster}-kafka-brokers.${namespace}.svc.cluster.local`,
      ...listeners.flatMap(({ configuration }) => configuration?.bootstrap?.alternativeNames ?? []),
    ]);
    const own = listeners.filter(({ configuration }) => configuration?.brokerCertChainAndKey);
    this.put(node, {
      [`${node}.crt`]: made.certificate + ca.certificate,
      [`${node}.key`]: privateKeyPem(made.key),
      ...Object.fromEntries(
        own.flatMap(
          ({
            name,
            port,
            configuration: {
              brokerCertChainAndKey: { secretName, certificate, key },
            },
          }) => [
            [`${name}-${port}.crt`, this.value(secretName, certificate)],
            [`${name}-${port}.key`, this.value(secretName, key)],
          ],
        ),
      ),
    });
  }

  /** Strimzi 1.2.0, User Operator: the Secret `[secretPrefix]<user>`; none for `tls-external` or no authentication. */
  private async addUser(user: Manifest, kafka: Manifest, clientsCa: KeyAndCertificate): Promise<void> {
    const { name } = user.metadata;
    const secret = `${kafka.spec.entityOperator?.userOperator?.secretPrefix ?? ''}${name}`;
    const authentication = user.spec.authentication;
    switch (authentication?.type) {
      case undefined:
      case 'tls-external':
        return;
      case 'tls': {
        const content = {
          subject: [['CN', name]] as const,
          ...validity(365 * DAY),
          usages: ['digital signature', 'client auth'],
        };
        const made = certify(content, await rsaKey(), clientsCa);
        const password = newPassword();
        this.put(secret, {
          // The authority of the users, not the one that a client must trust.
          'ca.crt': clientsCa.certificate,
          'user.crt': made.certificate,
          'user.key': privateKeyPem(made.key),
          'user.p12': keyStore(made, name, password),
          'user.password': password,
        });
        return;
      }
      case 'scram-sha-512': {
        const reference = authentication.password?.valueFrom?.secretKeyRef;
        const password = reference ? this.text(reference.name, reference.key) : newPassword();
        this.put(secret, {
          password,
          'sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required username="${name}" password="${password}";`,
        });
        return;
      }
      default:
        throw new Error(`KafkaUser ${name}: unknown authentication ${authentication.type}`);
    }
  }
}

/** Strimzi 1.2.0: node ids are counted up over the pools by their names; a pod is `<cluster>-<pool>-<id>`. */
export function nodesOf(kafka: Manifest, manifests: ManifestSet): string[] {
  const pools = manifests
    .all('KafkaNodePool')
    .filter(({ metadata }) => metadata.labels?.['strimzi.io/cluster'] === kafka.metadata.name)
    .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const names = pools.flatMap(({ metadata, spec }) =>
    Array<string>(spec.replicas).fill(`${kafka.metadata.name}-${metadata.name}`),
  );
  return names.map((name, id) => `${name}-${id}`);
}

/** The names that a Service has in the DNS of a cluster. */
export function serviceNames(name: string, namespace = 'default'): string[] {
  return [name, `${name}.${namespace}`, `${name}.${namespace}.svc`, `${name}.${namespace}.svc.cluster.local`];
}

/** Random letters and digits, 32 as the User Operator takes. */
export function newPassword(): string {
  return randomBytes(64)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 32);
}

/** Valid from a minute ago, so that clocks need not agree to the second. */
export function validity(milliseconds: number): { notBefore: Date; notAfter: Date } {
  const notBefore = new Date(Date.now() - 60_000);
  return { notBefore, notAfter: new Date(notBefore.getTime() + milliseconds) };
}

async function strimziCertificate(
  ca: KeyAndCertificate,
  commonName: string,
  dnsNames: string[] = [],
): Promise<KeyAndCertificate> {
  const usages = ['digital signature', 'key encipherment', 'server auth', 'client auth'];
  const subject: Subject = [
    ['O', 'io.strimzi'],
    ['CN', commonName],
  ];
  return certify({ subject, ...validity(365 * DAY), dnsNames, usages }, await rsaKey(), ca);
}

/** Strimzi 1.2.0: the generation of the key is in the name, so that two keys' certificates are told apart. */
function caSubject(ca: string, keyGeneration: number): Subject {
  return [
    ['O', 'io.strimzi'],
    ['CN', `${ca} v${keyGeneration}`],
  ];
}

/** Strimzi's keys have 4096 bits; that would cost seconds for each run, and clients do not see the difference. */
function certifyCa(subject: Subject, key: KeyObject): KeyAndCertificate {
  const usages = ['cert sign', 'crl sign'];
  return certify({ subject, ...validity(365 * DAY), isCa: true, usages, hash: 'sha512' }, key);
}

/** Java finds trusted certificates only in PKCS #12 stores that mark them as such, which keytool does. */
async function trustStore(certificates: Record<string, string>, password: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'trust-'));
  try {
    const [pem, store] = [join(folder, 'ca.crt'), join(folder, 'ca.p12')];
    for (const [alias, certificate] of Object.entries(certificates)) {
      writeFileSync(pem, certificate);
      const what = ['-importcert', '-noprompt', '-alias', alias, '-file', pem];
      await run('keytool', [...what, '-keystore', store, '-storetype', 'PKCS12', '-storepass', password]);
    }
    return readFileSync(store);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A duration as Go writes it, in milliseconds. */
function duration(text: string): number {
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000 };
  const parts = [...text.matchAll(/(\d+)([hms])/g)];
  if (parts.map(([part]) => part).join('') !== text) throw new Error(`not a duration: ${text}`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0);
}
