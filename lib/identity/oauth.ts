import { TrustedCertificates } from '../pki/trusted-certificates';
import { Principal } from '../access/principal';
import { SecretKey } from '../secrets/secret-key';

/** An OAuth 2.0 authorization server (in Keycloak: a realm), stated once for the brokers and the clients. */
export interface IOAuthIssuer {
  /** The value of the `iss` claim, to the letter. */
  readonly issuerUri: string;
  /** Where the brokers fetch the keys that tokens are signed with. */
  readonly jwksEndpointUri: string;
  /** Where clients get their tokens. */
  readonly tokenEndpointUri: string;
  /** Where opaque tokens are looked up; none if the server has no such endpoint. */
  readonly introspectionEndpointUri?: string;
  /** The authority that vouches for the server's certificate; none for public authorities. */
  readonly trust?: TrustedCertificates;

  /**
   * Opens the server to pods. Listeners and constructs for clients do it by themselves.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  allowFromPods(labels: { [key: string]: string }, namespace: string): void;
}

/** A client that logs in by itself (client credentials grant). */
export interface IOAuthClient {
  /** The server that knows the client. */
  readonly issuer: IOAuthIssuer;
  /** The client's id. */
  readonly clientId: string;
  /** The client's secret. */
  readonly clientSecret: SecretKey;
  /** What the `aud` claim of its tokens contains. */
  readonly audiences: string[];
  /**
   * Who the client is to a broker that reads the user name from `usernameClaim`; none if its tokens lack that claim.
   *
   * @param usernameClaim the claim
   */
  principalFor(usernameClaim: string): Principal | undefined;
}

/** The endpoints of an authorization server that exists already. */
export interface OAuthIssuerProps {
  /** The value of the `iss` claim, to the letter. */
  readonly issuerUri: string;
  /** Where the brokers fetch the keys that tokens are signed with. */
  readonly jwksEndpointUri: string;
  /** Where clients get their tokens. */
  readonly tokenEndpointUri: string;
  /**
   * Where opaque tokens are looked up.
   *
   * @default - none: tokens are checked by their signature
   */
  readonly introspectionEndpointUri?: string;
  /**
   * The authority that vouches for the server's certificate.
   *
   * @default - the public authorities that the platform knows
   */
  readonly trust?: TrustedCertificates;
}

/** An authorization server that exists already. */
export class OAuthIssuer implements IOAuthIssuer {
  public readonly issuerUri: string;
  public readonly jwksEndpointUri: string;
  public readonly tokenEndpointUri: string;
  public readonly introspectionEndpointUri?: string;
  public readonly trust?: TrustedCertificates;

  /**
   * @param props the server's endpoints
   */
  public constructor(props: OAuthIssuerProps) {
    this.issuerUri = props.issuerUri;
    this.jwksEndpointUri = props.jwksEndpointUri;
    this.tokenEndpointUri = props.tokenEndpointUri;
    this.introspectionEndpointUri = props.introspectionEndpointUri;
    this.trust = props.trust;
  }

  /**
   * Does nothing: who may reach a server outside this app is decided there.
   *
   * @param _labels the labels of the pods
   * @param _namespace the namespace of the pods
   */
  public allowFromPods(_labels: { [key: string]: string }, _namespace: string): void {}
}

/** What is known of a client that exists already at its authorization server. */
export interface OAuthClientProps {
  /** The server that knows the client. */
  readonly issuer: IOAuthIssuer;
  /** The client's id. */
  readonly clientId: string;
  /** The client's secret. */
  readonly clientSecret: SecretKey;
  /**
   * What the `aud` claim of its tokens contains.
   *
   * @default - none
   */
  readonly audiences?: string[];
  /**
   * The claims that name the client in its tokens, such as `{ preferred_username: 'service-account-etl' }`.
   *
   * @default - `azp` and `client_id` with the client's id
   */
  readonly claims?: { [claim: string]: string };
}

/** A client that exists already at its authorization server. */
export class OAuthClient implements IOAuthClient {
  public readonly issuer: IOAuthIssuer;
  public readonly clientId: string;
  public readonly clientSecret: SecretKey;
  public readonly audiences: string[];
  private readonly claims: { [claim: string]: string };

  /**
   * @param props what is known of the client
   */
  public constructor(props: OAuthClientProps) {
    this.issuer = props.issuer;
    this.clientId = props.clientId;
    this.clientSecret = props.clientSecret;
    this.audiences = [...(props.audiences ?? [])];
    this.claims = props.claims ?? { azp: props.clientId, client_id: props.clientId };
  }

  public principalFor(usernameClaim: string): Principal | undefined {
    const name = this.claims[usernameClaim];
    return name === undefined ? undefined : Principal.named(name);
  }
}
