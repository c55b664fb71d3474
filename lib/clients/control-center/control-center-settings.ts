import { keyStorePath, secretPath, trustPath } from '../../connection/client-files';
import { JavaRegistrySettings } from '../../connection/java-registry-settings';
import { JavaClientClasses, JavaClientSettings } from '../../connection/java-settings';
import { providerSettings, secretReference } from '../../connection/secret-references';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { loginConfiguration as realmConfiguration } from '../confluent/login-configuration';
import { prefixed } from '../confluent/properties-file';
import type { ControlCenter } from './control-center';

/** The port of the user interface. */
export const PORT = 9021;

/** Where Control Center finds the files that are no secret. */
export const CONFIG_FOLDER = '/opt/control-center-config';
export const PROPERTIES_FILE = 'control-center.properties';
export const LOGIN_FILE = 'login.conf';
export const LOG_FILE = 'log4j.properties';

/** Where it keeps the state of its queries: what is lost with the pod is read again from Kafka. */
export const DATA_FOLDER = '/var/lib/control-center-data';

const PREFIX = 'confluent.controlcenter.';
const STREAMS = `${PREFIX}streams.`;

/** The section of the login configuration. */
const REALM = 'c3';
const LOGIN_MODULE = 'org.eclipse.jetty.jaas.spi.PropertyFileLoginModule';

/** The settings of Control Center. Secret values are references to files. */
export function controlCenterSettings(center: ControlCenter): { [setting: string]: string } {
  const { connection, license, topicReplicas } = center;
  const client = JavaClientSettings.render(connection, JavaClientClasses.KAFKA_ALONE);
  const { 'bootstrap.servers': bootstrapServers, ...security } = client;
  const replicas = String(topicReplicas);
  const settings: { [setting: string]: string } = {
    'bootstrap.servers': bootstrapServers,
    // With the config provider: Kafka's clients read their secrets themselves.
    ...prefixed(STREAMS, security),
    [`${PREFIX}data.dir`]: DATA_FOLDER,
    [`${PREFIX}internal.topics.replication`]: replicas,
    [`${PREFIX}command.topic.replication`]: replicas,
    'confluent.metrics.topic.replication': replicas,
    'confluent.monitoring.interceptor.topic.replication': replicas,
    ...(license._license ? { 'confluent.license': secretReference(license._license) } : {}),
    ...listenerSettings(center),
    ...registrySettings(center),
    ...neighbourSettings(center),
  };
  return { ...settings, ...providerSettings(settings) };
}

/** The system properties of the Java virtual machine. */
export function controlCenterSystemProperties({ connection, basicAuthentication }: ControlCenter): {
  [property: string]: string;
} {
  return {
    ...JavaClientSettings.systemProperties(connection, JavaClientClasses.KAFKA_ALONE),
    ...(basicAuthentication ? { 'java.security.auth.login.config': `${CONFIG_FOLDER}/${LOGIN_FILE}` } : {}),
  };
}

/**
 * The login configuration that has users looked up in a file.
 *
 * @see Confluent Platform 7.9, "Configure HTTP Basic Authentication with Control Center"; Jetty 9 has the module here
 */
export function loginConfiguration({ basicAuthentication }: ControlCenter): string {
  return basicAuthentication ? realmConfiguration(REALM, secretPath(basicAuthentication.users), LOGIN_MODULE) : '';
}

/** Logs to the console: the program's own configuration writes files. */
export const LOG_CONFIGURATION = [
  'log4j.rootLogger=INFO, stdout',
  'log4j.appender.stdout=org.apache.log4j.ConsoleAppender',
  'log4j.appender.stdout.layout=org.apache.log4j.PatternLayout',
  'log4j.appender.stdout.layout.ConversionPattern=[%d] %p %m (%c:%L)%n',
  '',
].join('\n');

function listenerSettings({ certificate, basicAuthentication }: ControlCenter): { [setting: string]: string } {
  return {
    [`${PREFIX}rest.listeners`]: `${certificate ? 'https' : 'http'}://0.0.0.0:${PORT}`,
    ...(certificate
      ? {
          [`${PREFIX}rest.ssl.keystore.type`]: 'PEM',
          [`${PREFIX}rest.ssl.keystore.location`]: keyStorePath(certificate),
        }
      : {}),
    ...(basicAuthentication
      ? {
          [`${PREFIX}rest.authentication.method`]: 'BASIC',
          [`${PREFIX}rest.authentication.realm`]: REALM,
          [`${PREFIX}rest.authentication.roles`]: [
            ...basicAuthentication.roles,
            ...(basicAuthentication.restrictedRoles ?? []),
          ].join(','),
          ...(basicAuthentication.restrictedRoles?.length
            ? { [`${PREFIX}auth.restricted.roles`]: basicAuthentication.restrictedRoles.join(',') }
            : {}),
        }
      : {}),
  };
}

/** The client of the registry is a part with a prefix of its own, below which its settings have their usual names. */
function registrySettings({ registry }: ControlCenter): { [setting: string]: string } {
  if (!registry) return {};
  const { 'schema.registry.url': url, ...others } = JavaRegistrySettings.forSerializer(registry);
  return prefixed(`${PREFIX}schema.registry.`, { url, ...others });
}

function neighbourSettings({ connects, ksqls }: ControlCenter): { [setting: string]: string } {
  return Object.assign(
    {},
    ...connects.map(({ name, url, trust }) => ({
      [`${PREFIX}connect.${name}.cluster`]: url,
      ...prefixed(`${PREFIX}connect.${name}.`, trustSettings(trust)),
    })),
    ...ksqls.map(({ serverName: name, url, certificate }) => ({
      [`${PREFIX}ksql.${name}.url`]: url,
      [`${PREFIX}ksql.${name}.advertised.url`]: url,
      ...prefixed(`${PREFIX}ksql.${name}.`, trustSettings(certificate?.issuer)),
    })),
  ) as { [setting: string]: string };
}

function trustSettings(trust?: TrustedCertificates): { [setting: string]: string } {
  return trust ? { 'ssl.truststore.type': 'PEM', 'ssl.truststore.location': trustPath(trust) } : {};
}
