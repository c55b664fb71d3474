import { ICertificate } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { SaslMechanism } from './protocol';

/** How a client gets its access tokens. */
export interface OAuthCredentialsProps {
  /** Where tokens are to be had. */
  readonly tokenEndpointUri: string;
  /** The client's id at the identity provider. */
  readonly clientId: string;
  /** The client's secret at the identity provider. */
  readonly clientSecret: SecretKey;
  /**
   * The authority that vouches for the token endpoint.
   *
   * @default - the public authorities that the client's platform knows
   */
  readonly trust?: TrustedCertificates;
  /**
   * The scope to ask for.
   *
   * @default - none: the client's default scopes
   */
  readonly scope?: string;
  /**
   * The audience to ask for, at providers that take it as a request parameter.
   *
   * @default - none
   */
  readonly audience?: string;
  /**
   * SASL extensions that are sent with the token, such as `logicalCluster` and `identityPoolId` for Confluent Cloud.
   *
   * @default - none
   */
  readonly extensions?: { [name: string]: string };
}

/** How a client logs in with Kerberos. */
export interface KerberosCredentialsProps {
  /** The client's principal, such as `etl@EXAMPLE.COM`. */
  readonly principal: string;
  /** The keytab with the principal's keys. */
  readonly keytab: SecretKey;
  /**
   * The `krb5.conf` that tells the realm's servers.
   *
   * @default - `/etc/krb5.conf` of the client's image
   */
  readonly krb5Conf?: SecretKey;
  /**
   * The primary of the brokers' principals: `kafka` in `kafka/broker.example.com@EXAMPLE.COM`.
   *
   * @default 'kafka'
   */
  readonly serviceName?: string;
}

/** @internal What each kind of credentials consists of; renderers go through it with an exhaustive switch. */
export type CredentialDetails =
  | { readonly kind: 'none' }
  | { readonly kind: 'certificate'; readonly certificate: ICertificate }
  | {
      readonly kind: 'password';
      readonly mechanism: SaslMechanism;
      readonly username: string;
      readonly password: SecretKey;
    }
  | { readonly kind: 'oauth'; readonly oauth: OAuthCredentialsProps }
  | { readonly kind: 'kerberos'; readonly kerberos: KerberosCredentialsProps };

/** What a client proves its identity with. Secret parts are references to Secret keys, never values. */
export class ClientCredentials {
  /** Nothing: the broker knows the client as `ANONYMOUS`. */
  public static none(): ClientCredentials {
    return new ClientCredentials({ kind: 'none' });
  }

  /**
   * A client certificate (mutual TLS).
   *
   * @param certificate the certificate and its key
   */
  public static certificate(certificate: ICertificate): ClientCredentials {
    return new ClientCredentials({ kind: 'certificate', certificate });
  }

  /**
   * A name and password by SCRAM-SHA-512.
   *
   * @param username the user
   * @param password the Secret key that holds the password
   */
  public static scramSha512(username: string, password: SecretKey): ClientCredentials {
    return new ClientCredentials({ kind: 'password', mechanism: SaslMechanism.SCRAM_SHA_512, username, password });
  }

  /**
   * A name and password by SCRAM-SHA-256.
   *
   * @param username the user
   * @param password the Secret key that holds the password
   */
  public static scramSha256(username: string, password: SecretKey): ClientCredentials {
    return new ClientCredentials({ kind: 'password', mechanism: SaslMechanism.SCRAM_SHA_256, username, password });
  }

  /**
   * A name and password sent as they are (SASL PLAIN).
   *
   * @param username the user
   * @param password the Secret key that holds the password
   */
  public static plain(username: string, password: SecretKey): ClientCredentials {
    return new ClientCredentials({ kind: 'password', mechanism: SaslMechanism.PLAIN, username, password });
  }

  /**
   * An OAuth 2.0 access token by the client credentials grant.
   *
   * @param props where the token comes from
   */
  public static oauth(props: OAuthCredentialsProps): ClientCredentials {
    return new ClientCredentials({ kind: 'oauth', oauth: props });
  }

  /**
   * A Kerberos ticket, by a keytab (SASL GSSAPI).
   *
   * @param props principal and keytab
   */
  public static kerberos(props: KerberosCredentialsProps): ClientCredentials {
    return new ClientCredentials({ kind: 'kerberos', kerberos: props });
  }

  private constructor(
    /** @internal */
    public readonly _details: CredentialDetails,
  ) {}

  /** @internal Whose credentials they are, as far as they say it: tokens do not. */
  public _name(): string | undefined {
    const details = this._details;
    switch (details.kind) {
      case 'password':
        return details.username;
      case 'certificate':
        return details.certificate.commonName;
      case 'none':
      case 'oauth':
      case 'kerberos':
        return undefined;
    }
  }

  /** The SASL mechanism that the credentials are for; none for certificates and anonymous clients. */
  public get saslMechanism(): SaslMechanism | undefined {
    switch (this._details.kind) {
      case 'none':
      case 'certificate':
        return undefined;
      case 'password':
        return this._details.mechanism;
      case 'oauth':
        return SaslMechanism.OAUTHBEARER;
      case 'kerberos':
        return SaslMechanism.GSSAPI;
    }
  }
}
