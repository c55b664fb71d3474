import { Duration } from 'cdk8s';
import { ICertificateAuthority } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';

/** How Strimzi keeps one of the two authorities of a cluster. */
export interface StrimziCaProps {
  /**
   * Whether Strimzi makes the authority. Otherwise its two Secrets, `<cluster>-<which>-ca-cert` with `ca.crt` and
   * `<cluster>-<which>-ca` with `ca.key`, must exist with the labels and annotations that Strimzi asks for.
   *
   * @default true
   */
  readonly generate?: boolean;
  /**
   * How long the authority's certificate is valid; whole days.
   *
   * @default Duration.days(365)
   */
  readonly validity?: Duration;
  /**
   * How long before its end the certificate is renewed; whole days, less than `validity`.
   *
   * @default Duration.days(30)
   */
  readonly renewal?: Duration;
  /**
   * Whether the key is replaced when the certificate is renewed, so that clients must learn to trust a new authority.
   *
   * @default false
   */
  readonly replaceKey?: boolean;
}

/** The authority that issues the brokers' certificates: what clients trust. */
export class ClusterCa implements ICertificateAuthority {
  /** @internal */
  public static _of(clusterName: string, namespace: string): ClusterCa {
    return new ClusterCa(clusterName, namespace);
  }

  public readonly trust: TrustedCertificates;

  private constructor(clusterName: string, namespace: string) {
    // During a key replacement the Secret keeps the old certificate beside the new one, under a key with a date.
    this.trust = TrustedCertificates._made(namespace, `${clusterName}-cluster-ca-cert`);
  }
}

/**
 * The authority that issues the certificates of `tls` users: what brokers trust on listeners with mutual TLS.
 *
 * It is no `ICertificateAuthority`, because no client may take it for what vouches for the brokers.
 */
export class ClientsCa {
  /** @internal */
  public static _of(clusterName: string): ClientsCa {
    return new ClientsCa(clusterName);
  }

  /** The Secret that holds the authority's certificates. */
  public readonly secretName: string;

  private constructor(clusterName: string) {
    this.secretName = clientsCaSecret(clusterName);
  }
}

/** The Secret with the certificates of a cluster's clients CA, also of a cluster that exists already. */
export function clientsCaSecret(clusterName: string): string {
  return `${clusterName}-clients-ca-cert`;
}

/** The `clusterCa` or `clientsCa` of a Kafka resource. */
export function renderCa(props: StrimziCaProps | undefined): object | undefined {
  if (!props) return undefined;
  return {
    ...(props.generate === undefined ? {} : { generateCertificateAuthority: props.generate }),
    ...(props.validity ? { validityDays: props.validity.toDays() } : {}),
    ...(props.renewal ? { renewalDays: props.renewal.toDays() } : {}),
    ...(props.replaceKey === undefined
      ? {}
      : { certificateExpirationPolicy: props.replaceKey ? 'replace-key' : 'renew-certificate' }),
  };
}
