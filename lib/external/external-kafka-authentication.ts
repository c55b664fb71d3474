import { SaslMechanism } from '../access/protocol';

/** @internal What each kind of authentication consists of. */
export type ExternalAuthenticationDetails =
  | { readonly kind: 'none' }
  | { readonly kind: 'certificate' }
  | { readonly kind: 'sasl'; readonly mechanisms: readonly SaslMechanism[] };

/** How a Kafka that is not ours knows its clients. */
export class ExternalKafkaAuthentication {
  /** Not at all: clients are `ANONYMOUS`. */
  public static none(): ExternalKafkaAuthentication {
    return new ExternalKafkaAuthentication({ kind: 'none' });
  }

  /** By the client's certificate (mutual TLS). */
  public static tls(): ExternalKafkaAuthentication {
    return new ExternalKafkaAuthentication({ kind: 'certificate' });
  }

  /**
   * By SASL.
   *
   * @param mechanisms the mechanisms that the brokers take, at least one
   */
  public static sasl(mechanisms: SaslMechanism[]): ExternalKafkaAuthentication {
    return new ExternalKafkaAuthentication({ kind: 'sasl', mechanisms });
  }

  private constructor(
    /** @internal */
    public readonly _details: ExternalAuthenticationDetails,
  ) {}
}
