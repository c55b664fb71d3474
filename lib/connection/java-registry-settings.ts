import { trustPath } from './client-files';
import { ISchemaRegistry } from './schema-registry';
import { providerSettings, secretReference } from './secret-references';

/**
 * Settings with which Confluent's Java client reaches a schema registry.
 *
 * Secret values are not in them: they are references to mounted files, for Kafka's `DirectoryConfigProvider`. Programs
 * whose configuration is one of Kafka's resolve them: Kafka Connect, ksqlDB, Confluent's servers, serializers.
 *
 * @see Confluent Schema Registry 8.3, client/.../SchemaRegistryClientConfig.java, client/.../security/SslFactory.java
 */
export class JavaRegistrySettings {
  /**
   * For serializers and converters.
   *
   * @param registry the registry
   * @param prefix what is put before each name, such as `value.converter.`
   */
  public static forSerializer(registry: ISchemaRegistry, prefix: string = ''): { [setting: string]: string } {
    return render(registry, prefix, prefix);
  }

  /**
   * For servers that hand everything below `schema.registry.` on to their clients, such as Confluent's REST Proxy, and
   * with the prefix `ksql.` ksqlDB.
   *
   * @param registry the registry
   * @param prefix what is put before each name
   */
  public static forServer(registry: ISchemaRegistry, prefix: string = ''): { [setting: string]: string } {
    return render(registry, prefix, `${prefix}schema.registry.`);
  }

  /**
   * The config provider that the settings refer to: for the configuration that the settings are part of, or, in Kafka
   * Connect, for that of the worker.
   *
   * @param registry the registry
   */
  public static configProvider(registry: ISchemaRegistry): { [setting: string]: string } {
    return providerSettings(render(registry, '', ''));
  }

  private constructor() {}
}

function render(registry: ISchemaRegistry, prefix: string, loginPrefix: string): { [setting: string]: string } {
  const { confluentUrl, trust, credentials } = registry;
  const tls = `${prefix}schema.registry.ssl`;
  const settings = {
    [`${prefix}schema.registry.url`]: confluentUrl,
    ...(trust ? { [`${tls}.truststore.type`]: 'PEM', [`${tls}.truststore.location`]: trustPath(trust) } : {}),
  };
  const details = credentials?._details;
  switch (details?.kind) {
    case undefined:
      return settings;
    case 'basic':
      return {
        ...settings,
        [`${loginPrefix}basic.auth.credentials.source`]: 'USER_INFO',
        [`${loginPrefix}basic.auth.user.info`]: `${details.username}:${secretReference(details.password)}`,
      };
    case 'certificate':
      return {
        ...settings,
        [`${tls}.keystore.type`]: 'PEM',
        [`${tls}.keystore.certificate.chain`]: secretReference(details.certificate.certificate),
        [`${tls}.keystore.key`]: secretReference(details.certificate.privateKey),
      };
  }
}
