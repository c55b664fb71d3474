import { ApiObject, Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { goDuration } from '../kubernetes/go-duration';
import { PLACE_RULES, namespaceOf } from '../kubernetes/place';
import { enforce } from '../validation/rule';
import { CertManagerIssuerKind, ICertManagerIssuer } from './cert-manager-issuer';
import { CERT_MANAGER_RENEWAL_RULES } from './cert-manager-rules';
import { CertificateKey } from './certificate-key';
import { CERTIFICATE_RULES } from './certificate-rules';
import { TrustedCertificates } from './trusted-certificates';

/** A certificate authority of one's own. */
export interface CertManagerCertificateAuthorityProps {
  /**
   * The name of the Issuer, of the Certificate and of its Secret.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The namespace that the authority issues certificates in.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * The common name of the authority.
   *
   * @default - its name
   */
  readonly commonName?: string;
  /**
   * How long the authority's certificate is valid.
   *
   * @default Duration.days(3650)
   */
  readonly validity?: Duration;
  /**
   * How long before its end the authority's certificate is renewed. The key stays the same.
   *
   * @default - a third of its validity
   */
  readonly renewBefore?: Duration;
  /**
   * The kind of the authority's key.
   *
   * @default CertificateKey.ecdsaP256()
   */
  readonly key?: CertificateKey;
}

/**
 * A certificate authority that cert-manager makes and keeps: a self-signed root certificate, and an Issuer that issues
 * with it (`cert-manager.io/v1`).
 *
 * When the root is renewed it keeps its key, so that what clients trust stays valid.
 *
 * @see cert-manager 1.21.1, deploy/crds/cert-manager.io_issuers.yaml
 */
export class CertManagerCertificateAuthority extends Construct implements ICertManagerIssuer {
  /** The name of the Issuer, of the Certificate and of its Secret. */
  public readonly authorityName: string;
  public readonly issuerName: string;
  public readonly issuerKind: CertManagerIssuerKind;
  public readonly issuerNamespace?: string;
  /** The namespace that the authority issues certificates in. */
  public readonly namespace: string;
  public readonly trust: TrustedCertificates;
  /** The common name of the authority. */
  public readonly commonName: string;
  /** How long the authority's certificate is valid. */
  public readonly validity: Duration;
  /** The Certificate resource of the root, for what has no property here. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope the scope
   * @param id the construct's id, and the authority's name if none is given
   * @param props the authority
   */
  public constructor(scope: Construct, id: string, props: CertManagerCertificateAuthorityProps = {}) {
    super(scope, id);
    const name = props.name ?? id;
    this.authorityName = name;
    this.issuerName = name;
    this.issuerKind = CertManagerIssuerKind.ISSUER;
    this.namespace = namespaceOf(this, props.namespace);
    this.issuerNamespace = this.namespace;
    this.commonName = props.commonName ?? name;
    this.validity = props.validity ?? Duration.days(3650);
    this.trust = TrustedCertificates._made(this.namespace, name, 'ca.crt');

    const selfSigned = `${name}-self-signed`;
    const key = props.key ?? CertificateKey.ecdsaP256();
    const renewBefore = props.renewBefore ?? thirdOf(this.validity);
    this.issuer('SelfSigned', selfSigned, { selfSigned: {} });
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Certificate',
      metadata: { name, namespace: this.namespace },
      spec: {
        isCA: true,
        secretName: name,
        commonName: this.commonName,
        duration: goDuration(this.validity),
        renewBefore: goDuration(renewBefore),
        usages: ['digital signature', 'cert sign', 'crl sign'],
        // A new key would make a new authority, which no client trusts before it has been told.
        privateKey: { algorithm: key.algorithm, size: key.size, encoding: 'PKCS8', rotationPolicy: 'Never' },
        issuerRef: { group: 'cert-manager.io', kind: CertManagerIssuerKind.ISSUER, name: selfSigned },
      },
    });
    this.issuer('Issuer', name, { ca: { secretName: name } });

    const what = `authority '${name}'`;
    enforce(this, PLACE_RULES, this);
    enforce(this, CERTIFICATE_RULES, {
      what,
      objectNames: [name, selfSigned],
      commonName: this.commonName,
      validity: this.validity,
    });
    enforce(this, CERT_MANAGER_RENEWAL_RULES, { what, validity: this.validity, renewBefore });
  }

  private issuer(id: string, name: string, spec: object): void {
    new ApiObject(this, id, {
      apiVersion: 'cert-manager.io/v1',
      kind: 'Issuer',
      metadata: { name, namespace: this.namespace },
      spec,
    });
  }
}

/** When cert-manager renews a certificate if nobody says otherwise. */
export function thirdOf(validity: Duration): Duration {
  return Duration.seconds(Math.floor(validity.toSeconds({ integral: false }) / 3));
}
