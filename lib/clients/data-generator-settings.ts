import { SecurityProtocol } from '../access/protocol';
import { ClientFiles, secretPath, trustPath } from '../connection/client-files';
import { JavaClientSettings } from '../connection/java-settings';
import { literalEnvValue } from '../kubernetes/env-value';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { SecretKey } from '../secrets/secret-key';
import type { DataGenerator } from './data-generator';

/** What a data generator is told. */
export interface DataGeneratorSettings {
  readonly variables: { [variable: string]: string };
  /** Variables whose values are in Secrets. */
  readonly secrets: { [variable: string]: SecretKey };
  readonly files: ClientFiles;
  /** What version 0.1.0 has to trust as a Java key store, because it can be told nothing else. */
  readonly javaTrust?: TrustedCertificates;
}

/** The volume of the Java key store, and the container that makes it. */
export const JAVA_TRUST_VOLUME = 'java-truststore';
/** The folder of the Java key store: outside `/opt`, where the Secrets are. */
export const JAVA_TRUST_FOLDER = '/truststore';
const JAVA_TRUST_STORE = `${JAVA_TRUST_FOLDER}/truststore.jks`;

/** What the generator is told, in the words that its program understands. */
export function dataGeneratorSettings(generator: DataGenerator): DataGeneratorSettings {
  const { data, registry } = generator;
  const { variables, secrets, files } = generator.image.takesAllSettings
    ? allSettings(generator)
    : settingsOf010(generator);
  const trust = registry?.trust;
  const byPem = trust !== undefined && generator.image.takesAllSettings;
  const byJava = trust !== undefined && !generator.image.takesAllSettings;
  if (trust) files.addTrust(trust);
  return {
    files,
    secrets,
    variables: {
      ...variables,
      DATA: data.map(({ dataName }) => dataName).join(','),
      ...(registry ? { USE_APICURIO_REGISTRY: 'true', REGISTRY_URL: registry.coreUrl } : {}),
      ...(byPem ? { 'KAFKA_APICURIO_REST_REQUEST_SSL_CA-BUNDLE_LOCATION': trustPath(trust) } : {}),
      // Java reads the certificates of a JKS store without a password.
      ...(byJava
        ? { JAVA_TOOL_OPTIONS: `-Djavax.net.ssl.trustStore=${JAVA_TRUST_STORE} -Djavax.net.ssl.trustStoreType=JKS` }
        : {}),
    },
    ...(byJava ? { javaTrust: trust } : {}),
  };
}

/**
 * The settings of builds that read any setting of the Kafka client.
 *
 * @see streamshub/flink-sql-examples d9137de, tutorials/data-generator/.../ConfigUtil.java: `KAFKA_FOO_BAR` is `foo.bar`
 */
function allSettings({ connection }: DataGenerator): DataGeneratorSettings {
  const variables = Object.entries(JavaClientSettings.render(connection)).map(([setting, value]): [string, string] => [
    `KAFKA_${setting.toUpperCase().replace(/\./g, '_')}`,
    value,
  ]);
  return { variables: Object.fromEntries(variables), secrets: {}, files: ClientFiles.of([connection]) };
}

/**
 * The settings of version 0.1.0, which reads a few variables of its own.
 *
 * @see streamshub/flink-sql-examples 0.1.0, tutorials/data-generator/.../KafkaCommonProps.java: these variables and no
 * others
 */
function settingsOf010(generator: DataGenerator): DataGeneratorSettings {
  const { connection } = generator;
  const files = ClientFiles.of([]);
  const address = {
    KAFKA_BOOTSTRAP_SERVERS: connection.bootstrapServers,
    KAFKA_SECURITY_PROTOCOL: connection.securityProtocol,
  };
  const user = generator._keystoreUser();
  if (connection.securityProtocol !== SecurityProtocol.SSL || !connection.trust || !user) {
    return { variables: address, secrets: {}, files };
  }
  const keystore = user._secretKey('user.p12');
  files.addTrust(connection.trust);
  files.addKey(keystore);
  return {
    variables: {
      ...address,
      KAFKA_SSL_TRUSTSTORE_LOCATION: trustPath(connection.trust),
      KAFKA_SSL_TRUSTSTORE_TYPE: 'PEM',
      KAFKA_SSL_KEYSTORE_LOCATION: secretPath(keystore),
    },
    secrets: { KAFKA_SSL_KEYSTORE_PASSWORD: user._secretKey('user.password') },
    files,
  };
}

/**
 * The command that turns PEM certificates into a Java key store: one entry each, since `keytool` reads only the first
 * of a file. The store holds nothing secret, so its password is none.
 */
export function javaTrustCommand(trust: TrustedCertificates): string[] {
  const script = [
    `rm -f ${JAVA_TRUST_STORE}`,
    'count=0',
    "pem=''",
    'while IFS= read -r line || [ -n "$line" ]; do',
    '  pem="$pem$line',
    '"',
    '  case "$line" in',
    "    *'END CERTIFICATE'*)",
    '      count=$((count + 1))',
    `      printf '%s' "$pem" | keytool -importcert -noprompt -alias "ca-$count" -keystore ${JAVA_TRUST_STORE} -storetype JKS -storepass changeit`,
    "      pem=''",
    '      ;;',
    '  esac',
    `done < ${trustPath(trust)}`,
    '[ "$count" -gt 0 ]',
  ];
  // Kubernetes replaces `$(...)` in commands as it does in variables.
  return ['/bin/sh', '-ec', literalEnvValue(script.join('\n'))];
}
