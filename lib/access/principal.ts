/**
 * Who a client is to the broker's authorizer.
 *
 * Written without Kafka's `User:`, which Strimzi puts in front by itself (1.2.0, `KafkaAuthorizationSimple`).
 */
export class Principal {
  /** Clients of a listener that asks for no credentials. */
  public static readonly ANONYMOUS = new Principal('ANONYMOUS');

  /**
   * The holder of a certificate whose subject is nothing but a common name, such as those of Strimzi's User Operator.
   *
   * @param commonName the common name
   */
  public static commonName(commonName: string): Principal {
    return new Principal(`CN=${commonName}`);
  }

  /**
   * The holder of a certificate, by its whole subject in RFC 2253 form.
   *
   * @param distinguishedName the subject, such as `CN=etl,OU=data,O=example`
   */
  public static subject(distinguishedName: string): Principal {
    return new Principal(distinguishedName);
  }

  /**
   * A user of SCRAM or PLAIN, or the user-name claim of an OAuth token.
   *
   * @param name the name, without `User:`
   */
  public static named(name: string): Principal {
    return new Principal(name);
  }

  private constructor(
    /** The principal's name, without `User:`. */
    public readonly name: string,
  ) {}

  /** The principal as Kafka writes it: `User:CN=my-user`. */
  public toString(): string {
    return `User:${this.name}`;
  }
}
