import { createPrivateKey } from 'node:crypto';
import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { toBase64 } from '../secrets/development-secret';
import { DevelopmentSecrets } from '../secrets/development-secrets';
import { SECRET_STATE_RULES } from '../secrets/secret-state-rules';
import { enforce } from '../validation/rule';
import { ICertificateAuthority } from './certificate';
import { CERTIFICATE_RULES } from './certificate-rules';
import { CertifiedSigner, KeptCertificateFiles, keptCertificate, keptFiles, keptKey } from './kept-certificate';
import { TrustedCertificates } from './trusted-certificates';

/** A certificate authority for development. */
export interface DevelopmentCertificateAuthorityProps {
  /**
   * The name of the Secret that holds the authority's certificate.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The common name of the authority.
   *
   * @default - its name
   */
  readonly commonName?: string;
  /**
   * How long the authority's certificate is valid, from the synthesis that makes it.
   *
   * @default Duration.days(3650)
   */
  readonly validity?: Duration;
}

/**
 * A certificate authority for development, in clusters without cert-manager.
 *
 * Its private key stays in the state folder of the development secrets, as `<name>/ca.key`; the Secret holds nothing but
 * `ca.crt`. The certificate is renewed by the synthesis in the last third of its validity, and keeps its key, so that
 * what it has issued stays valid.
 */
export class DevelopmentCertificateAuthority extends Construct implements ICertificateAuthority {
  /** The name of the authority and of the Secret that holds its certificate. */
  public readonly authorityName: string;
  /** The namespace of the Secret. */
  public readonly namespace: string;
  public readonly trust: TrustedCertificates;
  /** The common name of the authority. */
  public readonly commonName: string;
  /** How long the authority's certificate is valid. */
  public readonly validity: Duration;
  /** The Secret, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly files: KeptCertificateFiles;

  /**
   * @param scope the development secrets, among which the authority keeps its key
   * @param id the construct's id, and the authority's name if none is given
   * @param props the authority
   */
  public constructor(scope: DevelopmentSecrets, id: string, props: DevelopmentCertificateAuthorityProps = {}) {
    super(scope, id);
    this.authorityName = props.name ?? id;
    this.namespace = scope.namespace ?? '';
    this.commonName = props.commonName ?? this.authorityName;
    this.validity = props.validity ?? Duration.days(3650);
    this.trust = TrustedCertificates._made(this.namespace, this.authorityName, 'ca.crt');
    this.files = {
      state: scope._state,
      keyPath: [this.authorityName, 'ca.key'],
      certificatePath: [this.authorityName, 'ca.crt'],
    };
    scope._reserve(this.authorityName);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: this.authorityName },
      type: 'Opaque',
      data: Lazy.any({ produce: () => ({ 'ca.crt': toBase64(this._signer().certificate) }) }) as object,
    });
    enforce(this, CERTIFICATE_RULES, {
      what: `authority '${this.authorityName}'`,
      objectNames: [this.authorityName],
      commonName: this.commonName,
      validity: this.validity,
    });
    enforce(this, SECRET_STATE_RULES, () => keptFiles(this.files));
  }

  /** @internal What certificates are signed with; makes key and certificate if there are none. */
  public _signer(): CertifiedSigner {
    const { commonName, validity } = this;
    return {
      commonName,
      privateKey: createPrivateKey(keptKey(this.files)),
      certificate: keptCertificate(this.files, { commonName, validity }, undefined),
    };
  }
}
