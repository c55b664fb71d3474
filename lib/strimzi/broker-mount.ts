import { TrustedCertificates } from '../pki/trusted-certificates';

/** Which keys of a Secret the brokers see, and where. */
export interface BrokerMountOptions {
  /**
   * The keys to mount.
   *
   * @default - all of them
   */
  readonly keys?: string[];
  /**
   * The folder in the brokers, below `/mnt`.
   *
   * @default - `/mnt/<name of the Secret>`
   */
  readonly path?: string;
}

/**
 * A Secret that is mounted into every broker, read-only.
 *
 * @see Strimzi 1.2.0, api/.../template/AdditionalVolume.java: mount paths begin with `/mnt`
 */
export class BrokerMount {
  /**
   * A Secret in the namespace of the Kafka cluster.
   *
   * @param secretName the name of the Secret
   * @param options what is mounted and where
   */
  public static secret(secretName: string, options: BrokerMountOptions = {}): BrokerMount {
    return new BrokerMount(secretName, options.keys, options.path ?? `/mnt/${secretName}`, undefined);
  }

  /**
   * The certificates of an authority, and nothing else of the Secret that holds them.
   *
   * @param trust the certificates
   */
  public static trust(trust: TrustedCertificates): BrokerMount {
    return new BrokerMount(
      trust.secretName,
      trust.key === undefined ? undefined : [trust.key],
      `/mnt/${trust.secretName}`,
      trust.namespace,
    );
  }

  private constructor(
    /** The name of the Secret. */
    public readonly secretName: string,
    /** The keys that are mounted; none if all are. */
    public readonly keys: string[] | undefined,
    /** The folder in the brokers. */
    public readonly path: string,
    /** The namespace that the Secret is known to be in; none if it is that of the Kafka cluster. */
    public readonly secretNamespace: string | undefined,
  ) {}

  /**
   * Where a key is to be read by the brokers.
   *
   * @param key the key
   */
  public pathOf(key: string): string {
    return `${this.path}/${key}`;
  }

  /** The name of the volume: volumes have no dots in their names. */
  public get volumeName(): string {
    return this.secretName.replace(/\./g, '-');
  }

  /** @internal */
  public _renderVolume(): object {
    return {
      name: this.volumeName,
      secret: {
        secretName: this.secretName,
        ...(this.keys ? { items: this.keys.map((key) => ({ key, path: key })) } : {}),
      },
    };
  }

  /** @internal */
  public _renderMount(): object {
    return { name: this.volumeName, mountPath: this.path, readOnly: true };
  }
}

/** The file in which brokers read the certificates of an authority. */
export function brokerTrustPath(trust: TrustedCertificates): string {
  return BrokerMount.trust(trust).pathOf(trust.key ?? '*.crt');
}

/** The mounts without repetitions: those of one Secret at one path become a single one with all their keys. */
export function mergeBrokerMounts(mounts: readonly BrokerMount[]): BrokerMount[] {
  const merged = new Map<string, BrokerMount>();
  for (const mount of mounts) {
    const place = `${mount.secretName} ${mount.path}`;
    const other = merged.get(place);
    const keys =
      other && (!other.keys || !mount.keys) ? undefined : [...new Set([...(other?.keys ?? []), ...(mount.keys ?? [])])];
    merged.set(place, other ? BrokerMount.secret(mount.secretName, { keys, path: mount.path }) : mount);
  }
  return [...merged.values()];
}
