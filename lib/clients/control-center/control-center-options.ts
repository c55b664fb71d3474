import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';

/** Names and passwords for the people who use Control Center (HTTP basic authentication). */
export interface ControlCenterBasicAuthentication {
  /** The Secret key that holds the users: a line `name: password,role` for each. */
  readonly users: SecretKey;
  /** The roles whose users may see and change everything. */
  readonly roles: string[];
  /**
   * The roles whose users may only see.
   *
   * @default - none
   */
  readonly restrictedRoles?: string[];
}

/** A Kafka Connect that Control Center shows. */
export interface ControlCenterConnect {
  /** What Control Center calls it. */
  readonly name: string;
  /** The URL of the REST interface of its workers. */
  readonly url: string;
  /**
   * The authority that vouches for the certificate of the workers.
   *
   * @default - the public authorities that the Java virtual machine knows
   */
  readonly trust?: TrustedCertificates;
}
