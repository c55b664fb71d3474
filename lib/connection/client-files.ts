import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import type { KafkaConnection } from './kafka-connection';

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

/** The name of the file in the folder of a trust bundle. */
export const BUNDLE_FILE = 'ca.crt';

/** Where clients find their files: `/opt/<name of the Secret>`. */
export function secretFolder(secretName: string): string {
  return `/opt/${secretName}`;
}

/** The path of a Secret key in the client's container. */
export function secretPath(key: SecretKey): string {
  return `${secretFolder(key.secretName)}/${key.key}`;
}

/** The path of the file with the trusted certificates in the client's container. */
export function trustPath(trust: TrustedCertificates): string {
  return `${secretFolder(trust.secretName)}/${trust.key ?? BUNDLE_FILE}`;
}

/** The files that a client needs: which Secrets are mounted where. Equal needs of several connections are one. */
export class ClientFiles {
  private readonly keys = new Map<string, Set<string>>();
  private readonly bundled = new Set<string>();

  /** The files that a client with these connections needs. */
  public static of(connections: readonly KafkaConnection[]): ClientFiles {
    const files = new ClientFiles();
    for (const connection of connections) files.addConnection(connection);
    return files;
  }

  /** Adds a key of a Secret. */
  public addKey(key: SecretKey): void {
    const keys = this.keys.get(key.secretName) ?? new Set();
    this.keys.set(key.secretName, keys.add(key.key));
  }

  /** Adds the certificates of an authority. */
  public addTrust(trust: TrustedCertificates): void {
    if (trust.key === undefined) this.bundled.add(trust.secretName);
    else this.addKey(SecretKey.existing(trust.secretName, trust.key));
  }

  /** Adds what a connection needs. */
  public addConnection({ trust, credentials }: KafkaConnection): void {
    if (trust) this.addTrust(trust);
    const details = credentials._details;
    switch (details.kind) {
      case 'none':
        break;
      case 'certificate':
        this.addKey(details.certificate.certificate);
        this.addKey(details.certificate.privateKey);
        break;
      case 'password':
        this.addKey(details.password);
        break;
      case 'oauth':
        this.addKey(details.oauth.clientSecret);
        if (details.oauth.trust) this.addTrust(details.oauth.trust);
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

  /** The Secrets whose certificates are put together. */
  public get bundles(): TrustBundle[] {
    return [...this.bundled].map((secretName) => ({ secretName, path: secretFolder(secretName) }));
  }
}
