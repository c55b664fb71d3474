import { Manifest } from '../synth';
import { ApiClient } from './api-client';
import { Place } from './secret-names';

/**
 * The service accounts that act where objects have been applied: those that are declared, those that pods are given,
 * and the one that pods have without one.
 */
export function serviceAccountsOf(objects: readonly Manifest[]): Place[] {
  const accounts = objects.flatMap((object) => {
    const { name: ownName, namespace } = object.metadata;
    if (!namespace) return [];
    const names = object.kind === 'ServiceAccount' ? [ownName] : namedIn(object);
    return [...names, 'default'].map((name) => ({ namespace, name }));
  });
  return [...new Map(accounts.map((account) => [`${account.namespace}/${account.name}`, account])).values()];
}

/**
 * Which of the actions a service account may do on objects of a kind.
 *
 * @param resource the plural name, and the group behind a dot: `deployments.apps`
 * @param place where: a namespace alone stands for all objects in it, an empty one for all there are
 */
export async function allowedVerbs(
  client: ApiClient,
  account: Place,
  verbs: readonly string[],
  resource: string,
  place: Partial<Place>,
): Promise<string[]> {
  const [plural, ...group] = resource.split('.');
  const user = `system:serviceaccount:${account.namespace}:${account.name}`;
  const groups = ['system:serviceaccounts', `system:serviceaccounts:${account.namespace}`, 'system:authenticated'];
  const answers = await Promise.all(
    verbs.map((verb) => client.allows(user, groups, { verb, resource: plural, group: group.join('.'), ...place })),
  );
  return verbs.filter((_, index) => answers[index]);
}

/** What the fields of pods, and of what makes pods, name at any depth. */
function namedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, inner]) =>
    /^serviceAccount(Name)?$/.test(field) && typeof inner === 'string' ? [inner] : namedIn(inner),
  );
}
