/** The program of a data generator: its releases differ in what they can be told. */
export class DataGeneratorImage {
  /**
   * Version 0.1.0, the newest release.
   *
   * It knows plaintext and TLS with a PKCS #12 key store, nothing else.
   */
  public static readonly V0_1_0 = new DataGeneratorImage(
    'quay.io/streamshub/flink-examples-data-generator:0.1.0',
    false,
  );

  /**
   * A build after 0.1.0, which takes every setting of Kafka's client.
   *
   * @param image the image, by version or digest
   */
  public static of(image: string): DataGeneratorImage {
    return new DataGeneratorImage(image, true);
  }

  private constructor(
    /** The image. */
    public readonly image: string,
    /** Whether the program takes every setting of Kafka's client from its environment. */
    public readonly takesAllSettings: boolean,
  ) {}
}
