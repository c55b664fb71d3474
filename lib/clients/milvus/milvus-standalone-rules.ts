import { coversHost } from '../../pki/host-names';
import { Rule, faultIf } from '../../validation/rule';
import type { MilvusStandalone } from './milvus-standalone';

export const MILVUS_STANDALONE_RULES: readonly Rule<MilvusStandalone>[] = [
  {
    id: 'milvus-encryption',
    holds: 'A standalone Milvus either has a certificate or is unencrypted by name, not both.',
    remedy: 'give certificate, or say unencrypted: true where the network is trusted',
    source: 'Milvus 2.6.7, configs/milvus.yaml: common.security.tlsMode is 0 if nothing is configured',
    faults: ({ milvusName, certificate, unencrypted }) => [
      ...faultIf(
        !certificate && !unencrypted,
        `the vectors of Milvus '${milvusName}' would cross the network in clear`,
      ),
      ...faultIf(
        certificate !== undefined && unencrypted,
        `Milvus '${milvusName}' is unencrypted and has a certificate, which it would never show`,
      ),
    ],
  },
  {
    id: 'milvus-certificate-names',
    holds: 'The certificate of a Milvus is valid for the name that clients connect to.',
    remedy: 'issue it with dnsNames: MilvusStandalone.dnsNames(name, namespace)',
    source: 'RFC 9110, 4.3.4: clients check the host name',
    faults: ({ certificate, serviceHost }) =>
      certificate && !coversHost(certificate.dnsNames, serviceHost)
        ? [`the certificate '${certificate.commonName}' is not valid for ${serviceHost}`]
        : [],
  },
  {
    id: 'milvus-secret-namespace',
    holds: 'The Secrets of a Milvus are in its own namespace.',
    remedy: 'put them into the namespace of the Milvus, which is that of its connection',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: (milvus) =>
      milvus
        ._secrets()
        .filter(({ namespace }) => namespace !== undefined && milvus.namespace !== '' && namespace !== milvus.namespace)
        .map((secret) => `a Milvus in namespace '${milvus.namespace}' cannot use ${secret.toString()}`),
  },
  {
    id: 'milvus-etcd-encryption',
    holds: 'Milvus speaks to an etcd with a trusted authority and a certificate of its own, or unencrypted by name.',
    remedy: 'give trust and certificate, or say unencrypted: true where the network is trusted',
    source: 'Milvus 2.6.7, pkg/util/etcd/etcd_util.go: without a client certificate it does not speak TLS',
    faults: ({ milvusName, storage: { _details: details } }) => {
      if (details.kind === 'volume') return [];
      const { trust, certificate, unencrypted = false } = details.external.etcd;
      return [
        ...faultIf(
          !unencrypted && !(trust && certificate),
          `Milvus '${milvusName}' cannot speak TLS to its etcd without both trust and certificate`,
        ),
        ...faultIf(
          unencrypted && (trust !== undefined || certificate !== undefined),
          `the etcd of Milvus '${milvusName}' is unencrypted and has trust or a certificate, which would be of no use`,
        ),
      ];
    },
  },
  {
    id: 'milvus-object-store-encryption',
    holds: 'An object store that is spoken to in clear has no authority to trust.',
    remedy: 'leave unencrypted out, or leave out trust',
    source: 'Milvus 2.6.7, configs/milvus.yaml: minio.ssl is read together with minio.useSSL alone',
    faults: ({ milvusName, storage: { _details: details } }) => {
      if (details.kind === 'volume') return [];
      const { trust, unencrypted = false } = details.external.objects;
      return faultIf(
        unencrypted && trust !== undefined,
        `the object store of Milvus '${milvusName}' is unencrypted and has trust, which would be of no use`,
      );
    },
  },
];
