import { coversHost } from '../pki/host-names';
import { Rule, faultIf } from '../validation/rule';
import type { ApicurioRegistry } from './apicurio-registry';

export const APICURIO_REGISTRY_RULES: readonly Rule<ApicurioRegistry>[] = [
  {
    id: 'registry-encryption',
    holds: 'A registry either has a certificate or is unencrypted by name, not both.',
    remedy: 'give certificate, or say unencrypted: true where the network is trusted',
    source: 'Apicurio Registry 3.3.3 speaks plain HTTP if nothing is configured',
    faults: (r) => [
      ...faultIf(
        !r.certificate && !r.unencrypted,
        `the schemas of registry '${r.registryName}' would cross the network in clear`,
      ),
      ...faultIf(
        r.certificate !== undefined && r.unencrypted,
        `registry '${r.registryName}' is unencrypted and has a certificate, which it would never show`,
      ),
    ],
  },
  {
    id: 'registry-certificate-names',
    holds: 'The certificate of a registry is valid for the name that clients connect to.',
    remedy: 'issue it with dnsNames: ApicurioRegistry.dnsNames(name, namespace)',
    source: 'RFC 9110, 4.3.4: clients check the host name',
    faults: ({ certificate, serviceHost }) =>
      certificate && !coversHost(certificate.dnsNames, serviceHost)
        ? [`the certificate '${certificate.commonName}' is not valid for ${serviceHost}`]
        : [],
  },
  {
    id: 'registry-certificate-namespace',
    holds: 'The certificate of a registry and its key are in the namespace of the registry.',
    remedy: 'issue the certificate in the namespace of the registry',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: ({ certificate, namespace }) =>
      (certificate ? [certificate.certificate, certificate.privateKey] : [])
        .filter((key) => key.namespace !== undefined && namespace !== '' && key.namespace !== namespace)
        .map((key) => `a registry in namespace '${namespace}' cannot mount ${key.toString()}`),
  },
  {
    id: 'registry-replicas',
    holds: 'A registry has whole pods, 1 or more, and only one if it keeps its schemas in memory.',
    remedy: 'leave replicas out, or keep the schemas in Kafka: storage: RegistryStorage.kafka(connection)',
    source: 'Apicurio Registry 3.3.3: pods with in-memory storage know nothing of each other',
    faults: (r) => [
      ...faultIf(
        !Number.isInteger(r.replicas) || r.replicas < 1,
        `registry '${r.registryName}' cannot have ${r.replicas} pods`,
      ),
      ...faultIf(
        r.replicas > 1 && r.storage._connection() === undefined,
        `the ${r.replicas} pods of registry '${r.registryName}' would each have schemas of their own`,
      ),
    ],
  },
  {
    id: 'registry-storage-namespace',
    holds: 'A registry runs in the namespace that its connection to Kafka is for.',
    remedy: 'leave namespace out, or give the connection the same namespace',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace; NetworkPolicy peers name one',
    faults: (r) => {
      const connection = r.storage._connection();
      return faultIf(
        connection !== undefined && connection.namespace !== r.namespace,
        `registry '${r.registryName}' is in namespace '${r.namespace}', its connection in '${connection?.namespace}'`,
      );
    },
  },
];
