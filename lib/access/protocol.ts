/** How a client speaks to a listener, in the words of Kafka's `security.protocol`. */
export enum SecurityProtocol {
  PLAINTEXT = 'PLAINTEXT',
  SSL = 'SSL',
  SASL_PLAINTEXT = 'SASL_PLAINTEXT',
  SASL_SSL = 'SASL_SSL',
}

/** A SASL mechanism, in the words of Kafka's `sasl.mechanism`. */
export enum SaslMechanism {
  PLAIN = 'PLAIN',
  SCRAM_SHA_256 = 'SCRAM-SHA-256',
  SCRAM_SHA_512 = 'SCRAM-SHA-512',
  OAUTHBEARER = 'OAUTHBEARER',
  GSSAPI = 'GSSAPI',
}

/** The protocol of a listener with or without TLS, with or without SASL. */
export function securityProtocol(tls: boolean, sasl: boolean): SecurityProtocol {
  if (sasl) return tls ? SecurityProtocol.SASL_SSL : SecurityProtocol.SASL_PLAINTEXT;
  return tls ? SecurityProtocol.SSL : SecurityProtocol.PLAINTEXT;
}
