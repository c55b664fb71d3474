import { ClientFiles, secretPath } from '../../connection/client-files';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { JavaRegistrySettings } from '../../connection/java-registry-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { providerSettings, secretReference } from '../../connection/secret-references';
import { SecretKey } from '../../secrets/secret-key';
import { prefixed, withoutProviders } from './properties-file';

/**
 * Confluent's licensed plugin, by which a REST Proxy logs in to Kafka as each of its clients.
 *
 * The proxy holds the key of every client and chooses one by the subject of the certificate that it was shown, which
 * makes it a place worth breaking into. One proxy for each user needs neither the plugin nor the keys.
 */
export interface LicensedPrincipalPropagation {
  /** The Secret key that holds the license of Confluent Platform. */
  readonly license: SecretKey;
  /** The Secret key that holds the key store: PKCS#12, with certificate and key of every client. */
  readonly keyStore: SecretKey;
  /** The Secret key that holds the password of the key store. */
  readonly keyStorePassword: SecretKey;
}

/** What the properties of a REST Proxy follow from. */
export interface RestProxyParts {
  readonly connection: KafkaConnection;
  readonly registry?: ISchemaRegistry;
  readonly propagation?: LicensedPrincipalPropagation;
}

const PLUGIN = 'io.confluent.kafkarest.security.KafkaRestSecurityResourceExtension';

/**
 * The properties of a REST Proxy, without those of its listener.
 *
 * @see Confluent REST Proxy 8.3, kafka-rest/.../KafkaRestConfig.java
 */
export function restProxyProperties({ connection, registry, propagation }: RestProxyParts): {
  [property: string]: string;
} {
  const { 'bootstrap.servers': bootstrapServers, ...client } = JavaClientSettings.render(
    connection,
    JavaClientClasses.KAFKA_ALONE,
  );
  const login = propagation ? propagatedLogin(client, propagation) : client;
  const properties = {
    'bootstrap.servers': bootstrapServers,
    ...prefixed('client.', login),
    // Without a URL the proxy would look for a registry on its own host.
    ...(registry ? JavaRegistrySettings.forServer(registry) : { 'schema.registry.url': '' }),
    ...(propagation
      ? {
          'kafka.rest.resource.extension.class': PLUGIN,
          'confluent.rest.auth.propagate.method': 'SSL',
          'confluent.license': secretReference(propagation.license),
        }
      : {}),
  };
  return { ...properties, ...providerSettings(properties) };
}

/** Adds the files that the properties speak of, beside those of the connection. */
export function addRestProxyFiles(files: ClientFiles, { registry, propagation }: RestProxyParts): void {
  if (registry) files.addRegistry(registry);
  if (!propagation) return;
  files.addKey(propagation.license);
  files.addKey(propagation.keyStore);
  files.addKey(propagation.keyStorePassword);
}

/** The key store takes the place of the proxy's own certificate. */
function propagatedLogin(
  client: { [setting: string]: string },
  { keyStore, keyStorePassword }: LicensedPrincipalPropagation,
): { [setting: string]: string } {
  const { 'ssl.keystore.certificate.chain': _chain, 'ssl.keystore.key': _key, ...others } = withoutProviders(client);
  const login = {
    ...others,
    'ssl.keystore.type': 'PKCS12',
    'ssl.keystore.location': secretPath(keyStore),
    'ssl.keystore.password': secretReference(keyStorePassword),
  };
  return { ...login, ...providerSettings(login) };
}
