import { SecurityProtocol } from '../../access/protocol';
import { KafkaConnection } from '../../connection/kafka-connection';
import { secretPath } from '../../connection/client-files';
import { LibrdkafkaSettings } from '../../connection/librdkafka-settings';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { SecretKey } from '../../secrets/secret-key';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { EngineFile, keyFile, trustFile } from './engine-files';
import { PUBLIC_AUTHORITIES, SingleStoreEngine } from './singlestore-engine';
import { sqlJson, sqlString, withoutMarks } from './sql-text';

/** How a statement reaches Kafka. */
export interface KafkaClauseProps {
  readonly engine: SingleStoreEngine;
  readonly connection: KafkaConnection;
  readonly topicName: string;
  readonly config: Readonly<Record<string, string>>;
  readonly keyPassword?: SecretKey;
  readonly registry?: ISchemaRegistry;
}

/** What a statement says of Kafka, and which secrets it has to be filled with. */
export interface KafkaClause {
  /** The lines from `KAFKA` on. */
  readonly lines: string[];
  /** The Secret keys whose values go into the statement. */
  readonly secrets: SecretKey[];
  /** Files that the engine's nodes cannot be given. */
  readonly missing: string[];
}

/** What librdkafka needs to be told and the engine does by itself, or has no setting for. */
const NOT_OF_THE_ENGINE = ['bootstrap.servers', 'ssl.ca.location', 'https.ca.location', 'sasl.oauthbearer.method'];

/**
 * The part of a statement that makes the connection to Kafka.
 *
 * The engine is librdkafka with settings of its own. Values that are secret stand in CREDENTIALS, which the engine shows
 * to nobody; here they are marks of files.
 *
 * @see SingleStore 9.0, "CREATE PIPELINE", "SELECT", "Load Data from Kafka"
 */
export function kafkaClause(props: KafkaClauseProps): KafkaClause {
  const { engine, connection, topicName, config, keyPassword, registry } = props;
  const { settings } = LibrdkafkaSettings.render(connection);
  const missing: string[] = [];
  const places = new Map(
    nodeFiles(connection).map(({ path, file }): [string, string] => {
      const place = engine._pathOf(file);
      if (place === undefined) missing.push(file.parts.join(', '));
      return [path, place ?? path];
    }),
  );
  const own = Object.entries(settings)
    .filter(([setting]) => !NOT_OF_THE_ENGINE.includes(setting))
    .map(([setting, value]): [string, string] => [setting, places.get(value) ?? value]);
  const secrets = { ...secretSettings(connection), ...(keyPassword ? { 'ssl.key.password': keyPassword } : {}) };
  const values = {
    ...Object.fromEntries(own),
    ...tokenSettings(connection),
    ...trustSettings(engine, connection, registry),
    ...config,
  };
  const files = Object.fromEntries(Object.entries(secrets).map(([setting, key]) => [setting, secretPath(key)]));
  return {
    lines: [
      `KAFKA ${withoutMarks(sqlString(`${connection.bootstrapServers}/${topicName}`))}`,
      `CONFIG ${sqlJson(values)}`,
      ...(Object.keys(files).length > 0 ? [`CREDENTIALS ${sqlJson({}, files)}`] : []),
    ],
    secrets: Object.values(secrets),
    missing,
  };
}

/** The files that the nodes read, each under the path that settings for a pod of Kubernetes have for it. */
function nodeFiles({ credentials }: KafkaConnection): { readonly path: string; readonly file: EngineFile }[] {
  const details = credentials._details;
  switch (details.kind) {
    case 'certificate':
      return [details.certificate.certificate, details.certificate.privateKey].map(atKey);
    case 'kerberos':
      return [details.kerberos.keytab, ...(details.kerberos.krb5Conf ? [details.kerberos.krb5Conf] : [])].map(atKey);
    case 'none':
    case 'password':
    case 'oauth':
      return [];
  }
}

function atKey(key: SecretKey): { readonly path: string; readonly file: EngineFile } {
  return { path: secretPath(key), file: keyFile(key) };
}

/** The settings whose values are secret. */
function secretSettings({ credentials }: KafkaConnection): Record<string, SecretKey> {
  const details = credentials._details;
  switch (details.kind) {
    case 'password':
      return { 'sasl.password': details.password };
    case 'oauth':
      return { 'sasl.oauthbearer.client.secret': details.oauth.clientSecret };
    case 'none':
    case 'certificate':
    case 'kerberos':
      return {};
  }
}

/** The engine asks for tokens by itself, and encodes what it sends. */
function tokenSettings({ credentials: { _details: details } }: KafkaConnection): Record<string, string> {
  if (details.kind !== 'oauth') return {};
  const { clientId, scope } = details.oauth;
  return {
    'sasl.oauthbearer.client.id': clientId,
    ...(scope === undefined ? {} : { 'sasl.oauthbearer.scope': scope }),
  };
}

/** The engine knows brokers and token endpoint by one file. */
function trustSettings(
  engine: SingleStoreEngine,
  { securityProtocol, trust, credentials }: KafkaConnection,
  registry?: ISchemaRegistry,
): Record<string, string> {
  const details = credentials._details;
  const ofTokens = details.kind === 'oauth' && details.oauth.trust ? [details.oauth.trust] : [];
  const authorities = [...(trust ? [trust] : []), ...ofTokens];
  const encrypted = [SecurityProtocol.SSL, SecurityProtocol.SASL_SSL].includes(securityProtocol);
  return {
    ...(encrypted || authorities.length > 0 ? { 'ssl.ca.location': authoritiesPath(engine, authorities) } : {}),
    ...(registry?.trust ? { 'schema.registry.ssl.ca.location': authoritiesPath(engine, [registry.trust]) } : {}),
  };
}

function authoritiesPath(engine: SingleStoreEngine, authorities: readonly TrustedCertificates[]): string {
  return authorities.length === 0 ? PUBLIC_AUTHORITIES : engine._trustPath(trustFile(authorities));
}
