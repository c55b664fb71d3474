import { ApiObject, Lazy, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../kubernetes/hardening';
import { PLACE_RULES, namespaceOf, serviceHost, serviceHosts } from '../kubernetes/place';
import { ResourceProps, renderResources } from '../kubernetes/resources';
import { ICertificate } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import { NOBODY, NetworkPeer, renderPeers } from '../kubernetes/network-peer';
import { enforce } from '../validation/rule';
import { IKeycloakDatabase } from './keycloak-database';
import type { KeycloakRealm } from './keycloak-realm';
import { KEYCLOAK_RULES } from './keycloak-rules';

/** A Keycloak server. */
export interface KeycloakProps {
  /**
   * The certificate that Keycloak shows: `tls.crt` and `tls.key` of one Secret in its namespace, valid for
   * `Keycloak.dnsNames(name, namespace)`.
   */
  readonly certificate: ICertificate;
  /** Where Keycloak keeps its data. */
  readonly database: IKeycloakDatabase;
  /**
   * The name of the Keycloak resource.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The namespace, which the Keycloak operator must watch.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if addresses should end in it.
   *
   * @default - addresses end in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * The URL by which Keycloak calls itself, such as `https://sso.example.com`: the beginning of the `iss` claim of its
   * tokens. Pods inside the Kubernetes cluster reach it at `url` all the same.
   *
   * @default - the URL of its Service
   */
  readonly hostname?: string;
  /**
   * The number of pods.
   *
   * @default 1
   */
  readonly instances?: number;
  /**
   * The image.
   *
   * @default - that of the operator's own version
   */
  readonly image?: string;
  /**
   * What each pod gets.
   *
   * @default - 500 millicores to 2 cores, 2 gibibytes
   */
  readonly resources?: ResourceProps;
}

const PORT = 8443;
const DEFAULT_RESOURCES: ResourceProps = {
  cpuRequest: Cpu.millis(500),
  cpuLimit: Cpu.units(2),
  memory: Size.gibibytes(2),
};

/**
 * A Keycloak server, run by the Keycloak operator: a Keycloak resource (`k8s.keycloak.org/v2beta1`).
 *
 * It speaks TLS only, and to nobody who was not let in. No Ingress is made. The password of the first administrator is
 * made by the operator, in the Secret `<name>-initial-admin`.
 *
 * @see Keycloak 26.6.4, operator/.../crds/v2beta1/deployment/KeycloakSpec.java
 */
export class Keycloak extends Construct {
  /**
   * The names that the certificate of a Keycloak must be valid for: those of its Service.
   *
   * @param name the name of the Keycloak resource
   * @param namespace its namespace
   * @param clusterDomain the domain of the Kubernetes cluster; `cluster.local` if not given
   */
  public static dnsNames(name: string, namespace: string, clusterDomain?: string): string[] {
    return serviceHosts(serviceName(name), namespace, clusterDomain);
  }

  /** The name of the Keycloak resource. */
  public readonly name: string;
  /** The namespace. */
  public readonly namespace: string;
  /** The host of its Service. */
  public readonly host: string;
  /** Where pods reach it. */
  public readonly url: string;
  /** The URL by which it calls itself. */
  public readonly hostname: string;
  /** The certificate that it shows. */
  public readonly certificate: ICertificate;
  /** Where it keeps its data. */
  public readonly database: IKeycloakDatabase;
  /** The number of pods. */
  public readonly instances: number;
  /** What each pod gets. */
  public readonly resources: ResourceProps;
  /** The image; none for that of the operator. */
  public readonly image?: string;
  /** The Keycloak resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  private readonly realms: KeycloakRealm[] = [];
  private readonly peers: NetworkPeer[] = [];
  private readonly managementPeers: NetworkPeer[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the name of the resource if none is given
   * @param props the server
   */
  public constructor(scope: Construct, id: string, props: KeycloakProps) {
    super(scope, id);
    this.name = props.name ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.host = serviceHost(serviceName(this.name), this.namespace, props.clusterDomain);
    this.url = `https://${this.host}:${PORT}`;
    this.hostname = props.hostname ?? this.url;
    this.certificate = props.certificate;
    this.database = props.database;
    this.instances = props.instances ?? 1;
    this.resources = props.resources ?? DEFAULT_RESOURCES;
    this.image = props.image;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'k8s.keycloak.org/v2beta1',
      kind: 'Keycloak',
      metadata: { name: this.name, namespace: this.namespace },
      spec: Lazy.any({ produce: () => this.render() }) as object,
    });
    for (const app of ['keycloak', 'keycloak-realm-import']) {
      this.database.allowFromPods({ app, 'app.kubernetes.io/instance': this.name }, this.namespace);
    }
    enforce(this, PLACE_RULES, this);
    enforce(this, KEYCLOAK_RULES, this);
  }

  /** The authority that vouches for its certificate: what its clients trust. */
  public get trust(): TrustedCertificates {
    return this.certificate.issuer;
  }

  /**
   * Lets pods in. Realms do it by themselves for the brokers and clients of this app.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  public allowFromPods(labels: { [key: string]: string }, namespace: string): void {
    this.allowFrom(NetworkPeer.pods({ labels, namespace }));
  }

  /**
   * Lets somebody in who is not part of this app, such as an ingress controller.
   *
   * @param peer who may connect
   */
  public allowFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  /**
   * Lets somebody read health and metrics on port 9000, which asks for no credentials.
   *
   * @param peer who may connect
   */
  public allowManagementFrom(peer: NetworkPeer): void {
    this.managementPeers.push(peer);
  }

  /** @internal */
  public _addRealm(realm: KeycloakRealm): void {
    this.realms.push(realm);
  }

  /** @internal */
  public _realms(): readonly KeycloakRealm[] {
    return this.realms;
  }

  private render(): object {
    const { database, certificate, hostname } = this;
    return {
      instances: this.instances,
      ...(this.image ? { image: this.image } : {}),
      http: { tlsSecret: certificate.certificate.secretName },
      hostname: {
        hostname,
        strict: true,
        // Pods keep using the Service, which the certificate is for; the issuer of tokens is the hostname either way.
        ...(hostname === this.url ? {} : { backchannelDynamic: true }),
      },
      db: {
        vendor: database.vendor,
        host: database.host,
        port: database.port,
        database: database.database,
        usernameSecret: renderSecretKey(database.usernameSecret),
        passwordSecret: renderSecretKey(database.passwordSecret),
      },
      resources: renderResources(this.resources),
      // The operator would make one for every host name.
      ingress: { enabled: false },
      networkPolicy: {
        enabled: true,
        https: this.renderPeers(this.peers),
        management: this.renderPeers(this.managementPeers),
      },
      automountServiceAccountToken: false,
      unsupported: { podTemplate: renderPodTemplate() },
    };
  }

  private renderPeers(peers: readonly NetworkPeer[]): object[] {
    const rendered = renderPeers(peers, this.namespace);
    return rendered.length > 0 ? rendered : [NOBODY];
  }
}

/** The name of the Service that the operator makes for a Keycloak. */
function serviceName(name: string): string {
  return `${name}-service`;
}

/** A reference to a Secret key as the resources of Keycloak write it. */
export function renderSecretKey({ secretName, key }: SecretKey): object {
  return { name: secretName, key };
}

/**
 * What the operator starts from when it makes the pods of the server and of realm imports.
 *
 * The root file system stays writable: the operator's image is not optimized, and builds itself when it starts.
 */
function renderPodTemplate(): object {
  return {
    spec: {
      securityContext: RESTRICTED_POD,
      // A Service called kc-http would put KC_HTTP_PORT into the pods, which Keycloak takes for a setting.
      enableServiceLinks: false,
      containers: [{ securityContext: RESTRICTED_CONTAINER }],
    },
  };
}
