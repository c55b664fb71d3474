import { RESTRICTED_CONTAINER, RESTRICTED_POD } from '../../kubernetes/hardening';
import { ClientFiles } from '../../connection/client-files';
import { JavaClientSettings } from '../../connection/java-settings';
import { KafkaConnection } from '../../connection/kafka-connection';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';
import { BrokerMount, mergeBrokerMounts } from '../../strimzi/broker-mount';
import { propertyValue } from '../confluent/confluent-env';

/** The variable with the client's secret at the identity provider. */
const CLIENT_SECRET_VARIABLE = 'OAUTH_CLIENT_SECRET';

/** What a KafkaConnect or KafkaBridge resource says of its way to Kafka. */
export interface StrimziClient {
  /** The fields of its `spec` with the address, what it trusts and what it logs in with. */
  readonly fields: object;
  /** The variables of the container whose values are in Secrets. */
  readonly environment: { readonly [variable: string]: SecretKey };
  /** The files of the container that Strimzi does not bring. */
  readonly files: ClientFiles;
  /** The system properties of the Java virtual machine. */
  readonly systemProperties: { readonly [property: string]: string };
}

/**
 * How a client that Strimzi runs makes a connection.
 *
 * Strimzi reads certificates, keys and passwords from the Secrets that the resource names, by a role for exactly those.
 * What has no type of its own there is `custom`: OAuth, with the client's secret as a variable, and Kerberos, with
 * its files below `/mnt`.
 *
 * @see Strimzi 1.2.0, cluster-operator/.../model/KafkaConnectConfigurationBuilder.java
 */
export function strimziClient(connection: KafkaConnection): StrimziClient {
  const { bootstrapServers, trust, credentials, securityProtocol } = connection;
  const details = credentials._details;
  const files = new ClientFiles();
  const environment: { [variable: string]: SecretKey } = {};
  if (details.kind === 'kerberos') files.addCredentials(credentials);
  if (details.kind === 'oauth') {
    environment[CLIENT_SECRET_VARIABLE] = details.oauth.clientSecret;
    if (details.oauth.trust) files.addTrust(details.oauth.trust);
  }
  const authentication = renderAuthentication(connection);
  return {
    fields: {
      bootstrapServers,
      ...(securityProtocol.endsWith('SSL') ? { tls: renderTrust(trust) } : {}),
      ...(authentication ? { authentication } : {}),
    },
    environment,
    files,
    systemProperties: Object.fromEntries(
      Object.entries(JavaClientSettings.systemProperties(connection)).map(([name, value]) => [name, belowMnt(value)]),
    ),
  };
}

/** Without certificates Strimzi's clients trust the public authorities that Java knows. */
function renderTrust(trust: TrustedCertificates | undefined): object {
  if (!trust) return { trustedCertificates: [] };
  const { secretName, key } = trust;
  return {
    trustedCertificates: [{ secretName, ...(key === undefined ? { pattern: '*.crt' } : { certificate: key }) }],
  };
}

function renderAuthentication(connection: KafkaConnection): object | undefined {
  const details = connection.credentials._details;
  switch (details.kind) {
    case 'none':
      return undefined;
    case 'certificate': {
      const { certificate, privateKey } = details.certificate;
      const { secretName, key } = certificate;
      return { type: 'tls', certificateAndKey: { secretName, certificate: key, key: privateKey.key } };
    }
    case 'password': {
      const { mechanism, username, password } = details;
      const passwordSecret = { secretName: password.secretName, password: password.key };
      return { type: mechanism.toLowerCase(), username, passwordSecret };
    }
    case 'oauth':
    case 'kerberos':
      return { type: 'custom', sasl: true, config: customSettings(connection) };
  }
}

/** The settings of `custom` authentication, which Strimzi writes into a properties file as they are. */
function customSettings(connection: KafkaConnection): object {
  const sasl = Object.entries(JavaClientSettings.render(connection)).filter(([setting]) => setting.startsWith('sasl.'));
  return Object.fromEntries(
    sasl.map(([setting, value]) => [
      setting,
      propertyValue(belowMnt(value.replace(/\$\{dir:[^}]*\}/g, `\${strimzienv:${CLIENT_SECRET_VARIABLE}}`))),
    ]),
  );
}

/** The text with its files where pods of Strimzi have them: mount paths of templates begin with `/mnt`. */
export function belowMnt(text: string): string {
  return text.replace(/(^|[":=,])\/opt\//g, '$1/mnt/');
}

/** What the pods of a KafkaConnect or KafkaBridge have beside what Strimzi puts there. */
export function renderStrimziTemplate(
  container: 'connectContainer' | 'bridgeContainer',
  environment: { readonly [variable: string]: SecretKey },
  files: readonly ClientFiles[],
): object {
  const mounts = mergeBrokerMounts(
    files.flatMap(({ secrets }) => secrets).map(({ secretName, keys }) => BrokerMount.secret(secretName, { keys })),
  );
  const env = Object.entries(environment).map(([name, { secretName, key }]) => ({
    name,
    valueFrom: { secretKeyRef: { name: secretName, key } },
  }));
  return {
    pod: {
      enableServiceLinks: false,
      securityContext: RESTRICTED_POD,
      ...(mounts.length > 0 ? { volumes: mounts.map((mount) => mount._renderVolume()) } : {}),
    },
    [container]: {
      securityContext: RESTRICTED_CONTAINER,
      ...(env.length > 0 ? { env } : {}),
      ...(mounts.length > 0 ? { volumeMounts: mounts.map((mount) => mount._renderMount()) } : {}),
    },
  };
}

/** The `jvmOptions` with system properties; none if there are none. */
export function renderJvmOptions(systemProperties: { readonly [property: string]: string }): object {
  const javaSystemProperties = Object.entries(systemProperties).map(([name, value]) => ({ name, value }));
  return javaSystemProperties.length > 0 ? { jvmOptions: { javaSystemProperties } } : {};
}
