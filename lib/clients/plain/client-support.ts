import { LoginSupport } from '../../connection/login-mode';

/** Programs with Kafka's own Java client, which knows every way. */
export const JAVA_CLIENT_SUPPORT: LoginSupport = {
  system: 'Java clients',
  refused: {},
  source: 'Apache Kafka 4.3.1, clients/.../config/SaslConfigs.java',
};

/** Spring hands everything below `spring.kafka.properties` to Kafka's Java client. */
export const SPRING_BOOT_SUPPORT: LoginSupport = {
  system: 'Spring Boot',
  refused: {},
  source: 'Spring Boot 3.5, KafkaProperties.java (spring.kafka.properties)',
};

/** Quarkus hands everything below `kafka.` to Kafka's Java client. */
export const QUARKUS_SUPPORT: LoginSupport = {
  system: 'Quarkus',
  refused: {},
  source: 'Quarkus 3, KafkaRuntimeConfigProducer.java (kafka.*)',
};

/** The ways of librdkafka; Kerberos depends on how it is built. */
export const LIBRDKAFKA_SUPPORT: LoginSupport = {
  system: 'librdkafka',
  refused: {},
  source: 'librdkafka 2.16.0, CONFIGURATION.md (sasl.mechanism)',
};

/** The ways of the librdkafka under kcat. */
export const KCAT_SUPPORT: LoginSupport = {
  system: 'kcat',
  refused: {},
  source: 'kcat 1.7.1, kcat.c (read_conf_file); librdkafka 2.16.0, CONFIGURATION.md',
};

/** The ways of the Java client in Kafka UI's image. */
export const KAFKA_UI_SUPPORT: LoginSupport = {
  system: 'Kafka UI',
  refused: {
    'SASL OAUTHBEARER':
      'its image has the client of Kafka 3.9, which takes a client secret in another way than later ones, and no strimzi-kafka-oauth',
  },
  source: 'kafbat/kafka-ui 1.5.0, gradle/libs.versions.toml (confluent-ccs 7.9.5)',
};

/** What the access operator writes for a listener of another kind is `security.protocol=PLAINTEXT`. */
const FALLS_THROUGH = 'the Secret would say security.protocol=PLAINTEXT and nothing of a login';

/** The ways that Strimzi's access operator can write into a Secret. */
export const KAFKA_ACCESS_SUPPORT: LoginSupport = {
  system: 'KafkaAccess',
  refused: {
    'SASL PLAIN': FALLS_THROUGH,
    'SASL SCRAM-SHA-256': FALLS_THROUGH,
    'SASL OAUTHBEARER': FALLS_THROUGH,
    'SASL GSSAPI': FALLS_THROUGH,
  },
  source: 'Strimzi access operator 0.3.0, KafkaListener.java (getSecurityProtocol)',
};
