/** Labels that pods must have. */
export interface PodPeerProps {
  /** The labels that the pods carry. */
  readonly labels: { [key: string]: string };
  /**
   * The namespace of the pods.
   *
   * @default - the namespace of what they connect to
   */
  readonly namespace?: string;
}

/** Who may open connections to a listener or a server, in the terms of a NetworkPolicy. */
export class NetworkPeer {
  /**
   * Pods with certain labels.
   *
   * @param props which pods
   */
  public static pods(props: PodPeerProps): NetworkPeer {
    return new NetworkPeer(props.labels, props.namespace, undefined);
  }

  /**
   * Every pod of a namespace.
   *
   * @param namespace the namespace
   */
  public static namespace(namespace: string): NetworkPeer {
    return new NetworkPeer(undefined, namespace, undefined);
  }

  /**
   * Addresses outside the cluster.
   *
   * @param cidr the addresses, such as `203.0.113.0/24`
   */
  public static ipBlock(cidr: string): NetworkPeer {
    return new NetworkPeer(undefined, undefined, cidr);
  }

  private constructor(
    /** The labels of the pods; none for all pods of the namespace, or for addresses. */
    public readonly podLabels: { [key: string]: string } | undefined,
    /** The namespace of the pods. */
    public readonly podNamespace: string | undefined,
    /** The addresses. */
    public readonly cidr: string | undefined,
  ) {}

  /** @internal The peer as a NetworkPolicy in `home` writes it. */
  public _render(home: string): object {
    if (this.cidr !== undefined) return { ipBlock: { cidr: this.cidr } };
    const elsewhere = this.podNamespace !== undefined && this.podNamespace !== home;
    return {
      ...(elsewhere
        ? { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': this.podNamespace } } }
        : {}),
      ...(this.podLabels || !elsewhere ? { podSelector: this.podLabels ? { matchLabels: this.podLabels } : {} } : {}),
    };
  }
}

/**
 * A peer that no pod can match.
 *
 * Strimzi (1.2.0, `NetworkPolicyUtils`) and the Keycloak operator (26.6.4, `KeycloakNetworkPolicyDependentResource`)
 * open a port to everybody when its list of peers is empty, so a port that nobody connects to needs this one.
 */
export const NOBODY = {
  podSelector: {
    matchExpressions: [
      { key: 'strimzi.io/cluster', operator: 'Exists' },
      { key: 'strimzi.io/cluster', operator: 'DoesNotExist' },
    ],
  },
};

/** The peers as a NetworkPolicy in `home` writes them, each once. */
export function renderPeers(peers: readonly NetworkPeer[], home: string): object[] {
  return [...new Map(peers.map((peer) => peer._render(home)).map((peer) => [JSON.stringify(peer), peer])).values()];
}
