import { ICertificate } from '../pki/certificate';
import { ClientCredentials } from '../access/client-credentials';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import type { JavaClientClasses } from './java-settings';
import type { KafkaConnection } from './kafka-connection';
import { CLIENT_SECRET, JAAS, Quoting, needsQuoting } from './quoting';
import { ISchemaRegistry } from './schema-registry';

/** The keys of one Secret as files of a container. */
export interface SecretFiles {
  /** The name of the Secret. */
  readonly secretName: string;
  /** The keys, each a file of the same name. */
  readonly keys: string[];
  /** The folder of the files. */
  readonly path: string;
}

/**
 * All certificates of a Secret in one file, which an init container puts together.
 *
 * Kafka's clients read trusted certificates from a single file, and an authority that is being replaced has several: a
 * client that trusted just one would fail to reach brokers that have not been rolled yet.
 */
export interface TrustBundle {
  /** The name of the Secret: each of its keys that ends in `.crt` is a certificate. */
  readonly secretName: string;
  /** The folder of the bundle. */
  readonly path: string;
}

/** Keys of one Secret, quoted for programs that put them into a larger text; an init container writes them. */
export interface QuotedFiles {
  /** The name of the Secret. */
  readonly secretName: string;
  /** The keys, each a file of the same name. */
  readonly keys: string[];
  /** How the values are quoted. */
  readonly quoting: Quoting;
  /** The folder of the files. */
  readonly path: string;
}

/** A certificate and its key in one file, which an init container puts together: a PEM key store. */
export interface KeyStoreFile {
  /** The name of the Secret that holds both. */
  readonly secretName: string;
  /** The keys of the Secret, in the order of the file. */
  readonly keys: string[];
  /** The folder of the file. */
  readonly path: string;
}

/** The name of the file in the folder of a key store. */
export const KEY_STORE_FILE = 'keystore.pem';

/** The name of the file in the folder of a trust bundle. */
export const BUNDLE_FILE = 'ca.crt';

/** Where clients find their files: `/opt/<name of the Secret>`. */
export function secretFolder(secretName: string): string {
  return `/opt/${secretName}`;
}

/** Where clients find a secret value that is quoted if it has to be. */
export function quotedFolder(key: SecretKey, quoting: Quoting): string {
  return needsQuoting(key) ? `${secretFolder(key.secretName)}-${quoting.name}` : secretFolder(key.secretName);
}

/** The path of a Secret key in the client's container. */
export function secretPath(key: SecretKey): string {
  return `${secretFolder(key.secretName)}/${key.key}`;
}

/** The path of the file with the trusted certificates in the client's container. */
export function trustPath(trust: TrustedCertificates): string {
  return `${secretFolder(trust.secretName)}/${trust.key ?? BUNDLE_FILE}`;
}

/** The path of the file with a certificate and its key in the client's container. */
export function keyStorePath({ certificate }: ICertificate): string {
  return `${keyStoreFolder(certificate.secretName)}/${KEY_STORE_FILE}`;
}

function keyStoreFolder(secretName: string): string {
  return `${secretFolder(secretName)}-keys`;
}

/** The files that a client needs: which Secrets are mounted where. Equal needs of several connections are one. */
export class ClientFiles {
  private readonly keys = new Map<string, Set<string>>();
  private readonly bundled = new Set<string>();
  private readonly stored = new Map<string, ICertificate>();
  private readonly quotations: { readonly key: SecretKey; readonly quoting: Quoting }[] = [];

  /** The files that a Java client with these connections needs, whose classes are where strimzi-kafka-oauth is or not. */
  public static of(connections: readonly KafkaConnection[], classes?: JavaClientClasses): ClientFiles {
    const files = new ClientFiles();
    for (const connection of connections) files.addConnection(connection, classes);
    return files;
  }

  /** The files that a client in any language needs with these connections: secret values also as they are. */
  public static ofAnyClient(connections: readonly KafkaConnection[]): ClientFiles {
    const files = ClientFiles.of(connections);
    for (const { key } of [...files.quotations]) files.addKey(key);
    return files;
  }

  /** Adds a key of a Secret. */
  public addKey(key: SecretKey): void {
    const keys = this.keys.get(key.secretName) ?? new Set();
    this.keys.set(key.secretName, keys.add(key.key));
  }

  /** Adds a key of a Secret, quoted if it has to be. */
  public addQuoted(key: SecretKey, quoting: Quoting): void {
    if (needsQuoting(key)) this.quotations.push({ key, quoting });
    else this.addKey(key);
  }

  /** Adds the certificates of an authority. */
  public addTrust(trust: TrustedCertificates): void {
    if (trust.key === undefined) this.bundled.add(trust.secretName);
    else this.addKey(SecretKey.existing(trust.secretName, trust.key));
  }

  /** Adds a certificate and its key as one file, for programs that read a key store from a single PEM file. */
  public addKeyStore(certificate: ICertificate): void {
    this.stored.set(certificate.certificate.secretName, certificate);
  }

  /** Adds what a client of a schema registry needs. */
  public addRegistry({ trust, credentials }: ISchemaRegistry): void {
    if (trust) this.addTrust(trust);
    for (const key of credentials?._keys() ?? []) this.addKey(key);
  }

  /** Adds what a connection needs. */
  public addConnection({ trust, credentials }: KafkaConnection, classes?: JavaClientClasses): void {
    if (trust) this.addTrust(trust);
    this.addCredentials(credentials, classes);
  }

  /** Adds what a client logs in with. */
  public addCredentials(credentials: ClientCredentials, classes?: JavaClientClasses): void {
    const details = credentials._details;
    switch (details.kind) {
      case 'none':
        break;
      case 'certificate':
        this.addKey(details.certificate.certificate);
        this.addKey(details.certificate.privateKey);
        break;
      case 'password':
        this.addQuoted(details.password, JAAS);
        break;
      case 'oauth':
        // Kafka's own token client takes the secret as it is.
        if (classes?.strimziOAuth === false) this.addKey(details.oauth.clientSecret);
        else this.addQuoted(details.oauth.clientSecret, CLIENT_SECRET);
        if (details.oauth.trust) this.addTrust(details.oauth.trust);
        break;
      case 'kerberos':
        this.addKey(details.kerberos.keytab);
        if (details.kerberos.krb5Conf) this.addKey(details.kerberos.krb5Conf);
        break;
    }
  }

  /** The Secrets whose keys are mounted as they are. */
  public get secrets(): SecretFiles[] {
    return [...this.keys].map(([secretName, keys]) => ({
      secretName,
      keys: [...keys],
      path: secretFolder(secretName),
    }));
  }

  /** The Secrets of all files. */
  public get secretNames(): string[] {
    return [
      ...new Set(
        [...this.secrets, ...this.quoted, ...this.keyStores, ...this.bundles].map(({ secretName }) => secretName),
      ),
    ];
  }

  /** The keys that are quoted. */
  public get quoted(): QuotedFiles[] {
    const folders = new Map<string, QuotedFiles>();
    for (const { key, quoting } of this.quotations) {
      const path = quotedFolder(key, quoting);
      const keys = new Set([...(folders.get(path)?.keys ?? []), key.key]);
      folders.set(path, { secretName: key.secretName, keys: [...keys], quoting, path });
    }
    return [...folders.values()];
  }

  /** The certificates that are put into one file with their keys. */
  public get keyStores(): KeyStoreFile[] {
    return [...this.stored].map(([secretName, { certificate, privateKey }]) => ({
      secretName,
      keys: [privateKey.key, certificate.key],
      path: keyStoreFolder(secretName),
    }));
  }

  /** The Secrets whose certificates are put together. */
  public get bundles(): TrustBundle[] {
    return [...this.bundled].map((secretName) => ({ secretName, path: secretFolder(secretName) }));
  }
}
