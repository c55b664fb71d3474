import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../kubernetes/go-duration';
import { PLACE_RULES, namespaceOf } from '../kubernetes/place';
import { SecretKey } from '../secrets/secret-key';
import { enforce } from '../validation/rule';
import { CertManagerCertificateAuthority, thirdOf } from './cert-manager-certificate-authority';
import { ICertManagerIssuer } from './cert-manager-issuer';
import { CERT_MANAGER_CERTIFICATE_RULES, CERT_MANAGER_RENEWAL_RULES } from './cert-manager-rules';
import { ICertificate } from './certificate';
import { CertificateKey } from './certificate-key';
import { CertificateRequestProps, CertificateUsage, usagesOf } from './certificate-request';
import { LEAF_CERTIFICATE_RULES } from './certificate-rules';
import { TrustedCertificates } from './trusted-certificates';

/** Key stores beside the PEM files, for Java programs that read nothing else. */
export interface Pkcs12Props {
  /** The password of both stores: a key of a Secret in the namespace of the certificate. */
  readonly password: SecretKey;
}

/** A certificate that cert-manager gets from an issuer. */
export interface CertManagerCertificateProps extends CertificateRequestProps {
  /** Who issues it. */
  readonly issuer: ICertManagerIssuer;
  /**
   * The name of the Certificate.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The namespace of the Certificate and its Secret.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * The name of the Secret that the certificate is kept in.
   *
   * @default - the name of the Certificate
   */
  readonly secretName?: string;
  /**
   * How long the certificate is valid.
   *
   * @default Duration.days(90)
   */
  readonly validity?: Duration;
  /**
   * How long before its end the certificate is renewed, with a new key.
   *
   * @default - a third of its validity: 30 days of 90
   */
  readonly renewBefore?: Duration;
  /**
   * The kind of key.
   *
   * @default CertificateKey.ecdsaP256()
   */
  readonly key?: CertificateKey;
  /**
   * Adds the PKCS#12 stores `keystore.p12` and `truststore.p12` to the Secret.
   *
   * @default - none
   */
  readonly pkcs12?: Pkcs12Props;
  /**
   * Whether the Secret also holds key and certificate in one PEM file, `tls-combined.pem`.
   *
   * @default false
   */
  readonly combinedPem?: boolean;
}

/**
 * A certificate that cert-manager gets and renews: a Certificate resource (`cert-manager.io/v1`).
 *
 * Its private key is in PKCS#8, the only form that Kafka's clients and brokers read in PEM. The subject is the common
 * name and nothing else, which makes the principal of a client `CN=<common name>`.
 *
 * @see cert-manager 1.21.1, deploy/crds/cert-manager.io_certificates.yaml
 */
export class CertManagerCertificate extends Construct implements ICertificate {
  /** The name of the Certificate. */
  public readonly certificateName: string;
  /** The namespace of the Certificate and its Secret. */
  public readonly namespace: string;
  /** The name of the Secret that the certificate is kept in. */
  public readonly secretName: string;
  public readonly commonName: string;
  public readonly dnsNames: string[];
  /** What the certificate may be used for. */
  public readonly usages: CertificateUsage[];
  public readonly certificate: SecretKey;
  public readonly privateKey: SecretKey;
  public readonly issuer: TrustedCertificates;
  /** Key and certificate as a PKCS#12 store; none unless `pkcs12` is given. */
  public readonly keystore?: SecretKey;
  /** The authority's certificate as a PKCS#12 store; none unless `pkcs12` is given. */
  public readonly truststore?: SecretKey;
  /** The password of the PKCS#12 stores; none unless `pkcs12` is given. */
  public readonly keystorePassword?: SecretKey;
  /** Key and certificate in one PEM file; none unless `combinedPem` is. */
  public readonly combinedPem?: SecretKey;
  /** The Certificate resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope the scope
   * @param id the construct's id, and the certificate's name if none is given
   * @param props the certificate
   */
  public constructor(scope: Construct, id: string, props: CertManagerCertificateProps) {
    super(scope, id);
    const { issuer, pkcs12 } = props;
    this.certificateName = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.secretName = props.secretName ?? this.certificateName;
    this.commonName = props.commonName;
    this.dnsNames = [...(props.dnsNames ?? [])];
    this.usages = usagesOf(props);
    this.certificate = this.secretKey('tls.crt');
    this.privateKey = this.secretKey('tls.key');
    this.issuer = issuer.trust;
    if (pkcs12) {
      this.keystore = this.secretKey('keystore.p12');
      this.truststore = this.secretKey('truststore.p12');
      this.keystorePassword = pkcs12.password;
    }
    if (props.combinedPem) this.combinedPem = this.secretKey('tls-combined.pem');

    const validity = props.validity ?? Duration.days(90);
    const renewBefore = props.renewBefore ?? thirdOf(validity);
    const key = props.key ?? CertificateKey.ecdsaP256();
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name: this.certificateName, namespace: this.namespace },
      spec: {
        secretName: this.secretName,
        commonName: this.commonName,
        ...(this.dnsNames.length ? { dnsNames: [...this.dnsNames] } : {}),
        duration: goDuration(validity),
        renewBefore: goDuration(renewBefore),
        // Only RSA keys can encipher: with elliptic curves both sides agree on a key and sign.
        usages: ['digital signature', ...(key.algorithm === 'RSA' ? ['key encipherment'] : []), ...this.usages],
        privateKey: { algorithm: key.algorithm, size: key.size, encoding: 'PKCS8', rotationPolicy: 'Always' },
        issuerRef: { group: 'cert-manager.io', kind: issuer.issuerKind, name: issuer.issuerName },
        ...(pkcs12 ? { keystores: { pkcs12: renderPkcs12(pkcs12) } } : {}),
        ...(props.combinedPem ? { additionalOutputFormats: [{ type: 'CombinedPEM' }] } : {}),
      },
    });

    const what = `certificate '${this.certificateName}'`;
    enforce(this, PLACE_RULES, this);
    enforce(this, LEAF_CERTIFICATE_RULES, {
      what,
      objectNames: [this.certificateName, this.secretName],
      commonName: this.commonName,
      validity,
      dnsNames: this.dnsNames,
      usages: this.usages,
      authority: issuer instanceof CertManagerCertificateAuthority ? issuer : undefined,
    });
    enforce(this, CERT_MANAGER_RENEWAL_RULES, { what, validity, renewBefore });
    enforce(this, CERT_MANAGER_CERTIFICATE_RULES, {
      what,
      namespace: this.namespace,
      secretName: this.secretName,
      issuer,
      keystorePassword: this.keystorePassword,
    });
  }

  private secretKey(key: string): SecretKey {
    return SecretKey._made(this.namespace, this.secretName, key);
  }
}

function renderPkcs12({ password }: Pkcs12Props): object {
  return {
    create: true,
    // The default, LegacyRC2, is read neither by OpenSSL 3 nor by Java 20 and later as they come.
    profile: 'Modern2023',
    passwordSecretRef: { name: password.secretName, key: password.key },
  };
}
