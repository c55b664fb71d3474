import { ApiObject, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { ResourceProps, renderResources } from '../kubernetes/resources';
import { childId } from '../validation/child-id';
import { enforce } from '../validation/rule';
import type { KafkaCluster } from './kafka-cluster';
import { KAFKA_NODE_POOL_RULES } from './kafka-node-pool-rules';
import { KafkaStorage } from './storage';

/** What the nodes of a pool do. */
export enum KafkaNodeRole {
  CONTROLLER = 'controller',
  BROKER = 'broker',
}

/** Nodes of a Kafka cluster that are alike. */
export interface KafkaNodePoolProps {
  /** What the nodes do: at least one role. */
  readonly roles: KafkaNodeRole[];
  /** The number of nodes. */
  readonly replicas: number;
  /** Where the nodes keep their data. */
  readonly storage: KafkaStorage;
  /**
   * What each node gets.
   *
   * @default - 500 millicores to 2 cores, 2 gibibytes
   */
  readonly resources?: ResourceProps;
}

const DEFAULT_RESOURCES: ResourceProps = {
  cpuRequest: Cpu.millis(500),
  cpuLimit: Cpu.units(2),
  memory: Size.gibibytes(2),
};

/** A pool of nodes of a Kafka cluster: `cluster.addNodePool(name, props)` makes one. */
export class KafkaNodePool extends Construct {
  /** The pool's name. */
  public readonly poolName: string;
  /** The cluster that the nodes belong to. */
  public readonly cluster: KafkaCluster;
  /** What the nodes do. */
  public readonly roles: KafkaNodeRole[];
  /** The number of nodes. */
  public readonly replicas: number;
  /** Where the nodes keep their data. */
  public readonly storage: KafkaStorage;
  /** The KafkaNodePool resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /**
   * @param cluster the cluster
   * @param name the pool's name
   * @param props the nodes
   */
  public constructor(cluster: KafkaCluster, name: string, props: KafkaNodePoolProps) {
    super(cluster, childId(cluster, `pool-${name}`));
    this.poolName = name;
    this.cluster = cluster;
    this.roles = [...props.roles];
    this.replicas = props.replicas;
    this.storage = props.storage;
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaNodePool',
      metadata: { name, namespace: cluster.namespace, labels: { 'strimzi.io/cluster': cluster.clusterName } },
      spec: {
        replicas: props.replicas,
        roles: [...props.roles],
        storage: props.storage._render(),
        resources: renderResources(props.resources ?? DEFAULT_RESOURCES),
      },
    });
    enforce(this, KAFKA_NODE_POOL_RULES, this);
  }
}
