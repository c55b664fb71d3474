import { SecretKey } from '../secrets/secret-key';
import { TrustedCertificates } from './trusted-certificates';

/** A certificate authority: whoever trusts its certificates accepts what it issues. */
export interface ICertificateAuthority {
  /** The authority's certificates. */
  readonly trust: TrustedCertificates;
}

/** A certificate with its private key, both in PEM (the key in PKCS#8), as references to Secret keys. */
export interface ICertificate {
  /** The subject's common name. */
  readonly commonName: string;
  /** The certificate, followed by intermediate ones if there are any. */
  readonly certificate: SecretKey;
  /** The private key, PKCS#8 and not encrypted, as Kafka's clients ask for. */
  readonly privateKey: SecretKey;
  /** The certificates of the authority that issued it. */
  readonly issuer: TrustedCertificates;
  /** The names that the certificate is valid for as a server. */
  readonly dnsNames: string[];
}

/** What is known of a certificate that exists already. */
export interface ExistingCertificateProps {
  /** The subject's common name. */
  readonly commonName: string;
  /** The Secret key that holds the PEM certificate. */
  readonly certificate: SecretKey;
  /** The Secret key that holds the PKCS#8 private key in PEM. */
  readonly privateKey: SecretKey;
  /** The certificates of the authority that issued it. */
  readonly issuer: TrustedCertificates;
  /**
   * The names that the certificate is valid for as a server.
   *
   * @default - none: a client's certificate
   */
  readonly dnsNames?: string[];
}

/** A certificate that exists already, or that something outside this app makes. */
export class ExistingCertificate implements ICertificate {
  public readonly commonName: string;
  public readonly certificate: SecretKey;
  public readonly privateKey: SecretKey;
  public readonly issuer: TrustedCertificates;
  public readonly dnsNames: string[];

  /**
   * @param props what is known of the certificate
   */
  public constructor(props: ExistingCertificateProps) {
    this.commonName = props.commonName;
    this.certificate = props.certificate;
    this.privateKey = props.privateKey;
    this.issuer = props.issuer;
    this.dnsNames = [...(props.dnsNames ?? [])];
  }
}
