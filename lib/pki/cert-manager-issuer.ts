import { Construct } from 'constructs';
import { namespaceOf } from '../kubernetes/place';
import { enforce } from '../validation/rule';
import { CERT_MANAGER_ISSUER_RULES } from './cert-manager-rules';
import { ICertificateAuthority } from './certificate';
import { TrustedCertificates } from './trusted-certificates';

/** Where an issuer of cert-manager issues certificates. */
export enum CertManagerIssuerKind {
  /** In its own namespace. */
  ISSUER = 'Issuer',
  /** In every namespace. */
  CLUSTER_ISSUER = 'ClusterIssuer',
}

/** An issuer of cert-manager. */
export interface ICertManagerIssuer extends ICertificateAuthority {
  /** The name of the Issuer or ClusterIssuer. */
  readonly issuerName: string;
  /** Which of the two it is. */
  readonly issuerKind: CertManagerIssuerKind;
  /** The namespace of an Issuer; none for a ClusterIssuer. */
  readonly issuerNamespace?: string;
}

/** What is known of an issuer that exists already. */
export interface ExistingCertManagerIssuerProps {
  /** The name of the Issuer or ClusterIssuer. */
  readonly issuerName: string;
  /**
   * Which of the two it is.
   *
   * @default CertManagerIssuerKind.ISSUER
   */
  readonly kind?: CertManagerIssuerKind;
  /** The certificates of the authority behind it. */
  readonly trust: TrustedCertificates;
  /**
   * The namespace of an Issuer.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
}

/** Issuers of cert-manager that this app does not make. */
export class CertManagerIssuer {
  /**
   * An issuer that exists already.
   *
   * @param scope the scope
   * @param id the construct's id
   * @param props what is known of the issuer
   */
  public static fromIssuerName(
    scope: Construct,
    id: string,
    props: ExistingCertManagerIssuerProps,
  ): ICertManagerIssuer {
    return new ExistingCertManagerIssuer(scope, id, props);
  }

  private constructor() {}
}

class ExistingCertManagerIssuer extends Construct implements ICertManagerIssuer {
  public readonly issuerName: string;
  public readonly issuerKind: CertManagerIssuerKind;
  public readonly trust: TrustedCertificates;
  public readonly issuerNamespace?: string;

  public constructor(scope: Construct, id: string, props: ExistingCertManagerIssuerProps) {
    super(scope, id);
    this.issuerName = props.issuerName;
    this.issuerKind = props.kind ?? CertManagerIssuerKind.ISSUER;
    this.trust = props.trust;
    this.issuerNamespace =
      this.issuerKind === CertManagerIssuerKind.ISSUER ? namespaceOf(this, props.namespace) : undefined;
    enforce(this, CERT_MANAGER_ISSUER_RULES, this);
  }
}
