import { LoginSupport } from '../../connection/login-mode';

/** The registry hands everything below `kafkastore.` to Kafka's own clients, which know every way. */
export const CONFLUENT_SCHEMA_REGISTRY_SUPPORT: LoginSupport = {
  system: 'Confluent Schema Registry',
  refused: {},
  source: 'Confluent Schema Registry 8.3, SchemaRegistryConfig.java (kafkastore.*)',
};

/** The proxy hands everything below `client.` to Kafka's own clients, which know every way. */
export const CONFLUENT_REST_PROXY_SUPPORT: LoginSupport = {
  system: 'Confluent REST Proxy',
  refused: {},
  source: 'Confluent REST Proxy 8.3, KafkaRestConfig.java (client.*)',
};
