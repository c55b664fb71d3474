import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Size } from 'cdk8s';
import { parse } from 'yaml';
import {
  AclOperation,
  AclPatternType,
  AclPermission,
  AclResourceType,
  KafkaAuthorization,
  KafkaNodeRole,
  KafkaStorage,
  KafkaUser,
  KafkaUserQuotas,
  ListenerAuthentication,
  ListenerType,
  UserAuthentication,
} from '../../lib';
import { faults, find, synth } from '../support/synth';
import { addListener, addNodes, certificate, cluster, clusterWithNode, emptyCluster, issuer } from '../support/worlds';

/**
 * What the library knows of Strimzi by heart, compared with Strimzi's own definitions.
 *
 * They are not part of this repository: CRD_DIR names a folder with `strimzi-1.2.0/*.yaml` in it, as installed by
 * `install/cluster-operator` of that release.
 */
const { CRD_DIR } = process.env;
const compare = CRD_DIR ? describe : describe.skip;

/** The part of an OpenAPI schema that is looked at here. */
interface Schema {
  readonly enum?: string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: string[];
  readonly properties?: Record<string, Schema>;
  readonly items?: Schema;
}

const schemas = new Map<string, Schema>();

/** The schema of the `spec` of a kind. */
function specSchema(file: string): Schema {
  const known = schemas.get(file);
  if (known) return known;
  const crd = parse(readFileSync(join(CRD_DIR ?? '', 'strimzi-1.2.0', file), 'utf8'));
  const { v1 } = Object.fromEntries(crd.spec.versions.map((version: any) => [version.name, version]));
  const { spec } = v1.schema.openAPIV3Schema.properties;
  schemas.set(file, spec);
  return spec;
}

/** The schema of a field in the `spec` of a kind, by its path; `[]` stands for the elements of a list. */
function schema(file: string, path: string): Schema {
  let found = specSchema(file);
  for (const step of path === '' ? [] : path.split('.')) {
    const next: Schema | undefined = step === '[]' ? found.items : found.properties?.[step];
    if (!next) throw new Error(`${file} has no ${path}`);
    found = next;
  }
  return found;
}
const kafka = (path: string) => schema('040-Crd-kafka.yaml', path);
const listener = (path: string) => kafka(`kafka.listeners.[]${path && `.${path}`}`);
const topic = (path: string) => schema('043-Crd-kafkatopic.yaml', path);
const user = (path: string) => schema('044-Crd-kafkauser.yaml', path);
const pool = (path: string) => schema('045-Crd-kafkanodepool.yaml', path);

/** The words that a field takes. */
function wordsOf({ enum: words }: Schema): string[] {
  if (!words) throw new Error('the field takes any word');
  return words;
}

const sorted = (values: Iterable<string | undefined>) =>
  [...new Set(values)].filter((value) => value !== undefined).sort();
const HOSTS = { bootstrapHost: 'kafka.example.com', hostTemplate: 'b{nodeId}.example.com' };

/** Every type of listener, with every property that it has. */
const TYPES = [
  ListenerType.internal({ useServiceDnsDomain: true }),
  ListenerType.clusterIp(),
  ListenerType.nodePort({
    externalName: 'n.example.com',
    bootstrapNodePort: 30000,
    advertisedHosts: { 0: 'n0.example.com' },
  }),
  ListenerType.loadBalancer({
    externalName: 'lb.example.com',
    sourceRanges: ['203.0.113.0/24'],
    annotations: { a: 'b' },
  }),
  ListenerType.route(HOSTS),
  ListenerType.ingress({ ...HOSTS, brokerHosts: { 0: 'b.example.com' }, controllerClass: 'nginx' }),
  ListenerType.tlsRoute({ ...HOSTS, gateways: [{ name: 'g', namespace: 'n', sectionName: 's' }] }),
];

const AUTHENTICATIONS = [
  ListenerAuthentication.none(),
  ListenerAuthentication.tls(),
  ListenerAuthentication.scramSha512(),
  ListenerAuthentication.oauth({ issuer: issuer(), audience: 'kafka' }),
  ListenerAuthentication.custom({ sasl: false }),
];

/** Fields of a rendered value that a schema does not know, and values outside its enumerations and limits. */
function violations(value: unknown, { properties, items, ...limits }: Schema, path = ''): string[] {
  if (Array.isArray(value)) return items ? value.flatMap((item) => violations(item, items, `${path}[]`)) : [];
  if (typeof value === 'object' && value !== null) {
    if (!properties) return [];
    const missing = (limits.required ?? [])
      .filter((name) => !(name in value))
      .map((name) => `${path}.${name} is missing`);
    return [
      ...missing,
      ...Object.entries(value).flatMap(([name, field]) =>
        properties[name] ? violations(field, properties[name], `${path}.${name}`) : [`${path}.${name} is unknown`],
      ),
    ];
  }
  const wrong =
    (limits.enum && !limits.enum.includes(value as string)) ||
    (limits.minimum !== undefined && (value as number) < limits.minimum) ||
    (limits.maximum !== undefined && (value as number) > limits.maximum) ||
    (limits.pattern !== undefined && !new RegExp(limits.pattern).test(String(value)));
  return wrong ? [`${path} cannot be ${String(value)}`] : [];
}

compare(`Strimzi 1.2.0${CRD_DIR ? '' : ' (skipped: CRD_DIR is not set)'}`, () => {
  test('knows the types of listeners', () => {
    expect(sorted(TYPES.map(({ name }) => name))).toEqual(sorted(wordsOf(listener('type'))));
  });

  test('knows the fields of each type', () => {
    for (const type of TYPES) {
      expect(violations(type._configuration(), listener('configuration'), type.name)).toEqual([]);
    }
  });

  test.each(AUTHENTICATIONS.map((authentication, i) => [i, authentication] as const))(
    'knows the fields of a listener with authentication %i',
    (_, authentication) => {
      const manifests = synth((chart) => {
        addListener(clusterWithNode(chart), {
          authentication,
          maxConnections: 1,
          maxConnectionCreationRate: 1,
          certificate: certificate({ dnsNames: ['*.flink.svc', '*.my-cluster-kafka-brokers.flink.svc'] }),
        });
      });
      expect(violations(find(manifests, 'Kafka').spec.kafka.listeners[0], listener(''))).toEqual([]);
    },
  );

  test('has no authentication of listeners that the library lacks', () => {
    const types = AUTHENTICATIONS.map((authentication) => {
      const manifests = synth((chart) => addListener(clusterWithNode(chart), { authentication }));
      return find(manifests, 'Kafka').spec.kafka.listeners[0].authentication?.type;
    });
    expect(sorted(types)).toEqual(sorted(wordsOf(listener('authentication.type'))));
  });

  test('has the same limits of names and ports', () => {
    const { pattern = '' } = listener('name');
    const { minimum = NaN } = listener('port');
    const ids = (name: string, port: number) =>
      faults((chart) => addListener(clusterWithNode(chart), { port }, name)).map(
        (message) => /\(([\w-]+)\)$/.exec(message)?.[1],
      );
    for (const name of ['a', 'elevenchars', 'twelvetwelve', 'A', 'a-b', '']) {
      expect(ids(name, minimum)).toEqual(new RegExp(pattern).test(name) ? [] : ['listener-name']);
    }
    expect(ids('a', minimum - 1)).toEqual(['listener-port']);
  });

  test('knows the kinds of authorization', () => {
    const kinds = [
      KafkaAuthorization.simple(),
      KafkaAuthorization.custom({ authorizerClass: 'a.B' }),
      KafkaAuthorization.keycloak({ issuer: issuer(), clientId: 'kafka' }),
    ].map((authorization) => authorization._render([]));
    expect(kinds.flatMap((kind) => violations(kind, kafka('kafka.authorization')))).toEqual([]);
    expect(sorted(kinds.map((kind) => (kind as any).type))).toEqual(sorted(wordsOf(kafka('kafka.authorization.type'))));
  });

  test.each([
    ['operations', AclOperation, 'operations.[]'],
    ['kinds of resources', AclResourceType, 'resource.type'],
    ['kinds of patterns', AclPatternType, 'resource.patternType'],
    ['allowances and denials', AclPermission, 'type'],
  ])('knows the %s of rights', (_, members, path) => {
    expect(sorted(Object.values(members))).toEqual(sorted(wordsOf(user(`authorization.acls.[].${path}`))));
  });

  test('knows the authentication of users', () => {
    const types = [
      UserAuthentication.tls(),
      UserAuthentication.tlsExternal(),
      UserAuthentication.scramSha512(),
      UserAuthentication.none(),
    ].map((authentication) => (authentication._render() as any)?.type);
    expect(sorted(types)).toEqual(sorted(wordsOf(user('authentication.type'))));
  });

  test('knows the quotas of users, and takes 0', () => {
    const quotas: Required<KafkaUserQuotas> = {
      producerByteRate: 0,
      consumerByteRate: 0,
      requestPercentage: 0,
      controllerMutationRate: 0,
    };
    const { properties = {} } = user('quotas');
    expect(Object.keys(properties).sort()).toEqual(Object.keys(quotas).sort());
    expect(Object.values(properties).map(({ minimum }) => minimum)).toEqual([0, 0, 0, 0]);
    const build = (props: KafkaUserQuotas) => (chart: Parameters<Parameters<typeof faults>[0]>[0]) =>
      new KafkaUser(chart, 'my-user', {
        cluster: cluster(chart),
        authentication: UserAuthentication.tls(),
        quotas: props,
      });
    expect(faults(build(quotas))).toEqual([]);
    expect(violations(find(synth(build(quotas)), 'KafkaUser').spec, user(''))).toEqual([]);
  });

  test('knows the roles of nodes', () => {
    expect(sorted(Object.values(KafkaNodeRole))).toEqual(sorted(wordsOf(pool('roles.[]'))));
  });

  test('knows the storage of nodes', () => {
    const persistent = KafkaStorage.persistent({
      size: Size.gibibytes(1),
      storageClass: 'fast',
      deleteWithCluster: true,
    });
    const rendered = [persistent, KafkaStorage.ephemeral(Size.gibibytes(1))].map((storage) => {
      const manifests = synth((chart) => {
        const made = emptyCluster(chart);
        addListener(made);
        addNodes(made, { storage });
      });
      return find(manifests, 'KafkaNodePool').spec;
    });
    expect(rendered.flatMap((spec) => violations(spec, pool('')))).toEqual([]);
    expect(sorted(rendered.flatMap(({ storage }) => [storage.type, storage.volumes?.[0].type]))).toEqual(
      sorted(wordsOf(pool('storage.type'))),
    );
  });

  test('has the same limits of topics', () => {
    expect([topic('partitions').minimum, topic('replicas').minimum, topic('replicas').maximum]).toEqual([1, 1, 32767]);
  });

  test('has the same limits of authorities', () => {
    for (const authority of ['clusterCa', 'clientsCa']) {
      expect(kafka(`${authority}.validityDays`).minimum).toBe(1);
      expect(kafka(`${authority}.renewalDays`).minimum).toBe(1);
      expect(sorted(wordsOf(kafka(`${authority}.certificateExpirationPolicy`)))).toEqual([
        'renew-certificate',
        'replace-key',
      ]);
    }
  });
});
