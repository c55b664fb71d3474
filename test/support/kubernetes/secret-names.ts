import { Manifest } from '../synth';

/** An object of a namespace. */
export interface Place {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Secrets that there are where objects have been applied: those that are among the objects, those that the objects
 * speak of, and those that the operators make for them, with keys that nobody else may have.
 *
 * @see Strimzi 1.2.0: the key of the cluster CA is in `<cluster>-cluster-ca`, the one of the clients CA in
 *   `<cluster>-clients-ca`, the certificates of the nodes of a pool in `<cluster>-<pool>-<id>`; a KafkaUser gets a
 *   Secret of its name
 * @see Keycloak operator 26.6: the first administrator is in `<keycloak>-initial-admin`
 */
export function secretsOf(objects: readonly Manifest[]): Place[] {
  const secrets = objects.flatMap((object) => {
    const { namespace } = object.metadata;
    if (!namespace) return [];
    return [...madeFor(object), ...mentionedIn(object)].map((name) => ({ namespace, name }));
  });
  const unique = new Map(secrets.map((secret) => [`${secret.namespace}/${secret.name}`, secret]));
  return [...unique.values()];
}

function madeFor(object: Manifest): string[] {
  const { name, labels = {} } = object.metadata;
  switch (object.kind) {
    case 'Secret':
    case 'KafkaUser':
      return [name];
    case 'Kafka':
      return ['cluster-ca', 'cluster-ca-cert', 'clients-ca', 'clients-ca-cert'].map((suffix) => `${name}-${suffix}`);
    case 'KafkaNodePool':
      return [`${labels['strimzi.io/cluster']}-${name}-0`];
    case 'Keycloak':
      return [`${name}-initial-admin`];
    case 'ExternalSecret':
      return [object.spec.target.name, ...copiedBy(object)];
    default:
      return [];
  }
}

/** The Secrets that an ExternalSecret with a store in Kubernetes reads. */
export function copiedBy({ spec: { data = [], dataFrom = [] } }: Manifest): string[] {
  return [
    ...data.map(({ remoteRef }: Manifest['spec']) => remoteRef.key as string),
    ...dataFrom.map(({ extract }: Manifest['spec']) => extract.key as string),
  ];
}

/** The fields that name a Secret, at any depth: of volumes, of certificates, of variables, of operators' resources. */
function mentionedIn(value: unknown, field = ''): string[] {
  if (typeof value !== 'object' || value === null) {
    return /^(secretName|tlsSecret)$/.test(field) && typeof value === 'string' ? [value] : [];
  }
  if (/secret/i.test(field) && 'name' in value && typeof value.name === 'string') return [value.name];
  const inList = Array.isArray(value) ? field : '';
  return Object.entries(value).flatMap(([name, inner]) => mentionedIn(inner, inList || name));
}
