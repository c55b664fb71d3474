/** Where a key of a Secret is. */
export interface SecretKeyOptions {
  /**
   * The namespace of the Secret.
   *
   * @default - the namespace of whoever uses the key
   */
  readonly namespace?: string;
  /**
   * Whether the value is known to be of letters, digits, dots, dashes and underscores alone. Java clients then take it
   * as it is; any other value is quoted for them by an init container.
   *
   * @default false
   */
  readonly alphanumeric?: boolean;
}

/**
 * One key of one Secret.
 *
 * It names a secret value and never holds it: everything in the library that needs a password or a private key takes
 * one of these.
 */
export class SecretKey {
  /**
   * A key of a Secret that exists already, or that something outside this app makes.
   *
   * @param secretName the name of the Secret
   * @param key the key in its data
   * @param options where the Secret is
   */
  public static existing(secretName: string, key: string, options: SecretKeyOptions = {}): SecretKey {
    return new SecretKey(secretName, key, options.namespace, true, options.alphanumeric ?? false);
  }

  /** @internal A key that a construct of this library, or an operator for it, makes. */
  public static _made(namespace: string, secretName: string, key: string, alphanumeric = true): SecretKey {
    return new SecretKey(secretName, key, namespace, false, alphanumeric);
  }

  private constructor(
    /** The name of the Secret. */
    public readonly secretName: string,
    /** The key in its data. */
    public readonly key: string,
    /** The namespace of the Secret; none if it is that of the user. */
    public readonly namespace: string | undefined,
    /** Whether the Secret comes from outside this app. */
    public readonly external: boolean,
    /** Whether the value is known to be of letters, digits, dots, dashes and underscores alone. */
    public readonly alphanumeric: boolean,
  ) {}

  /** The key as people write it: `flink/my-user:password`. */
  public toString(): string {
    return `${this.namespace ? `${this.namespace}/` : ''}${this.secretName}:${this.key}`;
  }
}
