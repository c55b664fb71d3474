import { ApiObject, Duration, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { toObjectName } from '../kubernetes/names';
import { ResourceProps, renderResources } from '../kubernetes/resources';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { enforce } from '../validation/rule';
import { Keycloak, renderSecretKey } from './keycloak';
import { KeycloakClient, KeycloakClientProps, wholeSeconds } from './keycloak-client';
import { KEYCLOAK_REALM_RULES } from './keycloak-realm-rules';
import { IOAuthIssuer } from './oauth';

/** A realm of a Keycloak. */
export interface KeycloakRealmProps {
  /** The Keycloak. */
  readonly keycloak: Keycloak;
  /**
   * The name of the realm.
   *
   * @default - the construct's id
   */
  readonly realmName?: string;
  /**
   * The name of the KeycloakRealmImport resource.
   *
   * @default - the nearest legal name to that of the realm
   */
  readonly resourceName?: string;
  /**
   * How long access tokens are valid; whole seconds, at most an hour.
   *
   * @default Duration.minutes(5)
   */
  readonly accessTokenLifespan?: Duration;
  /**
   * What the pod that imports the realm gets.
   *
   * @default - as much as a pod of Keycloak
   */
  readonly importResources?: ResourceProps;
  /**
   * Further secret values that the realm speaks of as `${NAME}`, by their name: capitals, digits and underscores. The
   * Secrets are in the namespace of Keycloak.
   *
   * @default - the secrets of the clients
   */
  readonly placeholders?: { [name: string]: SecretKey };
  /**
   * Further fields of the realm, as in the KeycloakRealmImport resource.
   *
   * @default - none
   */
  readonly additional?: { [field: string]: any };
}

/**
 * A realm of a Keycloak, with the clients that get their tokens from it: a KeycloakRealmImport resource
 * (`k8s.keycloak.org/v2beta1`).
 *
 * The operator imports it once, when Keycloak is ready. An import makes a realm and never changes one: to change a realm
 * that exists, use the administration console, or delete the realm and the KeycloakRealmImport and apply it again.
 *
 * Secrets of clients are read from Kubernetes Secrets while the realm is imported. None is in the manifest.
 *
 * @see Keycloak 26.6.4, operator/.../crds/v2beta1/realmimport/KeycloakRealmImportSpec.java
 */
export class KeycloakRealm extends Construct implements IOAuthIssuer {
  /** The Keycloak. */
  public readonly keycloak: Keycloak;
  /** The name of the realm. */
  public readonly realmName: string;
  /** The name of the KeycloakRealmImport resource. */
  public readonly resourceName: string;
  /** How long access tokens are valid, if their client says nothing else. */
  public readonly accessTokenLifespan: Duration;
  public readonly issuerUri: string;
  public readonly jwksEndpointUri: string;
  public readonly tokenEndpointUri: string;
  public readonly introspectionEndpointUri?: string;
  public readonly trust?: TrustedCertificates;
  /** The KeycloakRealmImport resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: KeycloakRealmProps;
  private readonly ownClients: KeycloakClient[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the realm's name if none is given
   * @param props the realm
   */
  public constructor(scope: Construct, id: string, props: KeycloakRealmProps) {
    super(scope, id);
    this._props = props;
    this.keycloak = props.keycloak;
    this.realmName = props.realmName ?? id;
    this.resourceName = props.resourceName ?? toObjectName(this.realmName);
    this.accessTokenLifespan = props.accessTokenLifespan ?? Duration.minutes(5);
    const path = `realms/${this.realmName}`;
    const protocol = `${this.keycloak.url}/${path}/protocol/openid-connect`;
    this.issuerUri = `${this.keycloak.hostname}/${path}`;
    this.jwksEndpointUri = `${protocol}/certs`;
    this.tokenEndpointUri = `${protocol}/token`;
    this.introspectionEndpointUri = `${protocol}/token/introspect`;
    this.trust = this.keycloak.trust;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'k8s.keycloak.org/v2beta1',
      kind: 'KeycloakRealmImport',
      metadata: { name: this.resourceName, namespace: this.keycloak.namespace },
      spec: Lazy.any({ produce: () => this.render() }) as object,
    });
    this.keycloak._addRealm(this);
    enforce(this, KEYCLOAK_REALM_RULES, this);
  }

  /**
   * Adds a client that logs in by itself.
   *
   * @param clientId the client's id
   * @param props the client
   */
  public addClient(clientId: string, props: KeycloakClientProps): KeycloakClient {
    const client = KeycloakClient._of(this, clientId, this.placeholderFor(clientId), props);
    this.ownClients.push(client);
    return client;
  }

  /** The clients, in the order they were added. */
  public get clients(): KeycloakClient[] {
    return [...this.ownClients];
  }

  /**
   * Opens the Keycloak to pods. Listeners and constructs for clients do it by themselves.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  public allowFromPods(labels: { [key: string]: string }, namespace: string): void {
    this.keycloak.allowFromPods(labels, namespace);
  }

  /** @internal Every secret value that the realm may speak of, by the name of its placeholder. */
  public _placeholders(): Record<string, SecretKey> {
    const ofClients = this.ownClients.map((client) => [client._placeholder, client.clientSecret] as const);
    return { ...this._props.placeholders, ...Object.fromEntries(ofClients) };
  }

  /** @internal The realm as Keycloak reads it. */
  public _representation(): Record<string, unknown> {
    return {
      realm: this.realmName,
      enabled: true,
      sslRequired: 'all',
      accessTokenLifespan: wholeSeconds(this.accessTokenLifespan),
      clients: this.ownClients.map((client) => client._render()),
      ...this._props.additional,
    };
  }

  /** A placeholder that reads like the client's id and is no other client's. */
  private placeholderFor(clientId: string): string {
    const wanted = `CLIENT_SECRET_${clientId.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
    const taken = new Set(this.ownClients.map((client) => client._placeholder));
    let free = wanted;
    for (let count = 2; taken.has(free); count++) free = `${wanted}_${count}`;
    return free;
  }

  private render(): object {
    const placeholders = Object.fromEntries(
      Object.entries(this._placeholders()).map(([name, key]) => [name, { secret: renderSecretKey(key) }] as const),
    );
    return {
      keycloakCRName: this.keycloak.name,
      ...(Object.keys(placeholders).length > 0 ? { placeholders } : {}),
      resources: renderResources(this._props.importResources ?? this.keycloak.resources),
      realm: this._representation(),
    };
  }
}
