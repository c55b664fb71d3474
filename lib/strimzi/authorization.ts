import { Principal } from '../access/principal';
import { IOAuthIssuer } from '../identity/oauth';
import { BrokerMount, brokerTrustPath } from './broker-mount';

/** Rights by Kafka's own ACLs. */
export interface SimpleAuthorizationProps {
  /**
   * Who may do everything. `cluster.addSuperUser()` adds more.
   *
   * @default - only Strimzi's own components
   */
  readonly superUsers?: Principal[];
}

/** Rights by a class of your own. */
export interface CustomAuthorizationProps {
  /** The class, which must be in the brokers' class path. */
  readonly authorizerClass: string;
  /**
   * Who may do everything. `cluster.addSuperUser()` adds more.
   *
   * @default - only Strimzi's own components
   */
  readonly superUsers?: Principal[];
  /**
   * Whether the class takes ACLs by Kafka's Admin API, so that users can have rights in this app.
   *
   * @default false
   */
  readonly supportsAdminApi?: boolean;
}

/** Rights by Keycloak's authorization services. */
export interface KeycloakAuthorizationProps {
  /** The realm that the rights are kept in. */
  readonly issuer: IOAuthIssuer;
  /** The client of the realm that stands for Kafka and holds the resources and policies. */
  readonly clientId: string;
  /**
   * Who may do everything. `cluster.addSuperUser()` adds more.
   *
   * @default - only Strimzi's own components
   */
  readonly superUsers?: Principal[];
  /**
   * Whether what Keycloak does not grant may still be granted by Kafka's ACLs.
   *
   * @default false
   */
  readonly delegateToKafkaAcls?: boolean;
}

/** @internal What each kind of authorization consists of. */
export type AuthorizationDetails =
  | { readonly kind: 'none' }
  | { readonly kind: 'simple'; readonly superUsers: Principal[] }
  | { readonly kind: 'custom'; readonly custom: CustomAuthorizationProps }
  | { readonly kind: 'keycloak'; readonly keycloak: KeycloakAuthorizationProps };

const KEYCLOAK_AUTHORIZER = 'io.strimzi.kafka.oauth.server.authorizer.KeycloakAuthorizer';

/**
 * How the brokers decide what a client may do.
 *
 * @see Strimzi 1.2.0, api/.../kafka/KafkaAuthorization.java: `simple` and `custom` are all there is
 */
export class KafkaAuthorization {
  /** Not at all: every client may do everything. */
  public static none(): KafkaAuthorization {
    return new KafkaAuthorization({ kind: 'none' });
  }

  /**
   * By Kafka's own ACLs. Who has none may do nothing.
   *
   * @param props who may do everything
   */
  public static simple(props: SimpleAuthorizationProps = {}): KafkaAuthorization {
    return new KafkaAuthorization({ kind: 'simple', superUsers: props.superUsers ?? [] });
  }

  /**
   * By a class of your own.
   *
   * @param props the class
   */
  public static custom(props: CustomAuthorizationProps): KafkaAuthorization {
    return new KafkaAuthorization({ kind: 'custom', custom: props });
  }

  /**
   * By Keycloak's authorization services. Every listener that such clients use needs OAuth 2.0 authentication.
   *
   * @param props the realm and client
   */
  public static keycloak(props: KeycloakAuthorizationProps): KafkaAuthorization {
    return new KafkaAuthorization({ kind: 'keycloak', keycloak: props });
  }

  private constructor(
    /** @internal */
    public readonly _details: AuthorizationDetails,
  ) {}

  /** Whether users can have rights in this app: ACLs need an authorizer that takes them. */
  public get takesAcls(): boolean {
    switch (this._details.kind) {
      case 'none':
        return false;
      case 'simple':
        return true;
      case 'custom':
        return this._details.custom.supportsAdminApi ?? false;
      case 'keycloak':
        return this._details.keycloak.delegateToKafkaAcls ?? false;
    }
  }

  /** Whether there is an authorizer at all. */
  public get enabled(): boolean {
    return this._details.kind !== 'none';
  }

  /** @internal Who may do everything, as far as the authorization says it. */
  public _superUsers(): readonly Principal[] {
    switch (this._details.kind) {
      case 'none':
        return [];
      case 'simple':
        return this._details.superUsers;
      case 'custom':
        return this._details.custom.superUsers ?? [];
      case 'keycloak':
        return this._details.keycloak.superUsers ?? [];
    }
  }

  /** @internal The `authorization` of a Kafka resource. */
  public _render(superUsers: readonly Principal[]): object | undefined {
    const names = superUsers.length > 0 ? { superUsers: superUsers.map(({ name }) => name) } : {};
    switch (this._details.kind) {
      case 'none':
        return undefined;
      case 'simple':
        return { type: 'simple', ...names };
      case 'custom':
        return {
          type: 'custom',
          authorizerClass: this._details.custom.authorizerClass,
          supportsAdminApi: this.takesAcls,
          ...names,
        };
      case 'keycloak':
        return { type: 'custom', authorizerClass: KEYCLOAK_AUTHORIZER, supportsAdminApi: this.takesAcls, ...names };
    }
  }

  /** @internal What the authorizer needs in `spec.kafka.config`. */
  public _config(clusterName: string): Record<string, string> {
    if (this._details.kind !== 'keycloak') return {};
    const { issuer, clientId } = this._details.keycloak;
    return {
      'principal.builder.class': 'io.strimzi.kafka.oauth.server.OAuthKafkaPrincipalBuilder',
      'strimzi.authorization.client.id': clientId,
      'strimzi.authorization.token.endpoint.uri': issuer.tokenEndpointUri,
      'strimzi.authorization.kafka.cluster.name': clusterName,
      'strimzi.authorization.delegate.to.kafka.acl': String(this.takesAcls),
      ...(issuer.trust
        ? {
            'strimzi.authorization.ssl.truststore.location': brokerTrustPath(issuer.trust),
            'strimzi.authorization.ssl.truststore.type': 'PEM',
          }
        : {}),
    };
  }

  /** @internal What the authorizer needs mounted in the brokers. */
  public _mounts(): readonly BrokerMount[] {
    const trust = this._issuer()?.trust;
    return trust ? [BrokerMount.trust(trust)] : [];
  }

  /** @internal The server that the authorizer asks, if there is one. */
  public _issuer(): IOAuthIssuer | undefined {
    return this._details.kind === 'keycloak' ? this._details.keycloak.issuer : undefined;
  }
}
