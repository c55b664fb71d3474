import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Rule, faultIf } from '../validation/rule';
import { isDnsLabel } from './names';

/** The namespace that a construct's objects live in: `explicit`, or that of the chart around it. */
export function namespaceOf(scope: Construct, explicit?: string): string {
  return explicit ?? Chart.of(scope).namespace ?? '';
}

/**
 * The host name of a Service as pods resolve it.
 *
 * Without a cluster domain the name ends in `.svc`, which resolves in every cluster through the pod's search list and
 * is covered by the certificates of Strimzi.
 */
export function serviceHost(service: string, namespace: string, clusterDomain?: string): string {
  return [service, namespace, 'svc', ...(clusterDomain ? [clusterDomain] : [])].join('.');
}

/** All names under which pods may address a Service, for the subject alternative names of its certificate. */
export function serviceHosts(service: string, namespace: string, clusterDomain = 'cluster.local'): string[] {
  return [
    service,
    `${service}.${namespace}`,
    `${service}.${namespace}.svc`,
    `${service}.${namespace}.svc.${clusterDomain}`,
  ];
}

/** Something that lives in a namespace. */
export interface Placed {
  readonly namespace: string;
}

export const PLACE_RULES: readonly Rule<Placed>[] = [
  {
    id: 'namespace',
    holds: 'Every construct knows its namespace, because addresses, certificates and Secret references contain it.',
    remedy: "give the chart one: new Chart(app, 'id', { namespace: 'flink' })",
    source: 'Kubernetes 1.35, apimachinery validation (namespaces are DNS labels)',
    faults: ({ namespace }) =>
      faultIf(
        !isDnsLabel(namespace),
        namespace === '' ? 'the chart has no namespace' : `the namespace '${namespace}' is not a DNS label`,
      ),
  },
];
