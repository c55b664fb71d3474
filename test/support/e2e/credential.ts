import { Settings } from './java-probe';

/** What a client shows and believes, right or wrong, in words that are neither Kafka's settings nor the library's. */
export interface Credential {
  readonly name: string;
  readonly tls: boolean;
  /** Whether the client knows the authority of the brokers; of no meaning without TLS. */
  readonly trustsBroker?: boolean;
  /** Whether the client calls the broker by a name that no certificate holds. */
  readonly byOtherName?: boolean;
  readonly certificate?: ShownCertificate;
  readonly login?: PasswordLogin | TokenLogin;
  /** What a Java client is configured with, but for the address. */
  readonly settings: Settings;
}

/** A client certificate. */
export interface ShownCertificate {
  /** The subject as Kafka writes it. */
  readonly subject: string;
  /** The Secret with the authority's certificate; none for an authority that nobody knows. */
  readonly authority?: string;
  readonly isOutOfDate?: boolean;
}

/** A name and password. */
export interface PasswordLogin {
  readonly kind: 'password';
  readonly mechanism: string;
  readonly username: string;
  /** Whether it is the password of the user's Secret. */
  readonly isRight: boolean;
}

/** An access token, or the wish for one. */
export interface TokenLogin {
  readonly kind: 'token';
  /** What the token says; none if the identity provider gives none. */
  readonly claims?: Record<string, unknown>;
  /** The issuer whose key signed the token; none if that key is nobody's. */
  readonly signedBy?: string;
  readonly flaw?: 'tampered' | 'unsigned';
}
