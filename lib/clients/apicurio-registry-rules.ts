import { coversHost } from '../pki/host-names';
import { ICertificate } from '../pki/certificate';
import { Rule, faultIf } from '../validation/rule';
import type { ApicurioRegistryResource } from './apicurio-registry-resource';
import { RegistryStorage } from './apicurio-registry-storage';

/** An Apicurio Registry, whoever runs it. */
export interface RegistrySubject {
  readonly registryName: string;
  readonly namespace: string;
  readonly serviceHost: string;
  readonly storage: RegistryStorage;
  readonly certificate?: ICertificate;
  readonly unencrypted: boolean;
  readonly replicas: number;
}

export const APICURIO_REGISTRY_RULES: readonly Rule<RegistrySubject>[] = [
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
    remedy: 'issue it with the dnsNames(name, namespace) of the class of the registry',
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

export const APICURIO_REGISTRY_RESOURCE_RULES: readonly Rule<ApicurioRegistryResource>[] = [
  {
    id: 'registry-ingress-backend',
    holds: 'A registry behind an Ingress of the operator speaks plain HTTP.',
    remedy: 'leave ingress out and make an Ingress to port 443 of its Service, or say unencrypted: true',
    source: 'Apicurio Registry operator 3.3.1, AppIngressResource.java: its backend is the port http',
    faults: ({ registryName, certificate, ingress }) =>
      faultIf(
        ingress !== undefined && certificate !== undefined,
        `the Ingress of registry '${registryName}' would speak plain HTTP, and the registry only HTTPS`,
      ),
  },
  {
    id: 'registry-ingress-certificate',
    holds: 'The certificate of an Ingress is valid for its host, and in a Secret of type kubernetes.io/tls.',
    remedy: 'issue it in the namespace of the registry, for the host, with the keys tls.crt and tls.key',
    source: 'Kubernetes 1.35, "Ingress": the Secret has tls.crt and tls.key',
    faults: ({ namespace, ingress }) => {
      if (!ingress) return [];
      const { host, certificate: shown } = ingress;
      const { certificate, privateKey } = shown;
      const elsewhere = [certificate, privateKey].filter(
        (key) => key.namespace !== undefined && namespace !== '' && key.namespace !== namespace,
      );
      return [
        ...faultIf(!coversHost(shown.dnsNames, host), `the certificate '${shown.commonName}' is not valid for ${host}`),
        ...faultIf(
          certificate.secretName !== privateKey.secretName ||
            certificate.key !== 'tls.crt' ||
            privateKey.key !== 'tls.key',
          `an Ingress cannot read ${certificate.toString()} and ${privateKey.toString()}`,
        ),
        ...elsewhere.map((key) => `an Ingress in namespace '${namespace}' cannot read ${key.toString()}`),
      ];
    },
  },
];
