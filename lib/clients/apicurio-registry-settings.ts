import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { JavaClientSettings } from '../connection/java-settings';
import { KafkaConnection } from '../connection/kafka-connection';
import { ResourceProps } from '../kubernetes/resources';
import { withoutExpressions } from './plain/java-dialects';

/** The port of health and metrics, apart from that of the API. */
export const MANAGEMENT_PORT = 9000;

/** The user that the image is made for. */
export const REGISTRY_USER = 1001;

/** What the registry asks for and gets at most, unless something else is said. */
export const REGISTRY_RESOURCES: ResourceProps = {
  cpuRequest: Cpu.millis(250),
  cpuLimit: Cpu.units(1),
  memory: Size.mebibytes(1280),
};

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
 * @see Apicurio Registry 3.3.3, app/.../storage/impl/kafkasql/KafkaSqlConfiguration.java
 */
export function kafkaStorageSettings({ bootstrapServers }: KafkaConnection): { [variable: string]: string } {
  return { APICURIO_STORAGE_KIND: 'kafkasql', APICURIO_KAFKASQL_BOOTSTRAP_SERVERS: bootstrapServers };
}

/**
 * The variables by which the registry's Kafka clients log in.
 *
 * @see Apicurio Registry 3.3.3, app/.../storage/impl/kafkasql/KafkaSqlConfiguration.java (`apicurio.kafka.common.*`)
 */
export function kafkaClientSettings(connection: KafkaConnection): { [variable: string]: string } {
  const settings = Object.entries(JavaClientSettings.render(connection)).filter(
    ([name]) => name !== 'bootstrap.servers',
  );
  const properties = Object.entries(JavaClientSettings.systemProperties(connection));
  return {
    ...Object.fromEntries(
      settings.map(([setting, value]) => [
        `APICURIO_KAFKA_COMMON_${setting.toUpperCase().replace(/\./g, '_')}`,
        withoutExpressions(value),
      ]),
    ),
    ...(properties.length > 0
      ? { JAVA_OPTS_APPEND: properties.map(([name, value]) => `-D${name}=${value}`).join(' ') }
      : {}),
  };
}
