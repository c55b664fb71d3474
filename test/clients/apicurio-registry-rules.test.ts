import { Chart } from 'cdk8s';
import { ApicurioRegistry, ApicurioRegistryProps, RegistryStorage } from '../../lib';
import { APICURIO_REGISTRY_RULES } from '../../lib/clients/apicurio-registry-rules';
import { CLIENT_FILES_RULES } from '../../lib/connection/client-files-rules';
import { WORKLOAD_RULES } from '../../lib/kubernetes/workload-rules';
import { faults } from '../support/synth';
import { World, certificate, faultsBy } from './world';

function registry(chart: Chart, props: Partial<ApicurioRegistryProps>): void {
  new ApicurioRegistry(chart, 'registry', { storage: RegistryStorage.inMemory(), ...props });
}

const CASES: Record<string, [(chart: Chart) => void, string[]]> = {
  'registry-encryption': [
    (chart) => {
      registry(chart, {});
      new ApicurioRegistry(chart, 'both', {
        storage: RegistryStorage.inMemory(),
        unencrypted: true,
        certificate: certificate(ApicurioRegistry.dnsNames('both', 'flink')),
      });
    },
    [
      "[test/registry] the schemas of registry 'registry' would cross the network in clear; give certificate, or say unencrypted: true where the network is trusted (registry-encryption)",
      "[test/both] registry 'both' is unencrypted and has a certificate, which it would never show; give certificate, or say unencrypted: true where the network is trusted (registry-encryption)",
    ],
  ],
  'registry-certificate-names': [
    (chart) => registry(chart, { certificate: certificate(['registry.example.com']) }),
    [
      "[test/registry] the certificate 'registry' is not valid for registry.flink.svc; issue it with the dnsNames(name, namespace) of the class of the registry (registry-certificate-names)",
    ],
  ],
  'registry-certificate-namespace': [
    (chart) => registry(chart, { certificate: certificate(undefined, 'pki') }),
    [
      "[test/registry] a registry in namespace 'flink' cannot mount pki/registry-tls:tls.crt; issue the certificate in the namespace of the registry (registry-certificate-namespace)",
      "[test/registry] a registry in namespace 'flink' cannot mount pki/registry-tls:tls.key; issue the certificate in the namespace of the registry (registry-certificate-namespace)",
    ],
  ],
  'registry-replicas': [
    (chart) => {
      registry(chart, { unencrypted: true, replicas: 2 });
      new ApicurioRegistry(chart, 'half', { storage: RegistryStorage.inMemory(), unencrypted: true, replicas: 0.5 });
    },
    [
      "[test/registry] the 2 pods of registry 'registry' would each have schemas of their own; leave replicas out, or keep the schemas in Kafka: storage: RegistryStorage.kafka(connection) (registry-replicas)",
      "[test/half] registry 'half' cannot have 0.5 pods; leave replicas out, or keep the schemas in Kafka: storage: RegistryStorage.kafka(connection) (registry-replicas)",
    ],
  ],
  'registry-storage-namespace': [
    (chart) => {
      const world = new World(chart);
      const storage = RegistryStorage.kafka(world.connect(world.user('registry-user')));
      registry(chart, { storage, unencrypted: true, namespace: 'tools' });
    },
    [
      "[test/registry] registry 'registry' is in namespace 'tools', its connection in 'flink'; leave namespace out, or give the connection the same namespace (registry-storage-namespace)",
    ],
  ],
};

test.each(Object.entries(CASES))('fails by %s', (_, [build, messages]) =>
  expect(faultsBy(APICURIO_REGISTRY_RULES, build)).toEqual(messages),
);

test('every rule about registries has a case', () => {
  expect(Object.keys(CASES)).toEqual(APICURIO_REGISTRY_RULES.map(({ id }) => id));
});

test('a certificate with a wildcard for the namespace is valid', () => {
  expect(faults((chart) => registry(chart, { certificate: certificate(['*.flink.svc']) }))).toEqual([]);
});

test('several pods may share schemas in Kafka', () => {
  const build = (chart: Chart) => {
    const world = new World(chart);
    const storage = RegistryStorage.kafka(world.connect(world.user('registry-user')));
    registry(chart, { storage, unencrypted: true, replicas: 3 });
  };
  expect(faults(build)).toEqual([]);
});

test('fails by the rules for all workloads and their files, too', () => {
  const build = (chart: Chart) => {
    const world = new World(chart);
    const storage = RegistryStorage.kafka(world.connect(world.user('tmp')));
    new ApicurioRegistry(chart, 'My_Registry', { storage, unencrypted: true, image: 'registry:latest' });
  };
  const messages = faultsBy([...WORKLOAD_RULES, ...CLIENT_FILES_RULES], build);
  expect(messages.map((message) => /\(([a-z-]+)\)$/.exec(message)?.[1])).toEqual([
    'workload-name',
    'workload-image',
    'secret-volume',
  ]);
});
