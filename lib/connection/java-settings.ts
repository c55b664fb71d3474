import { jaasLine } from '../access/jaas';
import { SaslMechanism } from '../access/protocol';
import { SecretKey } from '../secrets/secret-key';
import { secretFolder, trustPath } from './client-files';
import type { KafkaConnection } from './kafka-connection';

/** Where a program has the classes of Kafka's Java client. */
export class JavaClientClasses {
  /** Where Apache Kafka puts them. */
  public static readonly ORIGINAL = new JavaClientClasses('');
  /** Where Flink's SQL connector for Kafka puts them, in releases 3.3 to 5.0. */
  public static readonly FLINK_SQL_CONNECTOR = new JavaClientClasses('org.apache.flink.kafka.shaded.');

  private constructor(
    /** What is put before `org.apache.kafka`. */
    public readonly prefix: string,
  ) {}

  /** @internal The name of one of Kafka's classes in the program. */
  public _nameOf(className: string): string {
    return `${this.prefix}${className}`;
  }
}

/** The name of the config provider in rendered settings. */
const PROVIDER = 'dir';

const LOGIN_MODULES: Record<SaslMechanism, string> = {
  [SaslMechanism.PLAIN]: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  [SaslMechanism.SCRAM_SHA_256]: 'org.apache.kafka.common.security.scram.ScramLoginModule',
  [SaslMechanism.SCRAM_SHA_512]: 'org.apache.kafka.common.security.scram.ScramLoginModule',
  [SaslMechanism.OAUTHBEARER]: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule',
};

/** The login handler of strimzi-kafka-oauth keeps its name where Kafka's classes are moved. */
const OAUTH_LOGIN_HANDLER = 'io.strimzi.kafka.oauth.client.JaasClientOauthLoginCallbackHandler';

/** Settings of Kafka's Java client. */
export class JavaClientSettings {
  /**
   * The settings with which a Java client makes a connection.
   *
   * Secret values are not in them: the client reads them from the mounted files by Kafka's `DirectoryConfigProvider`.
   *
   * @see Apache Kafka 4.3.1, clients/.../config/provider/DirectoryConfigProvider.java (Kafka 2.7 and newer)
   * @param connection the connection
   * @param classes where the program has Kafka's classes
   */
  public static render(
    connection: KafkaConnection,
    classes: JavaClientClasses = JavaClientClasses.ORIGINAL,
  ): { [setting: string]: string } {
    const references = new SecretReferences(classes);
    const settings = {
      'bootstrap.servers': connection.bootstrapServers,
      'security.protocol': connection.securityProtocol,
      ...trustSettings(connection),
      ...credentialSettings(connection, classes, references),
    };
    return { ...settings, ...references.providerSettings() };
  }

  private constructor() {}
}

/** The references to secret values in the settings of one client. */
class SecretReferences {
  private readonly folders = new Set<string>();

  public constructor(private readonly classes: JavaClientClasses) {}

  public to(key: SecretKey): string {
    this.folders.add(secretFolder(key.secretName));
    return `\${${PROVIDER}:${secretFolder(key.secretName)}:${key.key}}`;
  }

  public providerSettings(): Record<string, string> {
    if (this.folders.size === 0) return {};
    return {
      'config.providers': PROVIDER,
      [`config.providers.${PROVIDER}.class`]: this.classes._nameOf(
        'org.apache.kafka.common.config.provider.DirectoryConfigProvider',
      ),
      // Without this the provider reads any folder of the container.
      [`config.providers.${PROVIDER}.param.allowed.paths`]: [...this.folders].join(','),
    };
  }
}

function trustSettings({ trust }: KafkaConnection): Record<string, string> {
  return trust ? { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': trustPath(trust) } : {};
}

function credentialSettings(
  { credentials }: KafkaConnection,
  classes: JavaClientClasses,
  references: SecretReferences,
): Record<string, string> {
  const details = credentials._details;
  switch (details.kind) {
    case 'none':
      return {};
    case 'certificate':
      return {
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.certificate.chain': references.to(details.certificate.certificate),
        'ssl.keystore.key': references.to(details.certificate.privateKey),
      };
    case 'password':
      return {
        'sasl.mechanism': details.mechanism,
        'sasl.jaas.config': jaasLine(classes._nameOf(LOGIN_MODULES[details.mechanism]), {
          username: details.username,
          password: references.to(details.password),
        }),
      };
    case 'oauth': {
      const { clientId, clientSecret, tokenEndpointUri, trust, scope, audience } = details.oauth;
      return {
        'sasl.mechanism': SaslMechanism.OAUTHBEARER,
        'sasl.login.callback.handler.class': OAUTH_LOGIN_HANDLER,
        'sasl.jaas.config': jaasLine(classes._nameOf(LOGIN_MODULES[SaslMechanism.OAUTHBEARER]), {
          'oauth.token.endpoint.uri': tokenEndpointUri,
          'oauth.client.id': clientId,
          'oauth.client.secret': references.to(clientSecret),
          'oauth.scope': scope,
          'oauth.audience': audience,
          'oauth.ssl.truststore.location': trust && trustPath(trust),
          'oauth.ssl.truststore.type': trust && 'PEM',
        }),
      };
    }
  }
}
