import { Duration } from 'cdk8s';
import { Principal } from '../access/principal';
import { SecretKey } from '../secrets/secret-key';
import { IOAuthClient, IOAuthIssuer } from './oauth';

/** A client of a Keycloak realm. */
export interface KeycloakClientProps {
  /**
   * The Secret key that holds the client's secret, in the namespace of Keycloak. Keycloak copies the value into JSON as
   * it is: letters and digits are safe, quotes and backslashes are not.
   */
  readonly secret: SecretKey;
  /** Whom its tokens are for, such as `kafka`: the `aud` claim. At least one. */
  readonly audiences: string[];
  /**
   * How long its tokens are valid; whole seconds, at most an hour.
   *
   * @default - as long as those of the realm
   */
  readonly accessTokenLifespan?: Duration;
  /**
   * Further fields of the client, as in the KeycloakRealmImport resource. Protocol mappers and attributes are added to
   * those of the client.
   *
   * @default - none
   */
  readonly additional?: { [field: string]: any };
}

/**
 * A client of a Keycloak realm that logs in by itself (client credentials grant) and in no other way:
 * `realm.addClient(clientId, props)` makes one.
 */
export class KeycloakClient implements IOAuthClient {
  /** @internal A client of `issuer` whose secret stands in the realm as `placeholder`. */
  public static _of(
    issuer: IOAuthIssuer,
    clientId: string,
    placeholder: string,
    props: KeycloakClientProps,
  ): KeycloakClient {
    return new KeycloakClient(issuer, clientId, placeholder, props);
  }

  public readonly issuer: IOAuthIssuer;
  public readonly clientId: string;
  public readonly clientSecret: SecretKey;
  public readonly audiences: string[];
  /** How long its tokens are valid; none for as long as those of the realm. */
  public readonly accessTokenLifespan?: Duration;

  /** @internal */
  public readonly _additional: { [field: string]: any };
  /** @internal The name by which the realm speaks of the client's secret. */
  public readonly _placeholder: string;

  private constructor(issuer: IOAuthIssuer, clientId: string, placeholder: string, props: KeycloakClientProps) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.clientSecret = props.secret;
    this.audiences = [...props.audiences];
    this.accessTokenLifespan = props.accessTokenLifespan;
    this._additional = props.additional ?? {};
    this._placeholder = placeholder;
  }

  /**
   * Who the client is to a broker.
   *
   * Keycloak 26.6.4 writes the name of a service account in lower case, and the client's id as it is.
   *
   * @param usernameClaim `preferred_username`, `azp` or `client_id`; other claims do not name the client
   */
  public principalFor(usernameClaim: string): Principal | undefined {
    switch (usernameClaim) {
      case 'preferred_username':
        return Principal.named(this._serviceAccount());
      case 'azp':
      case 'client_id':
        return Principal.named(this.clientId);
      default:
        return undefined;
    }
  }

  /** @internal The user that Keycloak makes for the client. */
  public _serviceAccount(): string {
    return `service-account-${this.clientId.toLowerCase()}`;
  }

  /** @internal The client as a realm writes it. */
  public _render(): Record<string, unknown> {
    const { protocolMappers, attributes, ...additional } = this._additional as FurtherFields;
    const lifespan = this.accessTokenLifespan;
    const allAttributes = {
      ...(lifespan ? { 'access.token.lifespan': String(wholeSeconds(lifespan)) } : {}),
      ...attributes,
    };
    return {
      ...CLIENT_CREDENTIALS_ONLY,
      clientId: this.clientId,
      secret: `\${${this._placeholder}}`,
      ...(Object.keys(allAttributes).length > 0 ? { attributes: allAttributes } : {}),
      protocolMappers: [...this.audiences.map(renderAudience), ...(protocolMappers ?? [])],
      ...additional,
    };
  }
}

/** Fields of a client that are added to its own, and all others. */
interface FurtherFields {
  readonly protocolMappers?: readonly unknown[];
  readonly attributes?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** What makes a client one that logs in by itself, and whose tokens name it and nobody else. */
const CLIENT_CREDENTIALS_ONLY = {
  enabled: true,
  protocol: 'openid-connect',
  publicClient: false,
  clientAuthenticatorType: 'client-secret',
  serviceAccountsEnabled: true,
  standardFlowEnabled: false,
  implicitFlowEnabled: false,
  directAccessGrantsEnabled: false,
  // Otherwise tokens carry every role of the account, and the audience `account` with them.
  fullScopeAllowed: false,
};

/** The duration in seconds, which rules want to be whole. */
export function wholeSeconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}

function renderAudience(audience: string): object {
  return {
    name: `audience-${audience}`,
    protocol: 'openid-connect',
    protocolMapper: 'oidc-audience-mapper',
    config: {
      'included.custom.audience': audience,
      'access.token.claim': 'true',
      'id.token.claim': 'false',
    },
  };
}
