import { ApiObject, Lazy } from 'cdk8s';
import { Construct, IConstruct } from 'constructs';
import { Principal } from '../access/principal';
import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../kubernetes/hardening';
import { PLACE_RULES, namespaceOf } from '../kubernetes/place';
import { SecretKey } from '../secrets/secret-key';
import { enforce } from '../validation/rule';
import { KafkaAuthorization } from './authorization';
import { BrokerMount, mergeBrokerMounts } from './broker-mount';
import { EntityOperatorProps, renderEntityOperator } from './entity-operator';
import { KAFKA_CLUSTER_RULES } from './kafka-cluster-rules';
import { replicationDefaults } from './kafka-config';
import { KafkaListener, KafkaListenerProps } from './kafka-listener';
import { KafkaNodePool, KafkaNodePoolProps, KafkaNodeRole } from './kafka-node-pool';
import { KafkaVersion } from './kafka-version';
import { BrokerEnvironment } from './listener-settings';
import { _BrokerAddress } from './listener-type';
import { ClientsCa, ClusterCa, StrimziCaProps, renderCa } from './strimzi-ca';

/** A Kafka cluster that Strimzi runs, as users and topics see it. */
export interface IKafkaCluster extends IConstruct {
  /** The name of the Kafka resource. */
  readonly clusterName: string;
  /** The namespace of the Kafka resource, and of its users and topics. */
  readonly namespace: string;
  /** How the brokers decide what a client may do. */
  readonly authorization: KafkaAuthorization;
  /** What is put before the name of a user to name its Secret. */
  readonly userSecretPrefix: string;
  /** Whether KafkaUser resources become users. */
  readonly hasUserOperator: boolean;
  /** Whether KafkaTopic resources become topics. */
  readonly hasTopicOperator: boolean;
}

/** What is put into the pods of all brokers and controllers. */
export interface KafkaPodProps {
  /**
   * Labels of the pods. `strimzi.io/` is Strimzi's own.
   *
   * @default - none but Strimzi's
   */
  readonly labels?: { [key: string]: string };
  /**
   * Annotations of the pods. `strimzi.io/` is Strimzi's own.
   *
   * @default - none but Strimzi's
   */
  readonly annotations?: { [key: string]: string };
  /**
   * Secrets that the brokers see as files, below `/mnt`.
   *
   * @default - what listeners and authorization need
   */
  readonly mounts?: BrokerMount[];
  /**
   * Secret values that the brokers see as environment variables, by the variable's name.
   *
   * @default - what listeners need
   */
  readonly environment?: { [variable: string]: SecretKey };
}

/** A Kafka cluster. */
export interface KafkaClusterProps {
  /**
   * The name of the Kafka resource.
   *
   * @default - the construct's id
   */
  readonly clusterName?: string;
  /**
   * The namespace.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if addresses should end in it.
   *
   * @default - addresses end in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * The version of Kafka.
   *
   * @default - the operator's own default, which survives upgrades of the operator
   */
  readonly version?: KafkaVersion;
  /**
   * The metadata version, such as `4.3-IV0`.
   *
   * @default - the newest one of the version of Kafka
   */
  readonly metadataVersion?: string;
  /**
   * Settings of the brokers. What Strimzi manages itself is refused.
   *
   * @default - replication that suits the number of brokers, and no topics by accident
   */
  readonly config?: { [setting: string]: any };
  /**
   * How the brokers decide what a client may do.
   *
   * @default KafkaAuthorization.simple()
   */
  readonly authorization?: KafkaAuthorization;
  /**
   * The operators for topics and users.
   *
   * @default - both
   */
  readonly entityOperator?: EntityOperatorProps;
  /**
   * The authority that issues the brokers' certificates.
   *
   * @default - one that Strimzi makes, valid for a year
   */
  readonly clusterCa?: StrimziCaProps;
  /**
   * The authority that issues the certificates of users.
   *
   * @default - one that Strimzi makes, valid for a year
   */
  readonly clientsCa?: StrimziCaProps;
  /**
   * What is put into the pods.
   *
   * @default - what listeners and authorization need
   */
  readonly pods?: KafkaPodProps;
}

/**
 * A Kafka cluster, run by Strimzi: a Kafka resource (`kafka.strimzi.io/v1`) and its node pools.
 *
 * It needs at least one listener, one broker and one controller.
 *
 * @see Strimzi 1.2.0, install/cluster-operator/040-Crd-kafka.yaml
 */
export class KafkaCluster extends Construct implements IKafkaCluster {
  /**
   * A cluster that exists already.
   *
   * @param scope the scope
   * @param id the construct's id
   * @param props what is known of the cluster
   */
  public static fromClusterName(scope: Construct, id: string, props: ExistingKafkaClusterProps): IKafkaCluster {
    return new ExistingKafkaCluster(scope, id, props);
  }

  public readonly clusterName: string;
  public readonly namespace: string;
  public readonly authorization: KafkaAuthorization;
  public readonly userSecretPrefix: string;
  public readonly hasUserOperator: boolean;
  public readonly hasTopicOperator: boolean;
  /** The domain that addresses end in; none for `.svc`. */
  public readonly clusterDomain?: string;
  /** The authority that issues the brokers' certificates: what clients trust. */
  public readonly clusterCa: ClusterCa;
  /** The authority that issues the certificates of users. */
  public readonly clientsCa: ClientsCa;
  /** The Kafka resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /** @internal */
  public readonly _props: KafkaClusterProps;
  private readonly ownListeners: KafkaListener[] = [];
  private readonly ownNodePools: KafkaNodePool[] = [];
  private readonly addedSuperUsers: Principal[] = [];

  /**
   * @param scope the scope
   * @param id the construct's id, and the cluster's name if none is given
   * @param props the cluster
   */
  public constructor(scope: Construct, id: string, props: KafkaClusterProps = {}) {
    super(scope, id);
    this._props = props;
    this.clusterName = props.clusterName ?? id;
    this.namespace = namespaceOf(this, props.namespace);
    this.clusterDomain = props.clusterDomain;
    this.authorization = props.authorization ?? KafkaAuthorization.simple();
    this.userSecretPrefix = props.entityOperator?.userSecretPrefix ?? '';
    this.hasUserOperator = props.entityOperator?.userOperator ?? true;
    this.hasTopicOperator = props.entityOperator?.topicOperator ?? true;
    this.clusterCa = ClusterCa._of(this.clusterName, this.namespace);
    this.clientsCa = ClientsCa._of(this.clusterName);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'Kafka',
      metadata: { name: this.clusterName, namespace: this.namespace },
      spec: Lazy.any({ produce: () => this.render() }) as object,
    });
    this.authorization._issuer()?.allowFromPods(this._brokerLabels(), this.namespace);
    enforce(this, PLACE_RULES, this);
    enforce(this, KAFKA_CLUSTER_RULES, this);
  }

  /**
   * Adds nodes.
   *
   * @param name the name of the pool
   * @param props the nodes
   */
  public addNodePool(name: string, props: KafkaNodePoolProps): KafkaNodePool {
    const pool = new KafkaNodePool(this, name, props);
    this.ownNodePools.push(pool);
    return pool;
  }

  /**
   * Adds a listener.
   *
   * @param name 1 to 11 lower-case letters and digits
   * @param props the listener
   */
  public addListener(name: string, props: KafkaListenerProps): KafkaListener {
    const listener = new KafkaListener(this, name, props);
    this.ownListeners.push(listener);
    return listener;
  }

  /**
   * Lets a client do everything. Prefer grants: `topic.grantConsume(user, group)`.
   *
   * @param principal the client
   */
  public addSuperUser(principal: Principal): void {
    this.addedSuperUsers.push(principal);
  }

  /** The listeners, in the order they were added. */
  public get listeners(): KafkaListener[] {
    return [...this.ownListeners];
  }

  /** The node pools, in the order they were added. */
  public get nodePools(): KafkaNodePool[] {
    return [...this.ownNodePools];
  }

  /** Who may do everything, besides Strimzi's own components. */
  public get superUsers(): Principal[] {
    return [...this.authorization._superUsers(), ...this.addedSuperUsers];
  }

  /** The number of brokers. */
  public get brokerCount(): number {
    return this.ownNodePools
      .filter((pool) => pool.roles.includes(KafkaNodeRole.BROKER))
      .reduce((sum, pool) => sum + pool.replicas, 0);
  }

  /**
   * @internal The brokers of a new cluster: Strimzi counts the nodes up from 0, over the pools in the order of their
   * names. Nodes that are added later take the next free ids.
   */
  public _brokers(): _BrokerAddress[] {
    const pools = [...this.ownNodePools].sort((a, b) => (a.poolName < b.poolName ? -1 : 1));
    const nodes = pools.flatMap((pool) => Array.from({ length: wholeCount(pool.replicas) }, () => pool));
    return nodes
      .map((pool, id) => ({ pool, id }))
      .filter(({ pool }) => pool.roles.includes(KafkaNodeRole.BROKER))
      .map(({ pool: { poolName }, id }) => ({ id, poolName, podName: `${this.clusterName}-${poolName}-${id}` }));
  }

  /** @internal The number of brokers and controllers. */
  public _nodeCount(): number {
    return this.ownNodePools.reduce((sum, pool) => sum + pool.replicas, 0);
  }

  /**
   * @internal The labels of brokers and controllers, and of no other pods.
   *
   * @see Strimzi 1.2.0, operator-common/.../Labels.java, KafkaResources.kafkaComponentName
   */
  public _brokerLabels(): { [key: string]: string } {
    return {
      'strimzi.io/cluster': this.clusterName,
      'strimzi.io/kind': 'Kafka',
      'strimzi.io/name': `${this.clusterName}-kafka`,
    };
  }

  /** @internal The settings of the brokers. */
  public _config(): Record<string, unknown> {
    return {
      'auto.create.topics.enable': false,
      ...replicationDefaults(this.brokerCount, this._props.config),
      ...this.authorization._config(this.clusterName),
      ...this._props.config,
    };
  }

  /** @internal What the user has mounted into the brokers. */
  public _ownMounts(): readonly BrokerMount[] {
    return this._props.pods?.mounts ?? [];
  }

  /** @internal Everything that is mounted into the brokers. */
  public _mounts(): readonly BrokerMount[] {
    return mergeBrokerMounts([
      ...this.ownListeners.flatMap((listener) => listener._authentication().mounts),
      ...this.authorization._mounts(),
      ...this._ownMounts(),
    ]);
  }

  /** @internal Every Secret value in the environment of the brokers. */
  public _environment(): readonly BrokerEnvironment[] {
    const own = Object.entries(this._props.pods?.environment ?? {}).map(([name, value]) => ({ name, value }));
    return [...this.ownListeners.flatMap((listener) => listener._authentication().environment), ...own];
  }

  private render(): object {
    const { version, metadataVersion, clusterCa, clientsCa, entityOperator } = this._props;
    const authorization = this.authorization._render(this.superUsers);
    const operator = renderEntityOperator(entityOperator ?? {});
    return {
      kafka: {
        ...(version ? { version: version.version } : {}),
        ...(metadataVersion ? { metadataVersion } : {}),
        listeners: this.ownListeners.map((listener) => listener._render()),
        ...(authorization ? { authorization } : {}),
        config: this._config(),
        template: this.renderTemplate(),
      },
      ...(clusterCa ? { clusterCa: renderCa(clusterCa) } : {}),
      ...(clientsCa ? { clientsCa: renderCa(clientsCa) } : {}),
      ...(operator ? { entityOperator: operator } : {}),
    };
  }

  private renderTemplate(): object {
    const { labels, annotations } = this._props.pods ?? {};
    const mounts = this._mounts();
    const environment = this._environment().map(({ name, value }) => ({
      name,
      valueFrom: { secretKeyRef: { name: value.secretName, key: value.key } },
    }));
    return {
      pod: {
        ...(labels || annotations ? { metadata: { labels, annotations } } : {}),
        // Strimzi's own default, which a template replaces: the brokers' user may write to its volumes by group 0.
        securityContext: { ...RESTRICTED_POD, fsGroup: 0 },
        ...(mounts.length > 0 ? { volumes: mounts.map((mount) => mount._renderVolume()) } : {}),
      },
      kafkaContainer: {
        securityContext: RESTRICTED_CONTAINER,
        ...(mounts.length > 0 ? { volumeMounts: mounts.map((mount) => mount._renderMount()) } : {}),
        ...(environment.length > 0 ? { env: environment } : {}),
      },
    };
  }
}

/** A number of nodes that things can be made for, whatever was given; a rule reports numbers that are none. */
function wholeCount(replicas: number): number {
  return Number.isInteger(replicas) && replicas > 0 ? replicas : 0;
}

/** What is known of a Kafka cluster that exists already. */
export interface ExistingKafkaClusterProps {
  /** The name of the Kafka resource. */
  readonly clusterName: string;
  /**
   * The namespace of the Kafka resource.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * How its brokers decide what a client may do.
   *
   * @default KafkaAuthorization.simple()
   */
  readonly authorization?: KafkaAuthorization;
  /**
   * What is put before the name of a user to name its Secret.
   *
   * @default - nothing
   */
  readonly userSecretPrefix?: string;
}

class ExistingKafkaCluster extends Construct implements IKafkaCluster {
  public readonly clusterName: string;
  public readonly namespace: string;
  public readonly authorization: KafkaAuthorization;
  public readonly userSecretPrefix: string;
  public readonly hasUserOperator = true;
  public readonly hasTopicOperator = true;

  public constructor(scope: Construct, id: string, props: ExistingKafkaClusterProps) {
    super(scope, id);
    this.clusterName = props.clusterName;
    this.namespace = namespaceOf(this, props.namespace);
    this.authorization = props.authorization ?? KafkaAuthorization.simple();
    this.userSecretPrefix = props.userSecretPrefix ?? '';
    enforce(this, PLACE_RULES, this);
  }
}
