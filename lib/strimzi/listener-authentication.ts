import { Duration } from 'cdk8s';
import { IOAuthIssuer } from '../identity/oauth';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { BrokerMount } from './broker-mount';

/** How the brokers check OAuth 2.0 access tokens. */
export interface OAuthListenerProps {
  /** The server that issues the tokens. */
  readonly issuer: IOAuthIssuer;
  /**
   * What the `aud` claim of a token must contain, so that tokens for other services are refused. It is also the id
   * under which the brokers know themselves.
   *
   * @default - none; then `acceptAnyAudience` must be true
   */
  readonly audience?: string;
  /**
   * Accepts tokens that were issued for any other service of the same server.
   *
   * @default false
   */
  readonly acceptAnyAudience?: boolean;
  /**
   * The claim that names the user.
   *
   * @default 'preferred_username'
   */
  readonly usernameClaim?: string;
  /**
   * The claim that names the user in tokens without `usernameClaim`.
   *
   * @default - none
   */
  readonly fallbackUsernameClaim?: string;
  /**
   * What is put before a name from `fallbackUsernameClaim`.
   *
   * @default - nothing
   */
  readonly fallbackUsernamePrefix?: string;
  /**
   * How long a connection may live on one token before the client must send another: 1 millisecond or more.
   *
   * @default Duration.hours(1)
   */
  readonly reauthentication?: Duration;
  /**
   * A JsonPath filter that the claims of a token must match, such as `'kafka' in @.groups`.
   *
   * @default - none
   */
  readonly customClaimCheck?: string;
  /**
   * A JsonPath query for the groups of the user.
   *
   * @default - none
   */
  readonly groupsClaim?: string;
  /**
   * How often the signing keys are fetched anew; whole seconds.
   *
   * @default - 5 minutes (strimzi-kafka-oauth 0.18.0)
   */
  readonly jwksRefresh?: Duration;
  /**
   * How long signing keys are trusted when they cannot be fetched anew; whole seconds, more than `jwksRefresh`.
   *
   * @default - 6 minutes (strimzi-kafka-oauth 0.18.0)
   */
  readonly jwksExpiry?: Duration;
  /**
   * The secret with which the brokers look tokens up at the server's introspection endpoint, for tokens that are not
   * signed. Needs `audience`.
   *
   * @default - tokens are checked by their signature
   */
  readonly introspectionClientSecret?: SecretKey;
  /**
   * How long to wait for a connection to the server; whole seconds.
   *
   * @default - 60 seconds (strimzi-kafka-oauth 0.18.0)
   */
  readonly connectTimeout?: Duration;
  /**
   * How long to wait for an answer of the server; whole seconds.
   *
   * @default - 60 seconds (strimzi-kafka-oauth 0.18.0)
   */
  readonly readTimeout?: Duration;
  /**
   * Whether the brokers refuse to start while the server cannot be reached.
   *
   * @default false: they start and refuse every token until it can
   */
  readonly failFast?: boolean;
  /**
   * Also lets clients without OAuth support log in, with SASL PLAIN and their client id and secret.
   *
   * @default false
   */
  readonly oauthOverPlain?: boolean;
}

/** Any other authentication, in the terms of Kafka's own listener settings. */
export interface CustomListenerProps {
  /** Whether clients log in by SASL. */
  readonly sasl: boolean;
  /**
   * Settings of the listener, as Kafka reads them, without the `listener.name.<listener>.` in front. `ssl.keystore.*` is
   * refused: Strimzi drops it.
   *
   * @default - none
   */
  readonly listenerConfig?: { [setting: string]: string };
  /**
   * The authority whose certificates clients must present. It is mounted into the brokers, and
   * `ssl.client.auth`, `ssl.truststore.type` and `ssl.truststore.location` are set accordingly.
   *
   * @default - none: `listenerConfig` says whether certificates are asked for
   */
  readonly trustedClients?: TrustedCertificates;
  /**
   * Further files that the settings speak of.
   *
   * @default - none
   */
  readonly mounts?: BrokerMount[];
}

/** @internal What each kind of authentication consists of. */
export type ListenerAuthenticationDetails =
  | { readonly kind: 'none' }
  | { readonly kind: 'tls' }
  | { readonly kind: 'scramSha512' }
  | { readonly kind: 'oauth'; readonly oauth: OAuthListenerProps }
  | { readonly kind: 'custom'; readonly custom: CustomListenerProps };

/**
 * How a listener knows its clients.
 *
 * @see Strimzi 1.2.0, api/.../listener/KafkaListenerAuthentication.java: `tls`, `scram-sha-512` and `custom` are all
 * there is; OAuth 2.0 is a form of `custom`.
 */
export class ListenerAuthentication {
  /** Not at all: every client is `ANONYMOUS`. */
  public static none(): ListenerAuthentication {
    return new ListenerAuthentication({ kind: 'none' });
  }

  /** By client certificates of the cluster's clients CA (mutual TLS). */
  public static tls(): ListenerAuthentication {
    return new ListenerAuthentication({ kind: 'tls' });
  }

  /** By name and password, with SCRAM-SHA-512. */
  public static scramSha512(): ListenerAuthentication {
    return new ListenerAuthentication({ kind: 'scramSha512' });
  }

  /**
   * By OAuth 2.0 access tokens.
   *
   * @param props how tokens are checked
   */
  public static oauth(props: OAuthListenerProps): ListenerAuthentication {
    return new ListenerAuthentication({ kind: 'oauth', oauth: props });
  }

  /**
   * By anything else that Kafka can do.
   *
   * @param props the listener's settings
   */
  public static custom(props: CustomListenerProps): ListenerAuthentication {
    return new ListenerAuthentication({ kind: 'custom', custom: props });
  }

  private constructor(
    /** @internal */
    public readonly _details: ListenerAuthenticationDetails,
  ) {}

  /** Whether clients log in by SASL. */
  public get sasl(): boolean {
    switch (this._details.kind) {
      case 'none':
      case 'tls':
        return false;
      case 'scramSha512':
      case 'oauth':
        return true;
      case 'custom':
        return this._details.custom.sasl;
    }
  }

  /** @internal The server that the brokers ask for signing keys or about tokens, if there is one. */
  public _issuer(): IOAuthIssuer | undefined {
    return this._details.kind === 'oauth' ? this._details.oauth.issuer : undefined;
  }
}
