/** Limits of names in Kubernetes 1.35, `staging/src/k8s.io/apimachinery/pkg/util/validation/validation.go`. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

export const DNS_LABEL_LENGTH = 63;
export const DNS_SUBDOMAIN_LENGTH = 253;

/** Whether `name` may name a Service, a namespace or a pod's host. */
export function isDnsLabel(name: string): boolean {
  return name.length <= DNS_LABEL_LENGTH && DNS_LABEL.test(name);
}

/** Whether `name` may name most objects: Secrets, users, topics, deployments. */
export function isDnsSubdomain(name: string): boolean {
  return name.length <= DNS_SUBDOMAIN_LENGTH && DNS_SUBDOMAIN.test(name);
}

/**
 * The nearest legal object name: lower case, and a dash for every character that Kubernetes refuses, other than at the
 * ends of the parts between dots, which are letters or digits.
 */
export function toObjectName(name: string): string {
  return name
    .toLowerCase()
    .split('.')
    .map((part) => part.replace(/[^a-z0-9]/g, '-').replace(/^-+|-+$/g, ''))
    .filter((part) => part !== '')
    .join('.');
}
