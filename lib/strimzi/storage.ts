import { Size } from 'cdk8s';

/** A volume that outlives its pod. */
export interface PersistentVolumeProps {
  /** How large it is. */
  readonly size: Size;
  /**
   * The storage class.
   *
   * @default - the cluster's default class
   */
  readonly storageClass?: string;
  /**
   * Whether the data goes when the Kafka cluster is deleted.
   *
   * @default false
   */
  readonly deleteWithCluster?: boolean;
}

/** Where the nodes of a pool keep their data. */
export class KafkaStorage {
  /**
   * One volume on each node that outlives its pod.
   *
   * @param props the volume
   */
  public static persistent(props: PersistentVolumeProps): KafkaStorage {
    return KafkaStorage.jbod([props]);
  }

  /**
   * Several volumes on each node that outlive its pod. The first one holds the KRaft metadata.
   *
   * @param volumes the volumes, in the order of their ids from 0
   */
  public static jbod(volumes: PersistentVolumeProps[]): KafkaStorage {
    return new KafkaStorage(true, [...volumes], undefined);
  }

  /**
   * A folder of the pod, gone with it.
   *
   * @param sizeLimit how large it may grow; none for as large as the node's disk
   */
  public static ephemeral(sizeLimit?: Size): KafkaStorage {
    return new KafkaStorage(false, [], sizeLimit);
  }

  private constructor(
    /** Whether the data outlives the pods. */
    public readonly isPersistent: boolean,
    /** The volumes on each node; none if the storage is ephemeral. */
    public readonly volumes: PersistentVolumeProps[],
    private readonly sizeLimit: Size | undefined,
  ) {}

  /** @internal */
  public _render(): object {
    if (!this.isPersistent) {
      return { type: 'ephemeral', ...(this.sizeLimit ? { sizeLimit: this.sizeLimit.asString() } : {}) };
    }
    return {
      type: 'jbod',
      volumes: this.volumes.map((volume, id) => ({
        id,
        type: 'persistent-claim',
        size: volume.size.asString(),
        ...(volume.storageClass ? { class: volume.storageClass } : {}),
        deleteClaim: volume.deleteWithCluster ?? false,
        ...(id === 0 ? { kraftMetadata: 'shared' } : {}),
      })),
    };
  }
}
