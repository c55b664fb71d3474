import { ClientCredentials } from '../access/client-credentials';
import { KafkaEndpoint, _KafkaLogin } from '../access/kafka-endpoint';
import { SecurityProtocol, securityProtocol } from '../access/protocol';
import { serviceHost } from '../kubernetes/place';
import { ICertificate } from '../pki/certificate';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { childId } from '../validation/child-id';
import { enforce } from '../validation/rule';
import type { KafkaCluster } from './kafka-cluster';
import { clusterId } from './cluster-id';
import { ListenerAuthentication } from './listener-authentication';
import { isUselessFor, loginFaults } from './listener-login';
import { LISTENER_ADDRESS_RULES } from './listener-address-rules';
import { CUSTOM_LISTENER_RULES } from './custom-listener-rules';
import { LISTENER_CONFIGURATION_RULES } from './listener-configuration-rules';
import { LISTENER_RULES } from './listener-rules';
import { OAUTH_LISTENER_RULES } from './oauth-listener-rules';
import { RenderedAuthentication, renderAuthentication } from './listener-settings';
import { ListenerType, _BootstrapContext } from './listener-type';
import { NOBODY, NetworkPeer, renderPeers } from '../kubernetes/network-peer';

/** A listener of a Kafka cluster. */
export interface KafkaListenerProps {
  /** The port, from 9092 to 65535, but not 9404 or 9999, which Strimzi needs. */
  readonly port: number;
  /** How the listener knows its clients. */
  readonly authentication: ListenerAuthentication;
  /**
   * How the listener is reached.
   *
   * @default ListenerType.internal()
   */
  readonly type?: ListenerType;
  /**
   * Whether the connection is encrypted and the brokers prove who they are.
   *
   * @default true
   */
  readonly tls?: boolean;
  /**
   * Lets clients send passwords or tokens over connections that are not encrypted. Only with `tls: false`.
   *
   * @default false
   */
  readonly unencryptedCredentials?: boolean;
  /**
   * The certificate that the brokers show on this listener.
   *
   * @default - one that Strimzi issues from the cluster CA
   */
  readonly certificate?: ICertificate;
  /**
   * Leaves the listener open to every pod of the Kubernetes cluster, instead of to the clients that connect to it. A
   * listener that serves clients outside is open until `allowFrom(NetworkPeer.ipBlock(...))` says to whom.
   *
   * @default false
   */
  readonly openToAllPods?: boolean;
  /**
   * The number of connections that a broker takes.
   *
   * @default - no limit
   */
  readonly maxConnections?: number;
  /**
   * The number of new connections that a broker takes in a second.
   *
   * @default - no limit
   */
  readonly maxConnectionCreationRate?: number;
  /**
   * Further fields of the listener's `configuration`, as in the Kafka resource.
   *
   * @default - none
   */
  readonly configuration?: { [field: string]: any };
}

/** A listener of a Kafka cluster: `cluster.addListener(name, props)` makes one. */
export class KafkaListener extends KafkaEndpoint {
  /** The cluster. */
  public readonly cluster: KafkaCluster;
  /** The listener's name. */
  public readonly listenerName: string;
  /** The listener's port. */
  public readonly port: number;
  /** How the listener is reached. */
  public readonly type: ListenerType;
  /** Whether the connection is encrypted. */
  public readonly tls: boolean;
  /** How the listener knows its clients. */
  public readonly authentication: ListenerAuthentication;
  /** The certificate that the brokers show; none if Strimzi issues it. */
  public readonly certificate?: ICertificate;
  /** Whether passwords and tokens may cross the network in clear. */
  public readonly unencryptedCredentials: boolean;
  /** Whether every pod may connect. */
  public readonly openToAllPods: boolean;

  private readonly props: KafkaListenerProps;
  private readonly peers: NetworkPeer[] = [];

  /**
   * @param cluster the cluster
   * @param name 1 to 11 lower-case letters and digits
   * @param props the listener
   */
  public constructor(cluster: KafkaCluster, name: string, props: KafkaListenerProps) {
    super(cluster, childId(cluster, `listener-${name}`));
    this.cluster = cluster;
    this.listenerName = name;
    this.props = props;
    this.port = props.port;
    this.type = props.type ?? ListenerType.internal();
    this.tls = props.tls ?? true;
    this.authentication = props.authentication;
    this.certificate = props.certificate;
    this.unencryptedCredentials = props.unencryptedCredentials ?? false;
    this.openToAllPods = props.openToAllPods ?? false;
    this.authentication._issuer()?.allowFromPods(cluster._brokerLabels(), cluster.namespace);
    enforce(this, LISTENER_RULES, this);
    enforce(this, LISTENER_ADDRESS_RULES, this);
    enforce(this, LISTENER_CONFIGURATION_RULES, this);
    enforce(this, OAUTH_LISTENER_RULES, this);
    enforce(this, CUSTOM_LISTENER_RULES, this);
  }

  public get clusterName(): string {
    return this.cluster.clusterName;
  }

  public get clusterId(): string {
    return clusterId(this.cluster);
  }

  public get bootstrapServers(): string | undefined {
    return this.type._bootstrapServers(this.addressContext());
  }

  public get securityProtocol(): SecurityProtocol {
    return securityProtocol(this.tls, this.authentication.sasl);
  }

  public get trust(): TrustedCertificates | undefined {
    if (!this.tls) return undefined;
    return this.certificate ? this.certificate.issuer : this.cluster.clusterCa.trust;
  }

  /**
   * Lets a client in that is not part of this app, or that no connection describes.
   *
   * @param peer who may connect
   */
  public allowFrom(peer: NetworkPeer): void {
    this.peers.push(peer);
  }

  public allowFromPods(labels: { [key: string]: string }, namespace: string): void {
    this.allowFrom(NetworkPeer.pods({ labels, namespace }));
  }

  /** @internal */
  public get _label(): string {
    return `listener '${this.listenerName}'`;
  }

  /** @internal */
  public _loginFaults(login: _KafkaLogin): string[] {
    return loginFaults(this, login);
  }

  /** @internal */
  public _isUselessFor(credentials: ClientCredentials): boolean {
    return isUselessFor(this, credentials);
  }

  /** @internal The settings of the authentication, and what the brokers need for them. */
  public _authentication(): RenderedAuthentication {
    return renderAuthentication(this.authentication, this.listenerName);
  }

  /** @internal The hosts that clients are sent to by the brokers of a new cluster, as far as they are known. */
  public _advertisedHosts(): string[] {
    return this.cluster
      ._brokers()
      .map((broker) => this.type._advertisedHost(this.addressContext(), broker))
      .filter((host) => host !== undefined);
  }

  /** @internal The numbers of connections that a broker takes, at all and in a second. */
  public _connectionLimits(): Record<string, number> {
    const { maxConnections, maxConnectionCreationRate } = this.props;
    return {
      ...(maxConnections === undefined ? {} : { maxConnections }),
      ...(maxConnectionCreationRate === undefined ? {} : { maxConnectionCreationRate }),
    };
  }

  /** @internal What the user adds to `configuration`. */
  public _ownConfiguration(): Record<string, unknown> {
    return this.props.configuration ?? {};
  }

  /** @internal What the type and the properties say in `configuration`. */
  public _derivedConfiguration(): Record<string, unknown> {
    const { certificate } = this;
    return {
      ...this.type._configuration(),
      ...(certificate
        ? {
            brokerCertChainAndKey: {
              secretName: certificate.certificate.secretName,
              certificate: certificate.certificate.key,
              key: certificate.privateKey.key,
            },
          }
        : {}),
      ...this._connectionLimits(),
    };
  }

  /** @internal */
  public _configuration(): Record<string, unknown> {
    const derived = this._derivedConfiguration();
    const own = this._ownConfiguration();
    const bootstrap = { ...(derived.bootstrap as object | undefined), ...(own.bootstrap as object | undefined) };
    return { ...derived, ...own, ...(Object.keys(bootstrap).length > 0 ? { bootstrap } : {}) };
  }

  /** @internal */
  public _render(): object {
    const configuration = this._configuration();
    const { authentication } = this._authentication();
    const peers = this.networkPolicyPeers();
    return {
      name: this.listenerName,
      port: this.port,
      type: this.type.name,
      tls: this.tls,
      ...(authentication ? { authentication } : {}),
      ...(Object.keys(configuration).length > 0 ? { configuration } : {}),
      ...(peers ? { networkPolicyPeers: peers } : {}),
    };
  }

  /** @internal Who was let in. */
  public _peers(): readonly NetworkPeer[] {
    return this.peers;
  }

  private addressContext(): _BootstrapContext {
    const { clusterName, namespace, clusterDomain } = this.cluster;
    return {
      clusterName,
      listenerName: this.listenerName,
      port: this.port,
      host: (service) => serviceHost(service, namespace, clusterDomain),
      advertisedHost: (service, withDomain) =>
        serviceHost(service, namespace, withDomain ? (clusterDomain ?? 'cluster.local') : undefined),
    };
  }

  /** The peers of the listener's NetworkPolicy; none if it is open. */
  private networkPolicyPeers(): object[] | undefined {
    if (this.openToAllPods) return undefined;
    // Clients outside are no pods: to list pods alone would lock out those that the listener is for.
    if (this.type.servesOutside && !this.peers.some((peer) => peer.cidr !== undefined)) return undefined;
    const peers = renderPeers(this.peers, this.cluster.namespace);
    return peers.length > 0 ? peers : [NOBODY];
  }
}
