import { ApiObject, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { NetworkPeer, renderPeers } from './network-peer';

/** Who may connect to the pods of a workload. */
export interface WorkloadPolicyProps {
  readonly name: string;
  readonly namespace: string;
  /** The labels of the pods. */
  readonly labels: { [key: string]: string };
  /** The port that is open to the peers. */
  readonly port?: number;
  /** Who may connect: asked when the manifest is written, because clients are declared later. None means nobody. */
  readonly peers: () => readonly NetworkPeer[];
}

/** Adds a NetworkPolicy that lets nobody but the peers in. Connections that the pods open are not limited. */
export function addWorkloadPolicy(scope: Construct, props: WorkloadPolicyProps): ApiObject {
  const { name, namespace, labels, port } = props;
  return new ApiObject(scope, 'NetworkPolicy', {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace, labels },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress'],
      ingress: Lazy.any({ produce: () => ingress(namespace, port, props.peers()) }) as object | undefined,
    },
  });
}

/**
 * A rule without peers would let everybody in, so nobody is no rule at all. The list is left out then: the API server
 * does not keep an empty one, and would take each further apply for a change.
 */
function ingress(namespace: string, port: number | undefined, peers: readonly NetworkPeer[]): object[] | undefined {
  if (peers.length === 0 || port === undefined) return undefined;
  return [{ from: renderPeers(peers, namespace), ports: [{ port, protocol: 'TCP' }] }];
}
