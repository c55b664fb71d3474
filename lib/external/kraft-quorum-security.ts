import { SaslMechanism, SecurityProtocol } from '../access/protocol';
import { SecretKey } from '../secrets/secret-key';

/** @internal What each way to know a controller consists of. */
export type KraftSecurityDetails =
  | { readonly kind: 'certificate' }
  | {
      readonly kind: 'password';
      readonly mechanism: SaslMechanism;
      readonly username: string;
      readonly password: SecretKey;
    };

/** How the controllers of a Kafka know the brokers and each other. The connections are encrypted in every case. */
export class KraftQuorumSecurity {
  /** By the certificates that brokers and controllers show (mutual TLS). */
  public static mutualTls(): KraftQuorumSecurity {
    return new KraftQuorumSecurity({ kind: 'certificate' });
  }

  /**
   * By one name and password, sent as they are over TLS (SASL PLAIN). The password stands in the settings of every
   * controller by reference, since there is nowhere else to look it up.
   *
   * @param username the name that brokers and controllers log in with
   * @param password the Secret key that holds the password
   */
  public static saslPlain(username: string, password: SecretKey): KraftQuorumSecurity {
    return new KraftQuorumSecurity({ kind: 'password', mechanism: SaslMechanism.PLAIN, username, password });
  }

  /**
   * By one name and password that stays at home (SASL SCRAM-SHA-512). The credential has to be there before the quorum
   * is: `KraftQuorum.formatArguments` put it into the storage of each node.
   *
   * @param username the name that brokers and controllers log in with
   * @param password the Secret key that holds the password
   */
  public static scramSha512(username: string, password: SecretKey): KraftQuorumSecurity {
    return new KraftQuorumSecurity({ kind: 'password', mechanism: SaslMechanism.SCRAM_SHA_512, username, password });
  }

  /**
   * As `scramSha512`, with SCRAM-SHA-256.
   *
   * @param username the name that brokers and controllers log in with
   * @param password the Secret key that holds the password
   */
  public static scramSha256(username: string, password: SecretKey): KraftQuorumSecurity {
    return new KraftQuorumSecurity({ kind: 'password', mechanism: SaslMechanism.SCRAM_SHA_256, username, password });
  }

  private constructor(
    /** @internal */
    public readonly _details: KraftSecurityDetails,
  ) {}

  /** How brokers and controllers speak to a controller. */
  public get securityProtocol(): SecurityProtocol {
    return this._details.kind === 'certificate' ? SecurityProtocol.SSL : SecurityProtocol.SASL_SSL;
  }
}
