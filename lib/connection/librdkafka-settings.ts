import { SaslMechanism } from '../access/protocol';
import { enforce } from '../validation/rule';
import { secretPath, trustPath } from './client-files';
import type { KafkaConnection } from './kafka-connection';
import { LIBRDKAFKA_RULES } from './librdkafka-rules';

/**
 * Settings of librdkafka, the client under those of Python (`confluent-kafka`), Go, .NET, Ruby, PHP and Node.js, and
 * under kcat.
 *
 * Certificates and keys are files, which librdkafka reads by itself. Passwords it takes only as values, so that the
 * program has to read them from the mounted files: see `secretFiles`.
 *
 * Tested with librdkafka 2.16.0. Kafka 4 refuses SCRAM of releases before 2.6.1, and releases before 2.11 know no
 * `https.ca.location`. Kerberos takes a librdkafka with Cyrus SASL, which the wheels of `confluent-kafka` have not, and the
 * program `kinit`.
 *
 * @see librdkafka 2.16.0, CONFIGURATION.md
 */
export class LibrdkafkaSettings {
  /**
   * The settings with which librdkafka makes a connection.
   *
   * @param connection the connection
   */
  public static render(connection: KafkaConnection): LibrdkafkaSettings {
    enforce(connection, LIBRDKAFKA_RULES, connection);
    const { settings = {}, secretFiles = {}, formEncoded = [], environment = {} } = credentialSettings(connection);
    return new LibrdkafkaSettings(
      {
        'bootstrap.servers': connection.bootstrapServers,
        'security.protocol': connection.securityProtocol,
        ...(connection.trust ? { 'ssl.ca.location': trustPath(connection.trust) } : {}),
        ...settings,
      },
      secretFiles,
      formEncoded,
      environment,
    );
  }

  private constructor(
    /** The settings that are no secret. */
    public readonly settings: { [setting: string]: string },
    /** The settings that are secret, each with the file whose whole content is its value. */
    public readonly secretFiles: { [setting: string]: string },
    /**
     * Those of `secretFiles` whose content has to be form-encoded before it is set (Python's `urllib.parse.quote_plus`),
     * because librdkafka does not do so, and servers decode it. Letters, digits, `-`, `_` and `.` stay as they are.
     *
     * @see RFC 6749, section 2.3.1
     */
    public readonly formEncoded: string[],
    /** Variables that the program's environment needs beside the settings; mostly none. */
    public readonly environment: { [variable: string]: string },
  ) {}
}

/** What the credentials add. */
interface Rendered {
  readonly settings?: Record<string, string>;
  readonly secretFiles?: Record<string, string>;
  readonly formEncoded?: string[];
  readonly environment?: Record<string, string>;
}

const CLIENT_SECRET = 'sasl.oauthbearer.client.secret';

function credentialSettings({ credentials }: KafkaConnection): Rendered {
  const details = credentials._details;
  switch (details.kind) {
    case 'none':
      return {};
    case 'certificate':
      return {
        settings: {
          'ssl.certificate.location': secretPath(details.certificate.certificate),
          'ssl.key.location': secretPath(details.certificate.privateKey),
        },
      };
    case 'password':
      return {
        settings: { 'sasl.mechanism': details.mechanism, 'sasl.username': details.username },
        secretFiles: { 'sasl.password': secretPath(details.password) },
      };
    case 'kerberos': {
      const { principal, keytab, krb5Conf, serviceName = 'kafka' } = details.kerberos;
      return {
        settings: {
          'sasl.mechanism': SaslMechanism.GSSAPI,
          'sasl.kerberos.service.name': serviceName,
          'sasl.kerberos.principal': principal,
          'sasl.kerberos.keytab': secretPath(keytab),
        },
        environment: krb5Conf ? { KRB5_CONFIG: secretPath(krb5Conf) } : {},
      };
    }
    case 'oauth': {
      const { clientId, clientSecret, tokenEndpointUri, trust, scope, extensions } = details.oauth;
      return {
        settings: {
          'sasl.mechanism': SaslMechanism.OAUTHBEARER,
          'sasl.oauthbearer.method': 'oidc',
          'sasl.oauthbearer.token.endpoint.url': tokenEndpointUri,
          // librdkafka puts both into its request as they are.
          'sasl.oauthbearer.client.id': formEncoded(clientId),
          ...(scope === undefined ? {} : { 'sasl.oauthbearer.scope': formEncoded(scope) }),
          ...(extensions ? { 'sasl.oauthbearer.extensions': pairs(extensions) } : {}),
          // Since librdkafka 2.11.
          ...(trust ? { 'https.ca.location': trustPath(trust) } : {}),
        },
        secretFiles: { [CLIENT_SECRET]: secretPath(clientSecret) },
        formEncoded: [CLIENT_SECRET],
      };
    }
  }
}

function formEncoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}

function pairs(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}
