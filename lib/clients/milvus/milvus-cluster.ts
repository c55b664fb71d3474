import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { renderPodFiles } from '../../connection/pod-files';
import { MilvusKafka, MilvusKafkaProps } from './milvus-kafka';
import { MILVUS_USER } from './milvus-settings';
import { secretEnvironment } from './milvus-environment';

/** A Milvus that the operator runs. */
export interface MilvusClusterProps extends MilvusKafkaProps {
  /**
   * Whether all of it is one process.
   *
   * @default false: each kind of node has pods of its own
   */
  readonly standalone?: boolean;
  /**
   * The fields of `spec.dependencies` that are not about Kafka: `etcd` and `storage`.
   *
   * @default - the operator installs both
   */
  readonly dependencies?: { [field: string]: any };
}

/** The parts of a cluster that have pods, by their names in the resource. */
const PARTS = ['proxy', 'mixCoord', 'dataNode', 'queryNode', 'streamingNode'];

/**
 * A Milvus that the Milvus operator runs: a Milvus resource (`milvus.io/v1beta1`).
 *
 * Its message stream is of the type `custom`, which leaves all that it says about Kafka to `spec.config`. With the type
 * `kafka` the operator would copy the password out of its Secret into a ConfigMap, and would itself try to reach Kafka, for
 * which it knows neither private authorities nor certificates nor tokens.
 *
 * @see Milvus operator 1.3.8, apis/milvus.io/v1beta1, pkg/controllers/configmaps.go, pkg/external/kafka.go
 */
export class MilvusCluster extends Construct {
  /** The name of the Milvus resource. */
  public readonly milvusName: string;
  /** The namespace: that of the connection to Kafka. */
  public readonly namespace: string;
  /** The Milvus resource, for what has no property here. */
  public readonly apiObject: ApiObject;

  /**
   * @param scope the scope
   * @param id the construct's id, and the name of the Milvus if none is given
   * @param props the Milvus
   */
  public constructor(scope: Construct, id: string, props: MilvusClusterProps) {
    super(scope, id);
    const kafka = new MilvusKafka(this, props);
    this.milvusName = kafka.name;
    this.namespace = props.connection.namespace;
    const parts = props.standalone ? ['standalone'] : PARTS;
    const { volumes, volumeMounts, initContainers } = renderPodFiles(kafka.files, kafka.image.image, MILVUS_USER);
    this.apiObject = new ApiObject(this, 'Resource', {
      apiVersion: 'milvus.io/v1beta1',
      kind: 'Milvus',
      metadata: { name: kafka.name, namespace: this.namespace, labels: { app: 'milvus' } },
      spec: {
        mode: props.standalone ? 'standalone' : 'cluster',
        config: kafka.settings,
        dependencies: { ...props.dependencies, msgStreamType: 'custom' },
        components: {
          image: kafka.image.image,
          ...(Object.keys(kafka.secrets).length > 0 ? { env: secretEnvironment(kafka.secrets) } : {}),
          ...(volumes.length > 0 ? { volumes, volumeMounts } : {}),
          ...(initContainers.length > 0 ? Object.fromEntries(parts.map((part) => [part, { initContainers }])) : {}),
        },
      },
    });
    // The labels that the operator gives to all pods of a Milvus.
    kafka.connect({ 'app.kubernetes.io/name': 'milvus', 'app.kubernetes.io/instance': kafka.name });
    kafka.enforceFiles();
  }
}
