import { secretPath } from '../../connection/client-files';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { secretReference } from '../../connection/secret-references';
import { prefixed, withoutProviders } from '../confluent/properties-file';
import { ConnectStorage } from './connect-storage';
import { RestKeyStore } from './rest-key-store';

/** The port of the REST interface, encrypted or not. */
export const REST_PORT = 8083;

/** The workers themselves, and the clients that they make for connectors: each has settings of its own. */
const CLIENTS = ['', 'producer.', 'consumer.', 'admin.'];

/** How the workers and all their clients reach Kafka. */
export function loginSettings(connection: KafkaConnection): { [setting: string]: string } {
  const settings = withoutProviders(JavaClientSettings.render(connection, JavaClientClasses.KAFKA_ALONE));
  return Object.assign({}, ...CLIENTS.map((client) => prefixed(client, settings))) as { [setting: string]: string };
}

/** What the workers share, and where they keep it. */
export function groupSettings(groupId: string, storage: ConnectStorage): { [setting: string]: string } {
  return {
    'group.id': groupId,
    'config.storage.topic': storage.configTopic,
    'offset.storage.topic': storage.offsetTopic,
    'status.storage.topic': storage.statusTopic,
  };
}

/**
 * The REST interface.
 *
 * @see Apache Kafka 4.3.1, connect/.../rest/util/SSLUtils.java: the stores are opened by Jetty, which knows no PEM
 */
export function restSettings(restKeyStore: RestKeyStore | undefined): { [setting: string]: string } {
  const scheme = restKeyStore ? 'https' : 'http';
  const { keystore, password } = restKeyStore ?? {};
  return {
    listeners: `${scheme}://0.0.0.0:${REST_PORT}`,
    'rest.advertised.listener': scheme,
    'rest.advertised.port': String(REST_PORT),
    ...(keystore && password
      ? {
          'listeners.https.ssl.keystore.type': 'PKCS12',
          'listeners.https.ssl.keystore.location': secretPath(keystore),
          'listeners.https.ssl.keystore.password': secretReference(password),
        }
      : {}),
  };
}

/** The system properties for several connections: lists of URLs are put together. */
export function systemProperties(connections: readonly KafkaConnection[]): { [property: string]: string } {
  const all = connections.flatMap((connection) =>
    Object.entries(JavaClientSettings.systemProperties(connection, JavaClientClasses.KAFKA_ALONE)),
  );
  return Object.fromEntries(
    all.map(([property]) => [
      property,
      [...new Set(all.filter(([other]) => other === property).map(([, value]) => value))].join(','),
    ]),
  );
}
