import { AclOperation, AclPatternType, AclPermission, AclResource, AclRule } from './acl';

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
  const wildcards = rights.filter(
    (right) => right.resource.patternType === AclPatternType.PREFIX || right.resource.name === '*',
  );
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

/**
 * Whether `rules` let a client do `operation` on everything that `resource` stands for: the answer that Kafka's
 * authorizer gives.
 *
 * @param rules the rights of the client
 * @param operation what it wants to do
 * @param resource what it wants to do it on
 * @param host the client's address; `*` asks whether clients from every host may
 */
export function aclSetAllows(
  rules: readonly AclRule[],
  operation: AclOperation,
  resource: AclResource,
  host: string = '*',
): boolean {
  const rights = rules.flatMap(toRights);
  const wanted: Right = { resource, operation, permission: AclPermission.ALLOW, host };
  return !rights.some((right) => denies(right, wanted)) && rights.some((right) => covers(right, wanted));
}

/** The allowances in `rules` that a denial of the same rules takes back, so that they never apply. */
export function shadowedRights(rules: readonly AclRule[]): AclRule[] {
  const rights = distinct(rules.flatMap(toRights));
  const denials = rights.filter((right) => right.permission === AclPermission.DENY);
  return rights
    .filter((right) => right.permission === AclPermission.ALLOW)
    .filter((right) => denials.some((denial) => covers(denial, { ...right, permission: AclPermission.DENY })))
    .map(({ resource, operation, permission, host }) => ({ resource, operations: [operation], permission, host }));
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

/** Whether `right` takes away some of what is `wanted`. A denial of one operation leaves all others alone. */
function denies(right: Right, wanted: Right): boolean {
  return (
    right.permission === AclPermission.DENY &&
    (right.resource.covers(wanted.resource) || wanted.resource.covers(right.resource)) &&
    (right.operation === wanted.operation || [right.operation, wanted.operation].includes(AclOperation.ALL)) &&
    (right.host === '*' || wanted.host === '*' || right.host === wanted.host)
  );
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
