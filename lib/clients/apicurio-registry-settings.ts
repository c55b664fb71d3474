import { JavaClientSettings } from '../connection/java-settings';
import { KafkaConnection } from '../connection/kafka-connection';

/** The port of health and metrics, apart from that of the API. */
export const MANAGEMENT_PORT = 9000;

/** The topics and groups of the `kafkasql` storage. Their names are the program's own. */
export const STORAGE_TOPICS = ['kafkasql-journal', 'kafkasql-snapshots'];
export const EVENT_TOPIC = 'registry-events';
export const GROUP_PREFIX = 'apicurio-';

/**
 * The variables that make the API speak HTTPS and nothing else.
 *
 * Certificate and key are read again when the files change.
 *
 * @see Quarkus 3.33, "HTTP reference" (`quarkus.http.ssl.*`, `quarkus.http.insecure-requests`)
 */
export function httpsSettings(port: number, certificatePath: string, keyPath: string): { [variable: string]: string } {
  return {
    QUARKUS_HTTP_INSECURE_REQUESTS: 'disabled',
    QUARKUS_HTTP_SSL_PORT: String(port),
    QUARKUS_HTTP_SSL_CERTIFICATE_FILES: certificatePath,
    QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES: keyPath,
    QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD: '30s',
  };
}

/**
 * The variables that have the registry keep its schemas in Kafka.
 *
 * @see Apicurio Registry 3.3.3, app/.../storage/impl/kafkasql/KafkaSqlConfiguration.java (`apicurio.kafka.common.*`)
 */
export function kafkaStorageSettings(connection: KafkaConnection): { [variable: string]: string } {
  const { 'bootstrap.servers': bootstrapServers, ...settings } = JavaClientSettings.render(connection);
  return {
    APICURIO_STORAGE_KIND: 'kafkasql',
    APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: bootstrapServers,
    ...Object.fromEntries(
      Object.entries(settings).map(([setting, value]) => [
        `APICURIO_KAFKA_COMMON_${setting.toUpperCase().replace(/\./g, '_')}`,
        withoutExpressions(value),
      ]),
    ),
  };
}

/** Quarkus expands `${...}` in its configuration; the references to secret values are for Kafka's client to read. */
function withoutExpressions(value: string): string {
  return value.replace(/\$/g, '\\$');
}
