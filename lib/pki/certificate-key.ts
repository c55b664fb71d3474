/** The kind of key pair that a certificate is made for. */
export class CertificateKey {
  /**
   * RSA with 2048 bits: for clients and servers that know nothing else.
   */
  public static rsa2048(): CertificateKey {
    return new CertificateKey('RSA', 2048);
  }

  /**
   * RSA with 4096 bits: slow to make and to use.
   */
  public static rsa4096(): CertificateKey {
    return new CertificateKey('RSA', 4096);
  }

  /**
   * ECDSA on the curve P-256: small, fast, and read in PKCS#8 by Java, librdkafka and Node alike.
   */
  public static ecdsaP256(): CertificateKey {
    return new CertificateKey('ECDSA', 256);
  }

  private constructor(
    /** The algorithm, as cert-manager spells it. */
    public readonly algorithm: string,
    /** The size in bits. */
    public readonly size: number,
  ) {}
}
