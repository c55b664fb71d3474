import { secretPath } from '../../connection/client-files';
import { JavaRegistrySettings } from '../../connection/java-registry-settings';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { fileReference, providerSettings } from '../../connection/secret-references';
import { ICertificate } from '../../pki/certificate';
import { prefixed, withoutProviders } from '../confluent/properties-file';
import { processingLogTopic } from './ksqldb-grants';
import { KAFKA_STORE, KEY_STORES, KEY_STORE_PASSWORD, LISTENER_STORE, REGISTRY_STORE } from './ksqldb-key-store';
import type { KsqlDbServer } from './ksqldb-server';

/** The port of the server's API. */
export const PORT = 8088;

/** Where the server finds the files that are no secret. */
export const CONFIG_FOLDER = '/opt/ksqldb-config';
export const PROPERTIES_FILE = 'ksql-server.properties';
export const QUERIES_FILE = 'queries.sql';
export const LOGIN_FILE = 'login.conf';

/** The section of the login configuration, unless another is named. */
export const DEFAULT_REALM = 'Confluent';

/** Where the state of queries is kept: what is lost with the pod is read again from Kafka. */
export const STATE_FOLDER = '/var/lib/ksqldb-state';

/**
 * What the settings of Kafka's clients are prefixed with, so that those of the server's own listener are not meant.
 *
 * Kafka Streams, the admin client and the clients of queries know the first prefix. The clients of the command topic do
 * not: they take what has no prefix, and what has theirs.
 *
 * @see ksqlDB 8.3, ksqldb-rest-app/.../rest/server/KsqlRestConfig.java (getPropertiesWithOverrides)
 */
const STREAMS = 'ksql.streams.';
const COMMAND_CLIENTS = ['ksql.server.command.consumer.', 'ksql.server.command.producer.'];

/** The settings of the server. Secret values are references to files. */
export function ksqlDbSettings(server: KsqlDbServer): { [setting: string]: string } {
  const { 'bootstrap.servers': bootstrapServers, ...client } = clientSettings(server);
  const prefixes = server.interactive ? [STREAMS, ...COMMAND_CLIENTS] : [STREAMS];
  const settings: { [setting: string]: string } = {
    'bootstrap.servers': bootstrapServers,
    ...Object.fromEntries(prefixes.flatMap((prefix) => Object.entries(prefixed(prefix, client)))),
    ...listenerSettings(server),
    ...registrySettings(server),
    ...querySettings(server),
  };
  return { ...settings, ...providerSettings(settings) };
}

/** The system properties of the Java virtual machine. */
export function ksqlDbSystemProperties({ connection, basicAuthentication }: KsqlDbServer): {
  [property: string]: string;
} {
  return {
    ...JavaClientSettings.systemProperties(connection, JavaClientClasses.KAFKA_ALONE),
    ...(basicAuthentication ? { 'java.security.auth.login.config': `${CONFIG_FOLDER}/${LOGIN_FILE}` } : {}),
  };
}

/** The key stores that the server needs, by file name: none if it has no HTTPS. */
export function keyStores({ certificate, connection, registry }: KsqlDbServer): { [file: string]: ICertificate } {
  if (!certificate) return {};
  const kafka = connection.credentials._details;
  const schemas = registry?.credentials?._details;
  return {
    [LISTENER_STORE]: certificate,
    ...(kafka.kind === 'certificate' ? { [KAFKA_STORE]: kafka.certificate } : {}),
    ...(schemas?.kind === 'certificate' ? { [REGISTRY_STORE]: schemas.certificate } : {}),
  };
}

function clientSettings(server: KsqlDbServer): { [setting: string]: string } {
  const settings = withoutProviders(JavaClientSettings.render(server.connection, JavaClientClasses.KAFKA_ALONE));
  return withKeyStore(server, KAFKA_STORE, settings);
}

function registrySettings(server: KsqlDbServer): { [setting: string]: string } {
  if (!server.registry) return {};
  return withKeyStore(server, REGISTRY_STORE, JavaRegistrySettings.forServer(server.registry, 'ksql.'));
}

/** The settings with the key store for the certificate that they show, if there is one. */
function withKeyStore(
  server: KsqlDbServer,
  file: string,
  settings: { [setting: string]: string },
): { [setting: string]: string } {
  const [key] = Object.keys(settings).filter((name) => name.endsWith('ssl.keystore.key'));
  if (key === undefined || !(file in keyStores(server))) return settings;
  const shown = key.slice(0, -'key'.length);
  const others = Object.entries(settings).filter(([name]) => !name.startsWith(shown));
  return { ...Object.fromEntries(others), ...prefixed(key.slice(0, -'ssl.keystore.key'.length), storeSettings(file)) };
}

function storeSettings(file: string): { [setting: string]: string } {
  return {
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': `${KEY_STORES}/${file}`,
    'ssl.keystore.password': fileReference(KEY_STORES, KEY_STORE_PASSWORD),
  };
}

function listenerSettings({ interactive, certificate, basicAuthentication }: KsqlDbServer): {
  [setting: string]: string;
} {
  if (!interactive) return {};
  return {
    listeners: `${certificate ? 'https' : 'http'}://0.0.0.0:${PORT}`,
    ...(certificate ? storeSettings(LISTENER_STORE) : {}),
    ...(basicAuthentication
      ? {
          'authentication.method': 'BASIC',
          'authentication.realm': basicAuthentication.realm ?? DEFAULT_REALM,
          'authentication.roles': basicAuthentication.roles.join(','),
        }
      : {}),
  };
}

function querySettings(server: KsqlDbServer): { [setting: string]: string } {
  const { serviceId, interactive, outputTopicPrefix, processingLog } = server;
  const replicas = String(server.topicReplicas);
  return {
    'ksql.service.id': serviceId,
    ...(outputTopicPrefix === undefined ? {} : { 'ksql.output.topic.name.prefix': outputTopicPrefix }),
    'ksql.internal.topic.replicas': replicas,
    'ksql.streams.replication.factor': replicas,
    'ksql.streams.state.dir': STATE_FOLDER,
    ...(server.exactlyOnce ? { 'ksql.streams.processing.guarantee': 'exactly_once_v2' } : {}),
    ...(processingLog
      ? {
          'ksql.logging.processing.topic.auto.create': 'true',
          'ksql.logging.processing.topic.name': processingLogTopic(serviceId),
          'ksql.logging.processing.topic.replication.factor': replicas,
        }
      : {}),
    ...(interactive ? {} : { 'ksql.queries.file': `${CONFIG_FOLDER}/${QUERIES_FILE}` }),
  };
}

/** Where the users of the server are, for its login configuration. */
export function usersPath(server: KsqlDbServer): string {
  return server.basicAuthentication ? secretPath(server.basicAuthentication.users) : '';
}
