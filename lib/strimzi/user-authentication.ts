import { Duration } from 'cdk8s';
import { IOAuthClient, IOAuthIssuer } from '../identity/oauth';
import { ICertificate } from '../pki/certificate';
import { SecretKey } from '../secrets/secret-key';

/** A certificate that Strimzi's User Operator issues. */
export interface TlsUserProps {
  /**
   * How long the certificate is valid; whole days. Only together with `renewal`.
   *
   * @default - as long as the clients CA says
   */
  readonly validity?: Duration;
  /**
   * How long before its end it is renewed; whole days, less than `validity`. Only together with `validity`.
   *
   * @default - as the clients CA says
   */
  readonly renewal?: Duration;
}

/** A password. */
export interface ScramUserProps {
  /**
   * The Secret key that holds the password, in the namespace of the Kafka cluster.
   *
   * @default - 32 random characters that the User Operator makes
   */
  readonly password?: SecretKey;
}

/** @internal What each kind of authentication consists of. */
export type UserAuthenticationDetails =
  | { readonly kind: 'tls'; readonly tls: TlsUserProps }
  | { readonly kind: 'tlsExternal'; readonly certificate?: ICertificate }
  | { readonly kind: 'scramSha512'; readonly scram: ScramUserProps }
  | { readonly kind: 'oauth'; readonly client: IOAuthClient; readonly usernameClaim: string }
  | { readonly kind: 'none' };

/**
 * What a user proves its identity with.
 *
 * @see Strimzi 1.2.0, api/.../user/KafkaUserAuthentication.java
 */
export class UserAuthentication {
  /**
   * A certificate that Strimzi issues from the cluster's clients CA, for listeners with mutual TLS.
   *
   * @param props how long it is valid
   */
  public static tls(props: TlsUserProps = {}): UserAuthentication {
    return new UserAuthentication({ kind: 'tls', tls: props });
  }

  /**
   * A certificate from elsewhere, whose subject is exactly `CN=<user>`.
   *
   * @param certificate the certificate, if clients in this app use it
   */
  public static tlsExternal(certificate?: ICertificate): UserAuthentication {
    return new UserAuthentication({ kind: 'tlsExternal', certificate });
  }

  /**
   * A password, for listeners with SCRAM-SHA-512.
   *
   * @param props where the password comes from
   */
  public static scramSha512(props: ScramUserProps = {}): UserAuthentication {
    return new UserAuthentication({ kind: 'scramSha512', scram: props });
  }

  /**
   * Access tokens of an OAuth 2.0 client. The user is named after the client's principal.
   *
   * @param client the client
   * @param usernameClaim the claim that the listener reads the name from; `preferred_username` if not given
   */
  public static oauth(client: IOAuthClient, usernameClaim: string = 'preferred_username'): UserAuthentication {
    return new UserAuthentication({ kind: 'oauth', client, usernameClaim });
  }

  /** Something that this app knows nothing of: the user is a name that rights and quotas hang on. */
  public static none(): UserAuthentication {
    return new UserAuthentication({ kind: 'none' });
  }

  private constructor(
    /** @internal */
    public readonly _details: UserAuthenticationDetails,
  ) {}

  /** @internal The name that the authentication gives to its user, if it does. */
  public _userName(): string | undefined {
    const details = this._details;
    return details.kind === 'oauth' ? details.client.principalFor(details.usernameClaim)?.name : undefined;
  }

  /** @internal The server that clients get their tokens from, if there is one. */
  public _issuer(): IOAuthIssuer | undefined {
    return this._details.kind === 'oauth' ? this._details.client.issuer : undefined;
  }

  /** @internal The `authentication` of a KafkaUser. */
  public _render(): object | undefined {
    const details = this._details;
    switch (details.kind) {
      case 'tls': {
        const { validity, renewal } = details.tls;
        return {
          type: 'tls',
          ...(validity ? { validityDays: validity.toDays() } : {}),
          ...(renewal ? { renewalDays: renewal.toDays() } : {}),
        };
      }
      case 'tlsExternal':
        return { type: 'tls-external' };
      case 'scramSha512': {
        const { password } = details.scram;
        return {
          type: 'scram-sha-512',
          ...(password
            ? { password: { valueFrom: { secretKeyRef: { name: password.secretName, key: password.key } } } }
            : {}),
        };
      }
      case 'oauth':
      case 'none':
        return undefined;
    }
  }
}
