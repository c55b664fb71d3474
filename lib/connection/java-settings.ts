import { OAuthCredentialsProps } from '../access/client-credentials';
import { jaasLine } from '../access/jaas';
import { SaslMechanism } from '../access/protocol';
import { secretPath, trustPath } from './client-files';
import type { KafkaConnection } from './kafka-connection';
import { CLIENT_SECRET, JAAS } from './quoting';
import { CONFIG_PROVIDER, providerSettings, quotedReference, secretReference } from './secret-references';

/** Where a program has the classes of Kafka's Java client. */
export class JavaClientClasses {
  /** Where Apache Kafka puts them. */
  public static readonly ORIGINAL = new JavaClientClasses('');
  /** Where Flink's SQL connector for Kafka puts them, in releases 3.3 to 5.0. */
  public static readonly FLINK_SQL_CONNECTOR = new JavaClientClasses('org.apache.flink.kafka.shaded.');
  /** Apache Kafka 4.1 or newer without strimzi-kafka-oauth, as in Confluent's images: tokens are got by Kafka itself. */
  public static readonly KAFKA_ALONE = new JavaClientClasses('', false);

  private constructor(
    /** What is put before `org.apache.kafka`. */
    public readonly prefix: string,
    /** Whether strimzi-kafka-oauth gets the tokens. */
    public readonly strimziOAuth: boolean = true,
  ) {}

  /** @internal The name of one of Kafka's classes in the program. */
  public _nameOf(className: string): string {
    return `${this.prefix}${className}`;
  }
}

const LOGIN_MODULES: Record<SaslMechanism, string> = {
  [SaslMechanism.PLAIN]: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  [SaslMechanism.SCRAM_SHA_256]: 'org.apache.kafka.common.security.scram.ScramLoginModule',
  [SaslMechanism.SCRAM_SHA_512]: 'org.apache.kafka.common.security.scram.ScramLoginModule',
  [SaslMechanism.OAUTHBEARER]: 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule',
  [SaslMechanism.GSSAPI]: 'com.sun.security.auth.module.Krb5LoginModule',
};

/** The login handler of strimzi-kafka-oauth keeps its name where Kafka's classes are moved. */
const OAUTH_LOGIN_HANDLER = 'io.strimzi.kafka.oauth.client.JaasClientOauthLoginCallbackHandler';

const KAFKA_LOGIN_HANDLER = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler';

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
    const settings = {
      'bootstrap.servers': connection.bootstrapServers,
      'security.protocol': connection.securityProtocol,
      ...trustSettings(connection),
      ...credentialSettings(connection, classes),
    };
    return { ...settings, ...providerSettings(settings, classes._nameOf(CONFIG_PROVIDER)) };
  }

  /**
   * The system properties (`-D...`) of the Java virtual machine that the settings need beside them; mostly none.
   *
   * @see Apache Kafka 4.3.1, clients/.../config/internals/BrokerSecurityConfigs.java (`allowed.urls`, from 4.0 on)
   * @param connection the connection
   * @param classes where the program has Kafka's classes
   */
  public static systemProperties(
    connection: KafkaConnection,
    classes: JavaClientClasses = JavaClientClasses.ORIGINAL,
  ): { [property: string]: string } {
    const details = connection.credentials._details;
    if (details.kind === 'kerberos' && details.kerberos.krb5Conf) {
      return { 'java.security.krb5.conf': secretPath(details.kerberos.krb5Conf) };
    }
    if (details.kind === 'oauth' && !classes.strimziOAuth) {
      return { 'org.apache.kafka.sasl.oauthbearer.allowed.urls': details.oauth.tokenEndpointUri };
    }
    return {};
  }

  private constructor() {}
}

function trustSettings({ trust }: KafkaConnection): Record<string, string> {
  return trust ? { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': trustPath(trust) } : {};
}

function credentialSettings({ credentials }: KafkaConnection, classes: JavaClientClasses): Record<string, string> {
  const details = credentials._details;
  switch (details.kind) {
    case 'none':
      return {};
    case 'certificate':
      return {
        'ssl.keystore.type': 'PEM',
        'ssl.keystore.certificate.chain': secretReference(details.certificate.certificate),
        'ssl.keystore.key': secretReference(details.certificate.privateKey),
      };
    case 'password':
      return {
        'sasl.mechanism': details.mechanism,
        'sasl.jaas.config': jaasLine(classes._nameOf(LOGIN_MODULES[details.mechanism]), {
          username: details.username,
          password: quotedReference(details.password, JAAS),
        }),
      };
    case 'kerberos': {
      const { principal, keytab, serviceName = 'kafka' } = details.kerberos;
      return {
        'sasl.mechanism': SaslMechanism.GSSAPI,
        'sasl.kerberos.service.name': serviceName,
        'sasl.jaas.config': jaasLine(LOGIN_MODULES[SaslMechanism.GSSAPI], {
          useKeyTab: 'true',
          storeKey: 'true',
          keyTab: secretPath(keytab),
          principal,
        }),
      };
    }
    case 'oauth': {
      if (!classes.strimziOAuth) return kafkaOAuthSettings(details.oauth);
      const { clientId, clientSecret, tokenEndpointUri, trust, scope, audience, extensions } = details.oauth;
      return {
        'sasl.mechanism': SaslMechanism.OAUTHBEARER,
        'sasl.login.callback.handler.class': OAUTH_LOGIN_HANDLER,
        'sasl.jaas.config': jaasLine(classes._nameOf(LOGIN_MODULES[SaslMechanism.OAUTHBEARER]), {
          'oauth.token.endpoint.uri': tokenEndpointUri,
          'oauth.client.id': clientId,
          'oauth.client.secret': quotedReference(clientSecret, CLIENT_SECRET),
          'oauth.scope': scope,
          'oauth.audience': audience,
          'oauth.ssl.truststore.location': trust && trustPath(trust),
          'oauth.ssl.truststore.type': trust && 'PEM',
          ...prefixed('oauth.sasl.extension.', extensions),
        }),
      };
    }
  }
}

/**
 * The settings with which Kafka's own client gets its tokens.
 *
 * @see Apache Kafka 4.3.1, clients/.../config/SaslConfigs.java (`sasl.oauthbearer.client.credentials.*`, from 4.1 on)
 */
function kafkaOAuthSettings({
  clientId,
  clientSecret,
  tokenEndpointUri,
  trust,
  scope,
  extensions,
}: OAuthCredentialsProps): Record<string, string> {
  return {
    'sasl.mechanism': SaslMechanism.OAUTHBEARER,
    'sasl.login.callback.handler.class': KAFKA_LOGIN_HANDLER,
    'sasl.oauthbearer.token.endpoint.url': tokenEndpointUri,
    'sasl.oauthbearer.client.credentials.client.id': clientId,
    'sasl.oauthbearer.client.credentials.client.secret': secretReference(clientSecret),
    ...(scope === undefined ? {} : { 'sasl.oauthbearer.scope': scope }),
    // As RFC 6749 says; Kafka's default sends a secret with a percent sign so that it is read as another one.
    'sasl.oauthbearer.header.urlencode': 'true',
    'sasl.jaas.config': jaasLine(LOGIN_MODULES[SaslMechanism.OAUTHBEARER], {
      'ssl.truststore.location': trust && trustPath(trust),
      'ssl.truststore.type': trust && 'PEM',
      ...prefixed('extension_', extensions),
    }),
  };
}

function prefixed(prefix: string, options: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [`${prefix}${name}`, value]));
}
