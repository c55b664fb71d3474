import { Size } from 'cdk8s';
import { ICertificate } from '../../pki/certificate';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';

/** A volume in which a Milvus keeps everything. */
export interface MilvusVolumeProps {
  /**
   * The size of the volume.
   *
   * @default Size.gibibytes(50)
   */
  readonly size?: Size;
  /**
   * The storage class.
   *
   * @default - that of the Kubernetes cluster
   */
  readonly storageClass?: string;
}

/** An etcd that runs already. Give `trust` and `certificate`, or `unencrypted`. */
export interface MilvusEtcdProps {
  /** Its addresses, each as `host:port`. */
  readonly endpoints: string[];
  /**
   * The authority that vouches for it.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly trust?: TrustedCertificates;
  /**
   * What Milvus shows to it: Milvus speaks TLS to etcd with a client certificate or not at all.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly certificate?: ICertificate;
  /**
   * Lets Milvus speak to it in clear.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
}

/** An object store with the interface of S3 that runs already. */
export interface MilvusObjectStoreProps {
  /** The host. */
  readonly host: string;
  /**
   * The port.
   *
   * @default 443
   */
  readonly port?: number;
  /** The bucket. */
  readonly bucket: string;
  /** The access key. */
  readonly accessKey: SecretKey;
  /** The secret access key. */
  readonly secretAccessKey: SecretKey;
  /**
   * The authority that vouches for the store.
   *
   * @default - the public authorities that the image knows
   */
  readonly trust?: TrustedCertificates;
  /**
   * Lets Milvus speak to it in clear.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
}

/** An etcd and an object store that run already. */
export interface MilvusExternalStorageProps {
  /** Where Milvus keeps what it knows of collections. */
  readonly etcd: MilvusEtcdProps;
  /** Where Milvus keeps vectors and indexes. */
  readonly objects: MilvusObjectStoreProps;
}

/** @internal What each kind of storage consists of. */
export type MilvusStorageDetails =
  | { readonly kind: 'volume'; readonly volume: MilvusVolumeProps }
  | { readonly kind: 'external'; readonly external: MilvusExternalStorageProps };

/** Where a standalone Milvus keeps its data, apart from what is still on its way through Kafka. */
export class MilvusStorage {
  /**
   * In a volume of its own: an etcd runs within the process, and objects are files.
   *
   * @param props the volume
   */
  public static volume(props: MilvusVolumeProps = {}): MilvusStorage {
    return new MilvusStorage({ kind: 'volume', volume: props });
  }

  /**
   * In an etcd and an object store that run already.
   *
   * @param props where they are
   */
  public static external(props: MilvusExternalStorageProps): MilvusStorage {
    return new MilvusStorage({ kind: 'external', external: props });
  }

  private constructor(
    /** @internal */
    public readonly _details: MilvusStorageDetails,
  ) {}
}
