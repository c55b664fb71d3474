import { LoginSupport } from '../../connection/login-mode';

/** Every way to log in, OAuth and Kerberos by `custom` authentication. */
export const STRIMZI_KAFKA_CONNECT_SUPPORT: LoginSupport = {
  system: 'Kafka Connect (Strimzi)',
  refused: {},
  source: 'Strimzi 1.2.0, 041-Crd-kafkaconnect.yaml (authentication.type)',
};

/** Every way to log in: the image has Kafka's own Java clients. */
export const CONFLUENT_KAFKA_CONNECT_SUPPORT: LoginSupport = {
  system: "Kafka Connect (Confluent's image)",
  refused: {},
  source: 'confluentinc/kafka-images 8.3, kafka-connect-base; Apache Kafka 4.3.1, CommonClientConfigs.java',
};
