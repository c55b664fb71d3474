import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';

/** A file of the engine: what it is made of. */
export interface EngineFile {
  /** The file's name, which is also its key in the Secret that the engine's nodes mount. */
  readonly name: string;
  /** The keys of Secrets whose contents follow each other in it. A `TrustedCertificates` can stand for several. */
  readonly parts: readonly (SecretKey | TrustedCertificates)[];
}

/**
 * A file with the content of a Secret's key.
 *
 * An underscore can be in no name of a Secret, so that different keys are different files.
 */
export function keyFile(key: SecretKey): EngineFile {
  return { name: `${key.secretName}_${key.key}`, parts: [key] };
}

/** A file with the certificates of authorities, which the engine has one file for. */
export function trustFile(authorities: readonly TrustedCertificates[]): EngineFile {
  const parts = authorities.filter((one, index) => authorities.findIndex((other) => other.sameAs(one)) === index);
  const names = parts.map(({ secretName, key }) => (key === undefined ? `${secretName}.crt` : `${secretName}_${key}`));
  return { name: names.join('__'), parts };
}
