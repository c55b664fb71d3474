import { isDnsLabel } from '../../kubernetes/names';
import { Rule, faultIf } from '../../validation/rule';
import type { SingleStoreCluster } from './singlestore-cluster';

/** What the operator and this library put around the name of a cluster. */
const LONGEST = 63 - 'svc-'.length - '-ddl'.length;

/** The longest key of a Secret. */
const LONGEST_KEY = 253;

export const SINGLESTORE_CLUSTER_RULES: readonly Rule<SingleStoreCluster>[] = [
  {
    id: 'singlestore-cluster-name',
    holds: 'The name of a SingleStore cluster is a DNS label, short enough for its Services.',
    remedy: `use at most ${LONGEST} lower-case letters, digits and dashes`,
    source: 'SingleStore operator: Services svc-<cluster>-ddl and svc-<cluster>-dml',
    faults: ({ clusterName }) =>
      faultIf(
        !isDnsLabel(clusterName) || clusterName.length > LONGEST,
        `no SingleStore cluster can be named '${clusterName}'`,
      ),
  },
  {
    id: 'singlestore-file-name',
    holds: 'The files of a SingleStore cluster are keys of one Secret, named after the Secrets that they come from.',
    remedy: `use names of Secrets and keys of at most ${LONGEST_KEY} characters together`,
    source: 'Kubernetes 1.35, apimachinery validation (IsConfigMapKey)',
    faults: ({ clusterName, _files: files }) =>
      [...files.keys()]
        .filter((name) => name.length > LONGEST_KEY)
        .map((name) => `SingleStore cluster '${clusterName}' cannot have a file '${name}'`),
  },
];
