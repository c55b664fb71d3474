import { AclOperation, AclPatternType, AclPermission, AclResource, AclResourceType, AclRule } from '../../lib';
import { aclSetAllows, shadowedRights, smallestAclSet } from '../../lib/access/acl-set';
import { Random } from '../support/random';

const { READ, WRITE, CREATE, DELETE, ALTER, DESCRIBE, ALTER_CONFIGS, DESCRIBE_CONFIGS, ALL } = AclOperation;
const OPERATIONS = Object.values(AclOperation);
const topic = (name: string) => AclResource.topic(name);
const topicPrefix = (name: string) => AclResource.topicPrefix(name);
const group = (name: string) => AclResource.group(name);

const allow = (resource: AclResource, ...operations: AclOperation[]): AclRule => ({ resource, operations });
const deny = (resource: AclResource, ...operations: AclOperation[]): AclRule => ({
  resource,
  operations,
  permission: AclPermission.DENY,
});

/** The rules in a form that is easy to read. */
function written(rules: readonly AclRule[]): string[] {
  return rules.map(({ resource, operations, permission, host }) =>
    [permission, operations.join('+'), resource.toString(), host === '*' ? '' : `from ${host}`].join(' ').trim(),
  );
}

describe('smallestAclSet', () => {
  test.each<[string, AclRule[], string[]]>([
    [
      'puts operations on one resource into one rule, in a fixed order',
      [allow(topic('a'), WRITE), allow(topic('a'), CREATE, READ)],
      ['allow Read+Write+Create topic a'],
    ],
    ['gives a right once', [allow(topic('a'), READ), allow(topic('a'), READ)], ['allow Read topic a']],
    ['leaves Describe to Read', [allow(topic('a'), READ, DESCRIBE)], ['allow Read topic a']],
    [
      'leaves DescribeConfigs to AlterConfigs',
      [allow(topic('a'), DESCRIBE_CONFIGS, ALTER_CONFIGS)],
      ['allow AlterConfigs topic a'],
    ],
    [
      'leaves DescribeConfigs beside Alter',
      [allow(topic('a'), DESCRIBE_CONFIGS, ALTER)],
      ['allow Alter+DescribeConfigs topic a'],
    ],
    ['leaves Describe beside Create', [allow(topic('a'), CREATE, DESCRIBE)], ['allow Create+Describe topic a']],
    ['leaves everything to All', [allow(topic('a'), READ, CREATE, DESCRIBE_CONFIGS, ALL)], ['allow All topic a']],
    [
      'leaves a topic to a prefix of its name',
      [allow(topic('a.b'), READ), allow(topicPrefix('a.'), READ)],
      ['allow Read topic a.*'],
    ],
    [
      'leaves the operations that a prefix does not give',
      [allow(topic('a.b'), READ, WRITE), allow(topicPrefix('a.'), READ)],
      ['allow Write topic a.b', 'allow Read topic a.*'],
    ],
    [
      'leaves a prefix to a shorter one',
      [allow(topicPrefix('a.b'), READ), allow(topicPrefix('a'), READ)],
      ['allow Read topic a*'],
    ],
    [
      'leaves a prefix to the wildcard',
      [allow(topicPrefix('a'), READ), allow(topic('*'), READ)],
      ['allow Read topic *'],
    ],
    [
      'keeps a literal apart from a prefix that is longer',
      [allow(topic('a'), READ), allow(topicPrefix('a.'), READ)],
      ['allow Read topic a', 'allow Read topic a.*'],
    ],
    [
      'keeps topics and groups apart',
      [allow(topic('a'), READ), allow(group('a'), READ)],
      ['allow Read topic a', 'allow Read group a'],
    ],
    [
      'leaves a host to all hosts',
      [{ ...allow(topic('a'), READ), host: '10.0.0.1' }, allow(topic('a'), READ)],
      ['allow Read topic a'],
    ],
    [
      'keeps hosts apart',
      [
        { ...allow(topic('a'), READ), host: '10.0.0.1' },
        { ...allow(topic('a'), READ), host: '10.0.0.2' },
      ],
      ['allow Read topic a from 10.0.0.1', 'allow Read topic a from 10.0.0.2'],
    ],
    [
      'keeps what a denial takes back',
      [allow(topic('a'), READ), deny(topic('a'), READ)],
      ['allow Read topic a', 'deny Read topic a'],
    ],
    [
      'keeps the denial of Describe beside that of Read',
      [deny(topic('a'), READ, DESCRIBE)],
      ['deny Read+Describe topic a'],
    ],
    ['leaves a denial to one of All', [deny(topic('a'), READ), deny(topic('a'), ALL)], ['deny All topic a']],
    ['makes nothing of nothing', [], []],
  ])('%s', (_, rules, smallest) => {
    expect(written(smallestAclSet(rules))).toEqual(smallest);
  });
});

describe('aclSetAllows', () => {
  const IMPLIED: [AclOperation, AclOperation[]][] = [
    [READ, [READ, DESCRIBE]],
    [WRITE, [WRITE, DESCRIBE]],
    [DELETE, [DELETE, DESCRIBE]],
    [ALTER, [ALTER, DESCRIBE]],
    [ALTER_CONFIGS, [ALTER_CONFIGS, DESCRIBE_CONFIGS]],
    [ALL, OPERATIONS],
    ...[CREATE, DESCRIBE, AclOperation.CLUSTER_ACTION, DESCRIBE_CONFIGS, AclOperation.IDEMPOTENT_WRITE].map(
      (operation): [AclOperation, AclOperation[]] => [operation, [operation]],
    ),
  ];

  test('every operation is among those with implications', () => {
    expect(IMPLIED.map(([operation]) => operation).sort()).toEqual([...OPERATIONS].sort());
  });

  test.each(IMPLIED)('an allowance of %s brings along %j', (given, implied) => {
    const allowed = OPERATIONS.filter((operation) => aclSetAllows([allow(topic('a'), given)], operation, topic('a')));
    expect(allowed.sort()).toEqual([...implied].sort());
  });

  test.each(OPERATIONS.filter((operation) => operation !== ALL))('a denial of %s takes nothing else away', (denied) => {
    const rules = [allow(topic('a'), ALL), deny(topic('a'), denied)];
    const refused = OPERATIONS.filter((operation) => !aclSetAllows(rules, operation, topic('a')));
    expect(refused.sort()).toEqual([ALL, denied].sort());
  });

  test('a denial of All takes everything away', () => {
    const rules = [allow(topic('a'), ALL), deny(topic('a'), ALL)];
    expect(OPERATIONS.filter((operation) => aclSetAllows(rules, operation, topic('a')))).toEqual([]);
  });

  test('a denial of Read leaves the Describe that the allowance brings along', () => {
    const rules = [allow(topic('a'), READ), deny(topic('a'), READ)];
    expect([READ, DESCRIBE].map((operation) => aclSetAllows(rules, operation, topic('a')))).toEqual([false, true]);
  });

  test('asks for all that a prefix stands for', () => {
    const rules = [allow(topicPrefix('a.'), READ)];
    expect(aclSetAllows(rules, READ, topicPrefix('a.b.'))).toBe(true);
    expect(aclSetAllows([...rules, deny(topic('a.b.secret'), READ)], READ, topicPrefix('a.b.'))).toBe(false);
    expect(aclSetAllows(rules, READ, topicPrefix('a'))).toBe(false);
  });

  test('goes by the host', () => {
    const rules = [
      { ...allow(topic('a'), READ), host: '10.0.0.1' },
      allow(topic('b'), READ),
      { ...deny(topic('b'), READ), host: '10.0.0.2' },
    ];
    const hosts = ['10.0.0.1', '10.0.0.2', '*'];
    expect(hosts.map((host) => aclSetAllows(rules, READ, topic('a'), host))).toEqual([true, false, false]);
    expect(hosts.map((host) => aclSetAllows(rules, READ, topic('b'), host))).toEqual([true, false, false]);
  });
});

describe('shadowedRights', () => {
  test.each<[string, AclRule[], string[]]>([
    [
      'finds what is denied as it is allowed',
      [allow(topic('a'), READ, WRITE), deny(topic('a'), READ)],
      ['allow Read topic a'],
    ],
    [
      'finds what a denied prefix covers',
      [allow(topic('a.b'), READ), deny(topicPrefix('a.'), ALL)],
      ['allow Read topic a.b'],
    ],
    ['leaves what is denied in part', [allow(topicPrefix('a.'), READ), deny(topic('a.b'), READ)], []],
    [
      'leaves what is denied to one host',
      [allow(topic('a'), READ), { ...deny(topic('a'), READ), host: '10.0.0.1' }],
      [],
    ],
    ['leaves All where one operation is denied', [allow(topic('a'), ALL), deny(topic('a'), READ)], []],
  ])('%s', (_, rules, shadowed) => {
    expect(written(shadowedRights(rules))).toEqual(shadowed);
  });
});

describe('the smallest set of random rules', () => {
  const NAMES = ['a', 'a.', 'a.b', 'a.b.c', 'b', '*'];
  const HOSTS = ['*', '*', '10.0.0.1', '10.0.0.2'];
  const MAKERS = [
    topic,
    topicPrefix,
    group,
    (name: string) => AclResource.groupPrefix(name),
    (name: string) => AclResource.transactionalId(name),
    (name: string) => AclResource.transactionalIdPrefix(name),
  ];

  function resource(random: Random): AclResource {
    if (random.below(8) === 0) return AclResource.cluster();
    const make = random.pick(MAKERS);
    const name = random.pick(NAMES);
    const made = make(name);
    return made.patternType === AclPatternType.PREFIX && name === '*' ? make('a') : made;
  }

  function rules(seed: number): AclRule[] {
    const random = new Random(seed);
    return Array.from({ length: 1 + random.below(8) }, () => ({
      resource: resource(random),
      operations: Array.from({ length: 1 + random.below(3) }, () => random.pick(OPERATIONS)),
      permission: random.below(4) === 0 ? AclPermission.DENY : AclPermission.ALLOW,
      host: random.pick(HOSTS),
    }));
  }

  const PROBES = [
    AclResource.cluster(),
    ...MAKERS.flatMap((make) => ['a', 'a.', 'a.b', 'a.b.c', 'a.b.x', 'b', 'c'].map((name) => make(name))),
  ];

  const QUESTIONS = ['*', '10.0.0.1', '10.0.0.2', '10.0.0.3'].flatMap((host) =>
    PROBES.flatMap((probe) => OPERATIONS.map((operation) => ({ host, probe, operation }))),
  );

  /** The questions that two sets answer differently. */
  function differences(one: readonly AclRule[], other: readonly AclRule[]): string[] {
    return QUESTIONS.filter(
      ({ host, probe, operation }) =>
        aclSetAllows(one, operation, probe, host) !== aclSetAllows(other, operation, probe, host),
    ).map(({ host, probe, operation }) => `${operation} on ${probe.toString()} from ${host}`);
  }

  /** What can be left out of a set without a difference. */
  function needless(set: readonly AclRule[], permission: AclPermission): string[][] {
    return withoutOne(set, permission)
      .filter((fewer) => differences(fewer, set).length === 0)
      .map(written);
  }

  /** Everything that can be taken out of a set: one operation of one rule. */
  function withoutOne(set: readonly AclRule[], permission: AclPermission): AclRule[][] {
    return set.flatMap((rule, i) =>
      rule.permission !== permission
        ? []
        : rule.operations.map((operation) => {
            const operations = rule.operations.filter((other) => other !== operation);
            return [
              ...set.slice(0, i),
              ...(operations.length > 0 ? [{ ...rule, operations }] : []),
              ...set.slice(i + 1),
            ];
          }),
    );
  }

  const only = (set: readonly AclRule[], permission: AclPermission) =>
    set.filter((rule) => rule.permission === permission);
  const EVERYTHING = [topic('*'), group('*'), AclResource.transactionalId('*'), AclResource.cluster()].map((r) =>
    allow(r, ALL),
  );
  const SEEDS = Array.from({ length: 25 }, (_, seed) => seed);

  test.each(SEEDS)('allows what all of them allow (seed %i)', (seed) => {
    const all = rules(seed);
    expect(differences(smallestAclSet(all), all)).toEqual([]);
  });

  test.each(SEEDS)('has no right that could be left out (seed %i)', (seed) => {
    const allowances = only(smallestAclSet(rules(seed)), AclPermission.ALLOW);
    expect(needless(allowances, AclPermission.ALLOW)).toEqual([]);
  });

  test.each(SEEDS)('has no denial that could be left out where everything is allowed (seed %i)', (seed) => {
    const denials = only(smallestAclSet(rules(seed)), AclPermission.DENY);
    expect(needless([...EVERYTHING, ...denials], AclPermission.DENY)).toEqual([]);
  });

  test('are of every kind', () => {
    const all = SEEDS.flatMap(rules);
    expect(new Set(all.map((rule) => rule.permission))).toEqual(new Set(Object.values(AclPermission)));
    expect(new Set(all.map((rule) => rule.resource.resourceType))).toEqual(new Set(Object.values(AclResourceType)));
    expect(new Set(all.map((rule) => rule.resource.patternType))).toEqual(new Set(Object.values(AclPatternType)));
    expect(new Set(all.flatMap((rule) => rule.operations))).toEqual(new Set(OPERATIONS));
  });
});
