import { AclOperation, AclPermission, AclResource, AclRule } from './acl';

/** A rule with its defaults filled in and exactly one operation. */
interface Right {
  readonly resource: AclResource;
  readonly operation: AclOperation;
  readonly permission: AclPermission;
  readonly host: string;
}

/**
 * What an allowance brings along.
 *
 * @see Apache Kafka 4.3.1, metadata/.../authorizer/StandardAuthorizerData.java (implied operations)
 */
const IMPLIED: Partial<Record<AclOperation, readonly AclOperation[]>> = {
  [AclOperation.READ]: [AclOperation.DESCRIBE],
  [AclOperation.WRITE]: [AclOperation.DESCRIBE],
  [AclOperation.DELETE]: [AclOperation.DESCRIBE],
  [AclOperation.ALTER]: [AclOperation.DESCRIBE],
  [AclOperation.ALTER_CONFIGS]: [AclOperation.DESCRIBE_CONFIGS],
};

const OPERATION_ORDER = Object.values(AclOperation);

/**
 * The smallest set of rules that means the same as `rules`.
 *
 * Rights on the same resource share a rule; what another right of the set already gives is left out. Denials are merged
 * only when they are equal, because a denial does not imply others.
 */
export function smallestAclSet(rules: readonly AclRule[]): AclRule[] {
  const rights = distinct(rules.flatMap(toRights));
  const wildcards = rights.filter((right) => right.resource.patternType === 'prefix' || right.resource.name === '*');
  const byResource = groupBy(rights, resourceKey);
  const needed = rights.filter((right) => {
    const candidates = [...(byResource.get(resourceKey(right)) ?? []), ...wildcards];
    return !candidates.some((other) => other !== right && covers(other, right));
  });
  return [...groupBy(needed, ruleKey).values()].map((group) => ({
    resource: group[0].resource,
    operations: group
      .map((right) => right.operation)
      .sort((a, b) => OPERATION_ORDER.indexOf(a) - OPERATION_ORDER.indexOf(b)),
    permission: group[0].permission,
    host: group[0].host,
  }));
}

/** Whether `rules` let a client from any host do `operation` on `resource`: the answer that Kafka's authorizer gives. */
export function aclSetAllows(rules: readonly AclRule[], operation: AclOperation, resource: AclResource): boolean {
  const rights = rules.flatMap(toRights);
  const wanted: Right = { resource, operation, permission: AclPermission.ALLOW, host: '*' };
  const denied = rights.some(
    (right) =>
      right.permission === AclPermission.DENY &&
      right.resource.covers(resource) &&
      (right.operation === operation || right.operation === AclOperation.ALL),
  );
  return !denied && rights.some((right) => covers(right, wanted));
}

function toRights(rule: AclRule): Right[] {
  const { resource, permission = AclPermission.ALLOW, host = '*' } = rule;
  return rule.operations.map((operation) => ({ resource, operation, permission, host }));
}

/** Whether `wide` gives (or takes) at least what `narrow` does. */
function covers(wide: Right, narrow: Right): boolean {
  if (wide.permission !== narrow.permission || !wide.resource.covers(narrow.resource)) return false;
  if (wide.host !== '*' && wide.host !== narrow.host) return false;
  if (wide.operation === narrow.operation || wide.operation === AclOperation.ALL) return true;
  return wide.permission === AclPermission.ALLOW && (IMPLIED[wide.operation] ?? []).includes(narrow.operation);
}

function resourceKey({ resource }: Right): string {
  return `${resource.resourceType} ${resource.patternType} ${resource.name}`;
}

function ruleKey(right: Right): string {
  return `${resourceKey(right)} ${right.permission} ${right.host}`;
}

function distinct(rights: readonly Right[]): Right[] {
  return [...new Map(rights.map((right) => [`${ruleKey(right)} ${right.operation}`, right])).values()];
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
