import { Chart } from 'cdk8s';
import {
  ApicurioRegistryResource,
  ApicurioRegistryResourceProps,
  ExistingCertificate,
  JavaClientSettings,
  KafkaAuthorization,
  KafkaUser,
  NetworkPeer,
  RegistryStorage,
  SecretKey,
} from '../../lib';
import { APICURIO_REGISTRY_RESOURCE_RULES, APICURIO_REGISTRY_RULES } from '../../lib/clients/apicurio-registry-rules';
import { customResourceValidators } from '../../tools/schema/custom-resources';
import { RuleCases, describeRules } from '../support/rules';
import { Manifest, faults, find, synth } from '../support/synth';
import { MODES, external } from './connect/modes';
import { World, certificate as issued, faultsBy } from './world';

const NAMES = ApicurioRegistryResource.dnsNames('registry', 'flink');
const SELECTOR = {
  app: 'registry',
  'app.kubernetes.io/name': 'apicurio-registry',
  'app.kubernetes.io/component': 'app',
  'app.kubernetes.io/part-of': 'apicurio-registry',
  'app.kubernetes.io/instance': 'registry',
};

function registry(chart: Chart, props: Partial<ApicurioRegistryResourceProps> = { certificate: issued(NAMES) }) {
  return new ApicurioRegistryResource(chart, 'registry', { storage: RegistryStorage.inMemory(), ...props });
}

/** A registry that keeps its schemas in Kafka as a user with a certificate. */
function inKafka(chart: Chart, authorization?: KafkaAuthorization): KafkaUser {
  const world = new World(chart, authorization);
  const user = world.user('registry-user');
  registry(chart, { storage: RegistryStorage.kafka(world.connect(user)), certificate: issued(NAMES) });
  return user;
}

const appOf = (manifests: readonly Manifest[]) => find(manifests, 'ApicurioRegistry3').spec.app;
const environmentOf = (manifests: readonly Manifest[]): Record<string, string> =>
  Object.fromEntries(appOf(manifests).env.map(({ name, value }: any) => [name, value]));

/** What the file references in text say where a container has them: `/opt/registry-user/user.key`. */
function spokenOf(text: string): string[] {
  const paths =
    text.replace(/\\\$\{dir:([^:}]+):([^}]+)\}/g, '$1/$2').match(/\/opt\/[\w./-]+\.\w+|\/opt\/[\w/-]+/g) ?? [];
  return [...new Set(paths)].filter((path) => path.split('/').length === 4);
}

/** The files in the registry's container. */
function filesOf({ containers: [container], volumes, initContainers = [] }: any): string[] {
  const written = initContainers.map(({ command }: any) => command.join(' ')).join('\n');
  return container.volumeMounts.flatMap(({ name, mountPath }: any) => {
    const { secret } = volumes.find((volume: any) => volume.name === name);
    if (secret) return secret.items.map(({ path }: any) => `${mountPath}/${path}`);
    return written.match(new RegExp(`${mountPath}/[\\w.-]+`, 'g')) ?? [];
  });
}

test('a registry in memory speaks HTTPS on port 443 of the Service that the operator makes', () => {
  let made: ApicurioRegistryResource | undefined;
  const manifests = synth((chart) => (made = registry(chart)));
  expect(faults((chart) => registry(chart))).toEqual([]);
  expect(made?.confluentUrl).toBe('https://registry-app-service.flink.svc:443/apis/ccompat/v7');
  expect(NAMES).toContain('registry-app-service.flink.svc');
  expect(made?.trust?.toString()).toBe('root-ca:ca.crt');
  const app = appOf(manifests);
  expect(app.storage).toBeUndefined();
  expect(app.tls).toEqual({ insecureRequests: 'disabled' });
  expect(environmentOf(manifests)).toEqual({
    QUARKUS_HTTP_CORS_ORIGINS: 'https://registry-app-service.flink.svc:443',
    QUARKUS_HTTP_INSECURE_REQUESTS: 'disabled',
    QUARKUS_HTTP_SSL_PORT: '8443',
    QUARKUS_HTTP_SSL_CERTIFICATE_FILES: '/opt/registry-tls/tls.crt',
    QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES: '/opt/registry-tls/tls.key',
    QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD: '30s',
  });
});

test('an unencrypted registry speaks HTTP on port 8080', () => {
  const manifests = synth((chart) => {
    expect(registry(chart, { unencrypted: true }).url).toBe('http://registry-app-service.flink.svc:8080');
  });
  expect(appOf(manifests).tls).toBeUndefined();
  expect(find(manifests, 'NetworkPolicy').spec.ingress).toBeUndefined();
});

describe.each(Object.keys(MODES))('storage in Kafka by %s', (mode) => {
  let client: Record<string, string> = {};
  const manifests = synth((chart) => {
    const connection = external(chart, mode);
    client = JavaClientSettings.render(connection);
    registry(chart, { storage: RegistryStorage.kafka(connection), certificate: issued(NAMES) });
  });

  test('has the settings of the Java client', () => {
    const { 'bootstrap.servers': bootstrapServers, ...settings } = client;
    expect(appOf(manifests).storage).toEqual({ type: 'kafkasql', kafkasql: { bootstrapServers } });
    const prefix = 'APICURIO_KAFKA_COMMON_';
    const given = Object.entries(environmentOf(manifests)).filter(([name]) => name.startsWith(prefix));
    // Quarkus finds the variable of a setting by this rule, and reads a dollar sign with a backslash as one.
    expect(Object.fromEntries(given)).toEqual(
      Object.fromEntries(
        Object.entries(settings).map(([name, value]) => [
          `${prefix}${name.replace(/\W/g, '_').toUpperCase()}`,
          value.replaceAll('$', '\\$'),
        ]),
      ),
    );
  });

  test('has every file that its settings speak of', () => {
    const spoken = spokenOf(Object.values(environmentOf(manifests)).join('\n'));
    const kinds = { plaintext: 2, 'mutual TLS': 5, OAUTHBEARER: 5, GSSAPI: 5, TLS: 3 } as Record<string, number>;
    expect(spoken).toHaveLength(kinds[mode] ?? 4);
    expect(filesOf(appOf(manifests).podTemplateSpec.spec)).toEqual(expect.arrayContaining(spoken));
  });
});

test('the Java virtual machine knows of the krb5.conf', () => {
  const manifests = synth((chart) => {
    registry(chart, { storage: RegistryStorage.kafka(external(chart, 'GSSAPI')), unencrypted: true });
  });
  expect(environmentOf(manifests).JAVA_OPTS_APPEND).toBe('-Djava.security.krb5.conf=/opt/realm/krb5.conf');
});

test('the user has the rights that the storage takes, and the pods may connect to the listener', () => {
  const manifests = synth((chart) => {
    const rights = inKafka(chart).acls.map(
      ({ resource, operations }) => `${resource.toString()}: ${operations.join()}`,
    );
    expect(rights).toEqual([
      'topic kafkasql-journal: Read,Write,Create,DescribeConfigs',
      'topic kafkasql-snapshots: Read,Write,Create,DescribeConfigs',
      'topic registry-events: Write,Create,DescribeConfigs',
      'group apicurio-*: Read',
    ]);
  });
  const [{ networkPolicyPeers }] = find(manifests, 'Kafka').spec.kafka.listeners;
  expect(networkPolicyPeers).toEqual([{ podSelector: { matchLabels: SELECTOR } }]);
});

test('only named clients reach the pods of the operator', () => {
  const manifests = synth((chart) => registry(chart).allowFrom(NetworkPeer.ipBlock('203.0.113.0/24')));
  expect(appOf(manifests).networkPolicy).toEqual({ enabled: false });
  expect(find(manifests, 'NetworkPolicy').spec).toEqual({
    podSelector: { matchLabels: SELECTOR },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ ipBlock: { cidr: '203.0.113.0/24' } }], ports: [{ port: 8443, protocol: 'TCP' }] }],
  });
});

test('the pod runs without root, writable files, an API token or open limits', () => {
  const { spec } = appOf(synth((chart) => void inKafka(chart))).podTemplateSpec;
  expect(spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  expect(spec.containers.map(({ name }: any) => name)).toEqual(['apicurio-registry-app']);
  expect(spec.initContainers.length).toBeGreaterThan(0);
  for (const { securityContext, resources } of [...spec.containers, ...spec.initContainers]) {
    expect(securityContext).toEqual({
      runAsUser: 1001,
      runAsNonRoot: true,
      readOnlyRootFilesystem: true,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(Object.keys(resources.limits)).toEqual(['cpu', 'memory']);
  }
  // The operator refuses variables here: its own field has them.
  expect(spec.containers[0].env).toBeUndefined();
});

const HOST = 'schemas.example.com';

function shown(dnsNames = [HOST], key = 'tls.key', namespace?: string): ExistingCertificate {
  return new ExistingCertificate({
    commonName: 'schemas',
    certificate: SecretKey.existing('schemas-tls', 'tls.crt', { namespace }),
    privateKey: SecretKey.existing('schemas-tls', key),
    issuer: issued().issuer,
    dnsNames,
  });
}

test('an Ingress shows its own certificate, and its host alone may be the origin of scripts', () => {
  const ingress = { host: HOST, certificate: shown(), className: 'nginx' };
  const manifests = synth((chart) => registry(chart, { unencrypted: true, ingress }));
  expect(appOf(manifests).ingress).toEqual({
    enabled: true,
    host: HOST,
    tlsSecretName: 'schemas-tls',
    ingressClassName: 'nginx',
  });
  expect(environmentOf(manifests).QUARKUS_HTTP_CORS_ORIGINS).toBe(`https://${HOST}`);
  expect(appOf(synth((chart) => registry(chart))).ingress).toEqual({ enabled: false });
});

const { CRD_DIR } = process.env;
if (!CRD_DIR) console.warn('CRD_DIR is not set: the resource is not compared with its definition');

(CRD_DIR ? test : test.skip)('the resource has fields that the operator knows', () => {
  const validate = customResourceValidators(CRD_DIR ?? '').get('registry.apicur.io/v1 ApicurioRegistry3');
  const builds = [
    (chart: Chart) => void registry(chart),
    (chart: Chart) => void inKafka(chart),
    (chart: Chart) => void registry(chart, { unencrypted: true, ingress: { host: HOST, certificate: shown() } }),
  ];
  for (const build of builds) expect(validate?.(find(synth(build), 'ApicurioRegistry3'))).toEqual([]);
  expect(validate?.({ apiVersion: '', kind: '', metadata: { name: 'x' }, spec: { brandNew: 1 } } as any)).toEqual([
    "/spec: unknown field 'brandNew'",
  ]);
});

test('fails by the rules for all registries, too', () => {
  const messages = faultsBy(APICURIO_REGISTRY_RULES, (chart) => {
    registry(chart, { certificate: issued(['registry.flink.svc']), unencrypted: true, replicas: 2 });
  });
  expect(messages.map((message) => /\(([a-z-]+)\)$/.exec(message)?.[1])).toEqual([
    'registry-encryption',
    'registry-certificate-names',
    'registry-replicas',
  ]);
});

const ingressOf = (certificate: ExistingCertificate) => (chart: Chart) =>
  registry(chart, { unencrypted: true, ingress: { host: HOST, certificate } });

const CASES: Record<string, RuleCases> = {
  'registry-ingress-backend': {
    remedy: 'leave ingress out and make an Ingress to port 443 of its Service, or say unencrypted: true',
    cases: [
      [
        (chart) => registry(chart, { certificate: issued(NAMES), ingress: { host: HOST, certificate: shown() } }),
        ["[test/registry] the Ingress of registry 'registry' would speak plain HTTP, and the registry only HTTPS"],
        ingressOf(shown()),
      ],
    ],
  },
  'registry-ingress-certificate': {
    remedy: 'issue it in the namespace of the registry, for the host, with the keys tls.crt and tls.key',
    cases: [
      [
        ingressOf(shown(['example.com'])),
        [`[test/registry] the certificate 'schemas' is not valid for ${HOST}`],
        ingressOf(shown(['*.example.com'])),
      ],
      [
        ingressOf(shown(undefined, 'key.pem')),
        ['[test/registry] an Ingress cannot read schemas-tls:tls.crt and schemas-tls:key.pem'],
        ingressOf(shown()),
      ],
      [
        ingressOf(shown(undefined, undefined, 'pki')),
        ["[test/registry] an Ingress in namespace 'flink' cannot read pki/schemas-tls:tls.crt"],
        ingressOf(shown(undefined, undefined, 'flink')),
      ],
    ],
  },
};

describeRules(APICURIO_REGISTRY_RESOURCE_RULES, CASES);
