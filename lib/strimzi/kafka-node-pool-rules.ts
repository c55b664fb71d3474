import { SizeRoundingBehavior } from 'cdk8s';
import { isDnsLabel } from '../kubernetes/names';
import { Rule, faultIf } from '../validation/rule';
import type { KafkaNodePool } from './kafka-node-pool';

const VALIDATOR = 'Strimzi 1.2.0, cluster-operator/.../model/nodepools/NodePoolUtils.java';

export const KAFKA_NODE_POOL_RULES: readonly Rule<KafkaNodePool>[] = [
  {
    id: 'node-pool-roles',
    holds: 'The nodes of a pool have a role, each role once.',
    remedy: 'give KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER or both',
    source: VALIDATOR,
    faults: (p) => [
      ...faultIf(p.roles.length === 0, `node pool '${p.poolName}' has no role`),
      ...faultIf(new Set(p.roles).size < p.roles.length, `node pool '${p.poolName}' has a role twice`),
    ],
  },
  {
    id: 'node-pool-replicas',
    holds: 'A pool has a whole number of nodes, 0 or more.',
    remedy: 'give the number of nodes, such as 3',
    source: 'Strimzi 1.2.0, KafkaNodePool CRD (replicas: minimum 0)',
    faults: (p) =>
      faultIf(
        !Number.isInteger(p.replicas) || p.replicas < 0,
        `node pool '${p.poolName}' cannot have ${p.replicas} nodes`,
      ),
  },
  {
    id: 'node-pool-storage',
    holds: 'Persistent storage has at least one volume, and each has room.',
    remedy: 'give KafkaStorage.persistent({ size: Size.gibibytes(100) })',
    source: 'Strimzi 1.2.0, StorageUtils.validatePersistentStorage',
    faults: (p) => [
      ...faultIf(
        p.storage.isPersistent && p.storage.volumes.length === 0,
        `node pool '${p.poolName}' has persistent storage without a volume`,
      ),
      ...p.storage.volumes.flatMap(({ size }, id) =>
        faultIf(
          size.toKibibytes({ rounding: SizeRoundingBehavior.NONE }) <= 0,
          `volume ${id} of node pool '${p.poolName}' has no room`,
        ),
      ),
    ],
  },
  {
    id: 'node-pool-name',
    holds: 'The names of the pods, <cluster>-<pool>-<id>, are DNS labels.',
    remedy: 'shorten the name of the pool or of the cluster; lower-case letters, digits and dashes only',
    source: 'Kubernetes 1.35: the host name of a pod has 63 characters at most; measured with Strimzi 1.2.0',
    faults: (p) => {
      const longest = `${p.cluster.clusterName}-${p.poolName}-${Math.max(p.cluster._nodeCount() - 1, 0)}`;
      return faultIf(!isDnsLabel(longest), `node pool '${p.poolName}' would have pods named ${longest}`);
    },
  },
];
