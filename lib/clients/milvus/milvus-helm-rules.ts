import { Rule } from '../../validation/rule';
import type { MilvusKafka } from './milvus-kafka';

export const MILVUS_HELM_RULES: readonly Rule<MilvusKafka>[] = [
  {
    id: 'milvus-helm-trust',
    holds: 'A Milvus of the Helm chart trusts certificates that are under one key of a Secret.',
    remedy: "give the connection trust: TrustedCertificates.fromSecret('my-cluster-cluster-ca-cert', 'ca.crt')",
    source: 'Helm chart zilliztech/milvus 5.0.19: its pods have no init containers that could put several together',
    faults: ({ name, files }) =>
      files.bundles.map(
        ({ secretName }) => `release '${name}' cannot put the certificates of Secret '${secretName}' into one file`,
      ),
  },
];
