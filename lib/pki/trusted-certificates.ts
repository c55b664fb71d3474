import { SecretKeyOptions } from '../secrets/secret-key';

/**
 * The certificates of a certificate authority, in PEM, as a reference to the Secret that holds them.
 *
 * This is what a client (or a broker) trusts. It can be had from an authority, or from a Secret that is known to hold
 * the certificates of one: never from a leaf certificate, which would stop working at its first renewal.
 */
export class TrustedCertificates {
  /**
   * The certificate of an authority under one key of a Secret that exists already.
   *
   * @param secretName the name of the Secret
   * @param key the key that holds the PEM certificate, such as `ca.crt`
   * @param options where the Secret is
   */
  public static fromSecret(secretName: string, key: string, options: SecretKeyOptions = {}): TrustedCertificates {
    return new TrustedCertificates(secretName, key, options.namespace, true);
  }

  /**
   * Every certificate whose key ends in `.crt` in a Secret that exists already: for authorities that keep older
   * generations beside the newest one, as Strimzi does while it replaces a key.
   *
   * @param secretName the name of the Secret
   * @param options where the Secret is
   */
  public static allFromSecret(secretName: string, options: SecretKeyOptions = {}): TrustedCertificates {
    return new TrustedCertificates(secretName, undefined, options.namespace, true);
  }

  /** @internal Certificates that a construct of this library makes; without a key, every `*.crt`. */
  public static _made(namespace: string, secretName: string, key?: string): TrustedCertificates {
    return new TrustedCertificates(secretName, key, namespace, false);
  }

  private constructor(
    /** The name of the Secret. */
    public readonly secretName: string,
    /** The key that holds the certificate; none if every key ending in `.crt` does. */
    public readonly key: string | undefined,
    /** The namespace of the Secret; none if it is that of the user. */
    public readonly namespace: string | undefined,
    /** Whether the Secret comes from outside this app. */
    public readonly external: boolean,
  ) {}

  /**
   * Whether `other` names the same certificates.
   *
   * @param other what is compared
   */
  public sameAs(other: TrustedCertificates): boolean {
    return this.toString() === other.toString();
  }

  /** The reference as people write it: `flink/my-cluster-cluster-ca-cert:*.crt`. */
  public toString(): string {
    return `${this.namespace ? `${this.namespace}/` : ''}${this.secretName}:${this.key ?? '*.crt'}`;
  }
}
