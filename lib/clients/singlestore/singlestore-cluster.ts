import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { KafkaConnection } from '../../connection/kafka-connection';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { PLACE_RULES, namespaceOf, serviceHost } from '../../kubernetes/place';
import { enforce } from '../../validation/rule';
import { CopiedSecrets } from './copied-secrets';
import { EngineFile } from './engine-files';
import { SINGLESTORE_CLUSTER_RULES } from './singlestore-cluster-rules';
import { SingleStoreEngine, SingleStoreEngineProps } from './singlestore-engine';

/** A cluster of the SingleStore operator. */
export interface SingleStoreClusterProps extends SingleStoreEngineProps {
  /**
   * The name of the MemsqlCluster.
   *
   * @default - the construct's id
   */
  readonly clusterName?: string;
  /**
   * The namespace of the cluster.
   *
   * @default - that of the chart
   */
  readonly namespace?: string;
  /**
   * The domain of the Kubernetes cluster, if the host should contain it.
   *
   * @default - the host ends in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * The labels of the pods of the cluster's nodes.
   *
   * @default - `app.kubernetes.io/name: memsql-cluster` and `app.kubernetes.io/instance: <cluster>`
   */
  readonly podLabels?: { [key: string]: string };
  /**
   * Whether the External Secrets Operator copies certificates, keys and keytabs to where the nodes mount them. Without
   * it, somebody else keeps the Secret `<cluster>-additional-secrets`, with the keys that `files` lists.
   *
   * @default true
   */
  readonly copySecrets?: boolean;
  /**
   * How soon the nodes have a certificate that was renewed.
   *
   * @default Duration.minutes(5)
   */
  readonly refreshInterval?: Duration;
}

/** Where the operator mounts the additional Secret of a cluster. */
const FOLDER = '/etc/memsql/extra-secret';

/**
 * A cluster of the SingleStore operator, which exists already: the operator and the engine are licensed software.
 *
 * The operator mounts one Secret into every node, `<cluster>-additional-secrets`. The files of the connections to Kafka
 * are keys of it: the External Secrets Operator copies them from the Secrets of Strimzi and cert-manager, with a service
 * account that may read just those, and does so again when they are renewed. For a connection without such files,
 * nothing is made.
 *
 * @see SingleStore operator, "Add Configuration Files and Secrets"
 */
export class SingleStoreCluster extends SingleStoreEngine {
  /** The name of the MemsqlCluster. */
  public readonly clusterName: string;
  /** The namespace of the cluster. */
  public readonly namespace: string;

  /** @internal */
  public readonly _files = new Map<string, EngineFile>();
  private readonly podLabels: { [key: string]: string };
  private readonly copies: () => void;

  /**
   * @param scope the scope
   * @param id the construct's id, and the cluster's name if none is given
   * @param props the cluster
   */
  public constructor(scope: Construct, id: string, props: SingleStoreClusterProps) {
    const clusterName = props.clusterName ?? id;
    const namespace = namespaceOf(scope, props.namespace);
    super(scope, id, serviceHost(`svc-${clusterName}-ddl`, namespace, props.clusterDomain), props);
    this.clusterName = clusterName;
    this.namespace = namespace;
    this.podLabels = props.podLabels ?? {
      'app.kubernetes.io/name': 'memsql-cluster',
      'app.kubernetes.io/instance': clusterName,
    };
    const refreshInterval = props.refreshInterval ?? Duration.minutes(5);
    this.copies = () => {
      if (props.copySecrets === false || this.node.tryFindChild('Copies')) return;
      new CopiedSecrets(this, 'Copies', {
        secretName: this.additionalSecret,
        namespace,
        refreshInterval,
        files: () => [...this._files.values()],
      });
    };
    enforce(this, PLACE_RULES, this);
    enforce(this, SINGLESTORE_CLUSTER_RULES, this);
  }

  /** The Secret that the operator mounts into every node. */
  public get additionalSecret(): string {
    return `${this.clusterName}-additional-secrets`;
  }

  /** The files that the nodes need: keys of the additional Secret, each with what it is to hold. */
  public get files(): { [key: string]: string } {
    return Object.fromEntries([...this._files.values()].map(({ name, parts }) => [name, parts.join(', ')]));
  }

  /** @internal */
  public get _label(): string {
    return `SingleStore cluster '${this.clusterName}'`;
  }

  /** @internal */
  public get _nodeNamespace(): string | undefined {
    return this.namespace;
  }

  /** @internal */
  public _pathOf(file: EngineFile): string | undefined {
    return this._trustPath(file);
  }

  /** @internal */
  public _trustPath(file: EngineFile): string {
    this._files.set(file.name, file);
    this.copies();
    return `${FOLDER}/${file.name}`;
  }

  /** @internal */
  public _connect(connection: KafkaConnection, registry?: ISchemaRegistry): void {
    connection.allowFromPods(this.podLabels);
    registry?.allowFromPods(this.podLabels, this.namespace);
  }
}
