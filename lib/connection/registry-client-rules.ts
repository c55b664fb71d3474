import { Rule } from '../validation/rule';
import { ISchemaRegistry } from './schema-registry';

/** A client of a schema registry. */
export interface RegistryClient {
  /** What messages call it. */
  readonly label: string;
  /** The namespace that it runs in. */
  readonly namespace: string;
  readonly registry?: ISchemaRegistry;
}

export const REGISTRY_CLIENT_RULES: readonly Rule<RegistryClient>[] = [
  {
    id: 'registry-client-secrets',
    holds: 'What a client needs to reach a schema registry is in its own namespace.',
    remedy: 'have it copied there, and name the copy',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: ({ label, namespace, registry }) =>
      [registry?.trust, ...(registry?.credentials?._keys() ?? [])]
        .filter((key) => key?.namespace !== undefined && namespace !== '' && key.namespace !== namespace)
        .map((key) => `${label} in namespace '${namespace}' cannot mount ${key?.toString()}`),
  },
  {
    id: 'registry-client-user',
    holds: 'The name of a user of a schema registry has no colon and no control character.',
    remedy: 'use another user',
    source: 'RFC 7617, 2: a colon ends the name',
    faults: ({ label, registry }) => {
      const details = registry?.credentials?._details;
      // eslint-disable-next-line no-control-regex
      if (details?.kind !== 'basic' || !/[:\x00-\x1f\x7f]/.test(details.username)) return [];
      return [`${label} cannot log in to ${registry?.confluentUrl} as ${JSON.stringify(details.username)}`];
    },
  },
];
