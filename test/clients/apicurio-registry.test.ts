import { Chart } from 'cdk8s';
import {
  ApicurioRegistry,
  ApicurioRegistryProps,
  KafkaAuthorization,
  KafkaConnection,
  KafkaUser,
  ListenerAuthentication,
  NetworkPeer,
  RegistryStorage,
  UserAuthentication,
} from '../../lib';
import { faults, find, synth } from '../support/synth';
import { World, certificate, environment, mentionedFiles, presentFiles, unsafeties } from './world';

function inMemory(chart: Chart, props: Partial<ApicurioRegistryProps> = { certificate: certificate() }) {
  return new ApicurioRegistry(chart, 'registry', { storage: RegistryStorage.inMemory(), ...props });
}

/** A registry that keeps its schemas in Kafka as a user with a certificate. */
function inKafka(chart: Chart, authorization?: KafkaAuthorization): KafkaUser {
  const world = new World(chart, authorization);
  const user = world.user('registry-user');
  inMemory(chart, { storage: RegistryStorage.kafka(world.connect(user)), certificate: certificate() });
  return user;
}

describe('a registry with a certificate', () => {
  const manifests = synth((chart) => inMemory(chart));

  test('is without fault', () => expect(faults((chart) => inMemory(chart))).toEqual([]));

  test('speaks HTTPS and nothing else', () => {
    expect(environment(find(manifests, 'Deployment'))).toEqual({
      QUARKUS_HTTP_INSECURE_REQUESTS: 'disabled',
      QUARKUS_HTTP_SSL_PORT: '8443',
      QUARKUS_HTTP_SSL_CERTIFICATE_FILES: '/opt/registry-tls/tls.crt',
      QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES: '/opt/registry-tls/tls.key',
      QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD: '30s',
    });
    expect(find(manifests, 'Service').spec.ports).toEqual([{ name: 'https', port: 8443, targetPort: 8443 }]);
  });

  test('has URLs that its certificate covers, and an authority to trust', () => {
    synth((chart) => {
      const registry = inMemory(chart);
      expect(registry.url).toBe('https://registry.flink.svc:8443');
      expect(registry.confluentUrl).toBe('https://registry.flink.svc:8443/apis/ccompat/v7');
      expect(registry.coreUrl).toBe('https://registry.flink.svc:8443/apis/registry/v2');
      expect(registry.trust?.toString()).toBe('root-ca:ca.crt');
      expect(ApicurioRegistry.dnsNames('registry', 'flink')).toContain(registry.serviceHost);
    });
  });

  test('is probed on its management port, and waits longer for Kafka than the minute after which it ends', () => {
    const [{ startupProbe, readinessProbe, livenessProbe }] = find(manifests, 'Deployment').spec.template.spec
      .containers;
    expect(
      [startupProbe, readinessProbe, livenessProbe].map(({ httpGet }) => `${httpGet.port}${httpGet.path}`),
    ).toEqual(['9000/health/started', '9000/health/ready', '9000/health/live']);
    expect(startupProbe.failureThreshold * startupProbe.periodSeconds).toBeGreaterThan(90);
  });

  test('is one set of labels for pods, Service and NetworkPolicy', () => {
    const labels = { 'app.kubernetes.io/name': 'apicurio-registry', 'app.kubernetes.io/instance': 'registry' };
    const { selector, template } = find(manifests, 'Deployment').spec;
    expect(selector).toEqual({ matchLabels: labels });
    expect(template.metadata.labels).toEqual(labels);
    expect(find(manifests, 'Service').spec.selector).toEqual(labels);
    expect(find(manifests, 'NetworkPolicy').spec.podSelector).toEqual({ matchLabels: labels });
  });

  test('never has two pods side by side, each with schemas of its own', () => {
    expect(find(manifests, 'Deployment').spec.strategy).toEqual({ type: 'Recreate' });
  });
});

test('an unencrypted registry speaks HTTP on port 8080 and asks nobody to trust anything', () => {
  const manifests = synth((chart) => {
    const registry = inMemory(chart, { unencrypted: true, clusterDomain: 'example.org' });
    expect(registry.url).toBe('http://registry.flink.svc.example.org:8080');
    expect(registry.trust).toBeUndefined();
  });
  expect(find(manifests, 'Service').spec.ports).toEqual([{ name: 'http', port: 8080, targetPort: 8080 }]);
  expect(environment(find(manifests, 'Deployment'))).toEqual({});
});

describe('who may connect to a registry', () => {
  const ingress = (allow: (registry: ApicurioRegistry) => void) =>
    find(
      synth((chart) => allow(inMemory(chart))),
      'NetworkPolicy',
    ).spec;

  test('nobody, if nobody was let in', () => {
    expect(ingress(() => {})).toEqual({ podSelector: expect.anything(), policyTypes: ['Ingress'] });
  });

  test('the pods and peers that were let in, on the port of the API', () => {
    const spec = ingress((registry) => {
      registry.allowFromPods({ app: 'etl' }, 'flink');
      registry.allowFromPods({ app: 'etl' }, 'flink');
      registry.allowFromPods({ app: 'report' }, 'reports');
      registry.allowFrom(NetworkPeer.ipBlock('203.0.113.0/24'));
    });
    expect(spec.ingress).toEqual([
      {
        from: [
          { podSelector: { matchLabels: { app: 'etl' } } },
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'reports' } },
            podSelector: { matchLabels: { app: 'report' } },
          },
          { ipBlock: { cidr: '203.0.113.0/24' } },
        ],
        ports: [{ port: 8443, protocol: 'TCP' }],
      },
    ]);
  });
});

describe('a registry that keeps its schemas in Kafka', () => {
  const manifests = synth((chart) => inKafka(chart));
  const deployment = find(manifests, 'Deployment');

  test('is without fault', () => expect(faults((chart) => inKafka(chart))).toEqual([]));

  test('gives the settings of its connection to the client, with references that Quarkus leaves alone', () => {
    expect(environment(deployment)).toMatchObject({
      APICURIO_STORAGE_KIND: 'kafkasql',
      APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: 'my-cluster-kafka-bootstrap.flink.svc:9093',
      APICURIO_KAFKA_COMMON_SECURITY_PROTOCOL: 'SSL',
      APICURIO_KAFKA_COMMON_SSL_TRUSTSTORE_TYPE: 'PEM',
      APICURIO_KAFKA_COMMON_SSL_TRUSTSTORE_LOCATION: '/opt/my-cluster-cluster-ca-cert/ca.crt',
      APICURIO_KAFKA_COMMON_SSL_KEYSTORE_CERTIFICATE_CHAIN: '\\${dir:/opt/registry-user:user.crt}',
      APICURIO_KAFKA_COMMON_SSL_KEYSTORE_KEY: '\\${dir:/opt/registry-user:user.key}',
      APICURIO_KAFKA_COMMON_CONFIG_PROVIDERS_DIR_PARAM_ALLOWED_PATHS: '/opt/registry-user',
    });
  });

  test('has every file that its settings speak of', () => {
    expect(mentionedFiles(deployment).length).toBe(5);
    expect(presentFiles(deployment)).toEqual(expect.arrayContaining(mentionedFiles(deployment)));
  });

  test('trusts every generation of the authority', () => {
    const { initContainers, volumes } = deployment.spec.template.spec;
    expect(initContainers[0].command).toEqual([
      '/bin/sh',
      '-ec',
      'for crt in /source/*.crt; do cat "$crt"; echo; done > /opt/my-cluster-cluster-ca-cert/ca.crt',
    ]);
    expect(volumes).toContainEqual({
      name: 'my-cluster-cluster-ca-cert',
      secret: { secretName: 'my-cluster-cluster-ca-cert' },
    });
  });

  test('is replaced pod by pod', () => expect(deployment.spec.strategy.type).toBe('RollingUpdate'));

  test('gives its user exactly the rights that the storage takes', () => {
    synth((chart) => {
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
  });

  test('gives no rights where nothing checks them', () => {
    expect(faults((chart) => inKafka(chart, KafkaAuthorization.none()))).toEqual([]);
  });

  test('may connect to the listener', () => {
    const [{ networkPolicyPeers }] = find(manifests, 'Kafka').spec.kafka.listeners;
    expect(networkPolicyPeers).toEqual([{ podSelector: deployment.spec.selector }]);
  });
});

test('a registry logs in by password with a reference inside its JAAS line', () => {
  const manifests = synth((chart) => {
    const world = new World(chart);
    const listener = world.cluster.addListener('scram', {
      port: 9094,
      authentication: ListenerAuthentication.scramSha512(),
    });
    const user = world.user('registry-user', UserAuthentication.scramSha512());
    inMemory(chart, { storage: RegistryStorage.kafka(world.connect(user, listener)), unencrypted: true });
  });
  const deployment = find(manifests, 'Deployment');
  expect(environment(deployment).APICURIO_KAFKA_COMMON_SASL_JAAS_CONFIG).toBe(
    'org.apache.kafka.common.security.scram.ScramLoginModule required username="registry-user" ' +
      'password="\\${dir:/opt/registry-user:password}" ;',
  );
  expect(presentFiles(deployment)).toEqual(expect.arrayContaining(mentionedFiles(deployment)));
});

test('a registry lives in the namespace of its connection', () => {
  const manifests = synth((chart) => {
    const world = new World(chart, KafkaAuthorization.none());
    const listener = world.cluster.addListener('plain', {
      port: 9092,
      tls: false,
      authentication: ListenerAuthentication.none(),
    });
    const connection = new KafkaConnection(chart, 'connection', { listener, namespace: 'tools' });
    inMemory(chart, { storage: RegistryStorage.kafka(connection), unencrypted: true });
  });
  for (const kind of ['Deployment', 'Service', 'NetworkPolicy']) {
    expect(find(manifests, kind).metadata.namespace).toBe('tools');
  }
});

test.each([
  ['in memory', (chart: Chart) => void inMemory(chart)],
  ['in Kafka', (chart: Chart) => void inKafka(chart)],
])('a registry %s runs without root, writable files, an API token or open limits', (_, build) => {
  expect(unsafeties(find(synth(build), 'Deployment'))).toEqual([]);
});
