/** What an image is known to hold. */
export interface MilvusImageOptions {
  /**
   * The version of Milvus.
   *
   * @default - what the tag says: `v2.6.17` is 2.6.17
   */
  readonly version?: string;
  /**
   * The version of librdkafka that Milvus is linked to.
   *
   * @default '1.9.1', that of every release up to 2.6.17
   */
  readonly librdkafka?: string;
}

/**
 * An image of Milvus.
 *
 * @see milvus-io/milvus, internal/core/conanfile.py (the version of librdkafka)
 */
export class MilvusImage {
  /** Milvus 2.6.17. */
  public static readonly V2_6_17 = MilvusImage.of('milvusdb/milvus:v2.6.17');

  /**
   * Any other image.
   *
   * @param image the image, by version or digest
   * @param options what it holds
   */
  public static of(image: string, options: MilvusImageOptions = {}): MilvusImage {
    const tag = /:v?(\d+\.\d+\.\d+)[^:/]*$/.exec(image)?.[1];
    return new MilvusImage(image, options.version ?? tag, options.librdkafka ?? '1.9.1');
  }

  private constructor(
    /** The image. */
    public readonly image: string,
    /** The version of Milvus; none if nothing says so. */
    public readonly version: string | undefined,
    /** The version of librdkafka. */
    public readonly librdkafka: string,
  ) {}
}

/** Whether a version is the same as another one or newer, number by number. */
export function isAtLeast(version: string, least: string): boolean {
  const [numbers, limits] = [version, least].map((text) => text.split('.').map(Number));
  const different = limits.findIndex((limit, index) => (numbers[index] ?? 0) !== limit);
  return different === -1 || (numbers[different] ?? 0) > limits[different];
}
