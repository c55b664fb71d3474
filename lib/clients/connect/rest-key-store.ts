import { CertManagerCertificate } from '../../pki/cert-manager-certificate';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';

/** What is known of a PKCS#12 key store that exists already. */
export interface RestKeyStoreProps {
  /** The key store with the certificate and its key. */
  readonly keystore: SecretKey;
  /** Its password. */
  readonly password: SecretKey;
  /** The authority that vouches for the certificate. */
  readonly issuer: TrustedCertificates;
  /** The names that the certificate is valid for. */
  readonly dnsNames: string[];
}

/** The certificate that the REST interface of workers shows: in PKCS#12, because that interface reads no PEM. */
export class RestKeyStore {
  /**
   * The key store that cert-manager writes beside a certificate.
   *
   * @param certificate a certificate with `pkcs12`
   */
  public static fromCertificate(certificate: CertManagerCertificate): RestKeyStore {
    const { keystore, keystorePassword, issuer, dnsNames } = certificate;
    return new RestKeyStore(certificate.certificateName, keystore, keystorePassword, issuer, dnsNames);
  }

  /**
   * A key store that exists already.
   *
   * @param props what is known of it
   */
  public static existing(props: RestKeyStoreProps): RestKeyStore {
    const { keystore, password, issuer, dnsNames } = props;
    return new RestKeyStore(keystore.toString(), keystore, password, issuer, dnsNames);
  }

  private constructor(
    /** What people call it. */
    public readonly label: string,
    /** The key store; none if the certificate has none. */
    public readonly keystore: SecretKey | undefined,
    /** Its password; none if the certificate has no key store. */
    public readonly password: SecretKey | undefined,
    /** The authority that vouches for the certificate. */
    public readonly issuer: TrustedCertificates,
    /** The names that the certificate is valid for. */
    public readonly dnsNames: string[],
  ) {}
}
