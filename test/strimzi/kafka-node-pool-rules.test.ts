import { Chart, Size } from 'cdk8s';
import { KafkaNodePoolProps, KafkaNodeRole, KafkaStorage } from '../../lib';
import { KAFKA_NODE_POOL_RULES } from '../../lib/strimzi/kafka-node-pool-rules';
import { describeRules } from '../support/rules';
import { addListener, addNodes, emptyCluster } from '../support/worlds';

/** A cluster with one dual-role pool, which has `props` and a name, and nothing else to complain about. */
const pool =
  (props: Partial<KafkaNodePoolProps>, name = 'dual-role', clusterName = 'my-cluster') =>
  (chart: Chart) => {
    const cluster = emptyCluster(chart, { clusterName });
    addListener(cluster);
    addNodes(cluster, props, name);
  };

const { BROKER, CONTROLLER } = KafkaNodeRole;
const gibibytes = (amount: number) => KafkaStorage.persistent({ size: Size.gibibytes(amount) });

describeRules(KAFKA_NODE_POOL_RULES, {
  'node-pool-roles': {
    remedy: 'give KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER or both',
    cases: [
      [pool({ roles: [] }), ["[test/my-cluster/pool-dual-role] node pool 'dual-role' has no role"], pool({})],
      [
        pool({ roles: [BROKER, CONTROLLER, BROKER] }),
        ["[test/my-cluster/pool-dual-role] node pool 'dual-role' has a role twice"],
        pool({ roles: [BROKER, CONTROLLER] }),
      ],
    ],
  },
  'node-pool-replicas': {
    remedy: 'give the number of nodes, such as 3',
    cases: [
      [
        pool({ replicas: 1.5 }),
        ["[test/my-cluster/pool-dual-role] node pool 'dual-role' cannot have 1.5 nodes"],
        pool({ replicas: 1 }),
      ],
      [
        pool({ replicas: -1 }),
        ["[test/my-cluster/pool-dual-role] node pool 'dual-role' cannot have -1 nodes"],
        (chart) => addNodes(chartWithPool(chart), { replicas: 0 }, 'spare'),
      ],
    ],
  },
  'node-pool-storage': {
    remedy: 'give KafkaStorage.persistent({ size: Size.gibibytes(100) })',
    cases: [
      [
        pool({ storage: KafkaStorage.jbod([]) }),
        ["[test/my-cluster/pool-dual-role] node pool 'dual-role' has persistent storage without a volume"],
        pool({ storage: KafkaStorage.ephemeral() }),
      ],
      [
        pool({ storage: gibibytes(0) }),
        ["[test/my-cluster/pool-dual-role] volume 0 of node pool 'dual-role' has no room"],
        pool({ storage: gibibytes(0.5) }),
      ],
    ],
  },
  'node-pool-name': {
    remedy: 'shorten the name of the pool or of the cluster; lower-case letters, digits and dashes only',
    cases: [
      [
        pool({}, 'p'.repeat(51)),
        [
          `[test/my-cluster/pool-${'p'.repeat(51)}] node pool '${'p'.repeat(51)}' would have pods named my-cluster-${'p'.repeat(51)}-0`,
        ],
        pool({}, 'p'.repeat(50)),
      ],
      [
        pool({ replicas: 11 }, 'p'.repeat(50)),
        [
          `[test/my-cluster/pool-${'p'.repeat(50)}] node pool '${'p'.repeat(50)}' would have pods named my-cluster-${'p'.repeat(50)}-10`,
        ],
        pool({ replicas: 11 }, 'p'.repeat(49)),
      ],
      [
        pool({}, 'dual_role'),
        ["[test/my-cluster/pool-dual_role] node pool 'dual_role' would have pods named my-cluster-dual_role-0"],
        pool({}, 'dual-role'),
      ],
    ],
  },
});

function chartWithPool(chart: Chart) {
  const cluster = emptyCluster(chart);
  addListener(cluster);
  addNodes(cluster);
  return cluster;
}
