import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { toBase64 } from '../secrets/development-secret';
import { DevelopmentSecrets } from '../secrets/development-secrets';
import { SecretKey } from '../secrets/secret-key';
import { SECRET_STATE_RULES } from '../secrets/secret-state-rules';
import { Rule, enforce, faultIf } from '../validation/rule';
import { ICertificate } from './certificate';
import { CertificateRequestProps, CertificateUsage, usagesOf } from './certificate-request';
import { LEAF_CERTIFICATE_RULES } from './certificate-rules';
import { DevelopmentCertificateAuthority } from './development-certificate-authority';
import { KeptCertificateFiles, keptCertificate, keptFiles, keptKey } from './kept-certificate';
import { TrustedCertificates } from './trusted-certificates';

/** A certificate for development. */
export interface DevelopmentCertificateProps extends CertificateRequestProps {
  /** Who issues it: an authority among the same development secrets. */
  readonly authority: DevelopmentCertificateAuthority;
  /**
   * The name of the Secret that the certificate is kept in.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * How long the certificate is valid, from the synthesis that makes it.
   *
   * @default Duration.days(365)
   */
  readonly validity?: Duration;
}

export const DEVELOPMENT_CERTIFICATE_RULES: readonly Rule<DevelopmentCertificate>[] = [
  {
    id: 'development-authority',
    holds: 'A development certificate and its authority are among the same development secrets.',
    remedy: 'make the authority in the same DevelopmentSecrets',
    source: 'this project: the key of the authority is in the state folder of its environment',
    faults: ({ node, certificateName, _authority }) =>
      faultIf(
        _authority.node.scope !== node.scope,
        `authority '${_authority.authorityName}' of certificate '${certificateName}' is among other development secrets`,
      ),
  },
];

/**
 * A certificate for development, in clusters without cert-manager: a Secret of type `kubernetes.io/tls`.
 *
 * It is issued by the first synthesis and kept in the state folder of the development secrets, as `<name>/tls.crt` and
 * `<name>/tls.key`. A synthesis issues it anew, for the same key, if what it says or its authority has changed, and in
 * the last third of its validity.
 */
export class DevelopmentCertificate extends Construct implements ICertificate {
  /** The name of the certificate and of the Secret that it is kept in. */
  public readonly certificateName: string;
  /** The namespace of the Secret. */
  public readonly namespace: string;
  public readonly commonName: string;
  public readonly dnsNames: string[];
  /** What the certificate may be used for. */
  public readonly usages: CertificateUsage[];
  public readonly certificate: SecretKey;
  public readonly privateKey: SecretKey;
  public readonly issuer: TrustedCertificates;
  /** The Secret, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _authority: DevelopmentCertificateAuthority;
  private readonly validity: Duration;
  private readonly files: KeptCertificateFiles;

  /**
   * @param scope the development secrets, among which the certificate is kept
   * @param id the construct's id, and the certificate's name if none is given
   * @param props the certificate
   */
  public constructor(scope: DevelopmentSecrets, id: string, props: DevelopmentCertificateProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.certificateName = name;
    this.namespace = scope.namespace ?? '';
    this.commonName = props.commonName;
    this.dnsNames = [...(props.dnsNames ?? [])];
    this.usages = usagesOf(props);
    this.validity = props.validity ?? Duration.days(365);
    this.certificate = SecretKey._made(this.namespace, name, 'tls.crt');
    this.privateKey = SecretKey._made(this.namespace, name, 'tls.key');
    this.issuer = props.authority.trust;
    this._authority = props.authority;
    this.files = { state: scope._state, keyPath: [name, 'tls.key'], certificatePath: [name, 'tls.crt'] };
    scope._reserve(name);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name },
      type: 'kubernetes.io/tls',
      data: Lazy.any({ produce: () => this.render() }) as object,
    });
    enforce(this, LEAF_CERTIFICATE_RULES, {
      what: `certificate '${name}'`,
      objectNames: [name],
      commonName: this.commonName,
      validity: this.validity,
      dnsNames: this.dnsNames,
      usages: this.usages,
      authority: props.authority,
    });
    enforce(this, SECRET_STATE_RULES, () => keptFiles(this.files));
    enforce(this, DEVELOPMENT_CERTIFICATE_RULES, this);
  }

  private render(): Record<string, string> {
    const { commonName, dnsNames, usages, validity } = this;
    const signer = this._authority._signer();
    const certificate = keptCertificate(this.files, { commonName, validity, leaf: { dnsNames, usages } }, signer);
    return {
      'ca.crt': toBase64(signer.certificate),
      'tls.crt': toBase64(certificate),
      'tls.key': toBase64(keptKey(this.files)),
    };
  }
}
