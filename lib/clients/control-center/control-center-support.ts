import { LoginSupport } from '../../connection/login-mode';

/** Control Center hands the settings to Kafka Streams and to Kafka's clients. Its clients are those of Kafka 3.9. */
export const CONTROL_CENTER_SUPPORT: LoginSupport = {
  system: 'Control Center',
  refused: {
    'SASL OAUTHBEARER':
      'the clients of version 7.9 know neither strimzi-kafka-oauth nor the settings by which newer ones read a client secret',
  },
  source: 'Apache Kafka 3.9.1, clients/.../config/SaslConfigs.java (no sasl.oauthbearer.client.credentials.*)',
};
