import { stringify } from 'yaml';
import { AclOperation, AclResource } from '../../access/acl';
import { IKafkaUser } from '../../access/kafka-user';
import { SecurityProtocol } from '../../access/protocol';
import { ClientFiles } from '../../connection/client-files';
import { KafkaConnection } from '../../connection/kafka-connection';
import { LibrdkafkaSettings } from '../../connection/librdkafka-settings';
import { SecretKey } from '../../secrets/secret-key';
import { MilvusImage, isAtLeast } from './milvus-image';

/** A part of `milvus.yaml`. Every value is text: what looks like another type is quoted when it is written. */
export interface MilvusSettings {
  readonly [key: string]: string | readonly string[] | MilvusSettings;
}

/** What Milvus is told about Kafka: settings, and secret values by the variable that overrides a setting. */
export interface MilvusKafkaSettings {
  readonly settings: MilvusSettings;
  readonly secrets: Readonly<Record<string, SecretKey>>;
}

/** The user that the image is made for. */
export const MILVUS_USER = 999;

/** The settings of Milvus's own that stand for one of librdkafka. Each is both for its producers and its consumers. */
const OWN_SETTINGS: Readonly<Record<string, string>> = {
  'bootstrap.servers': 'brokerList',
  'security.protocol': 'securityProtocol',
  'sasl.username': 'saslUsername',
};
const OWN_TLS_SETTINGS: Readonly<Record<string, string>> = {
  'ssl.ca.location': 'tlsCaCert',
  'ssl.certificate.location': 'tlsCert',
  'ssl.key.location': 'tlsKey',
};

/** What librdkafka knows, and the releases that Milvus is linked to do not. */
const UNKNOWN_SETTINGS = ['https.ca.location'];

/**
 * The settings with which Milvus makes a connection to Kafka.
 *
 * What Milvus has a name for is written under that name. All else is passed through to librdkafka, once for producers
 * and once for consumers.
 *
 * @see Milvus 2.6.7, pkg/util/paramtable/service_param.go (KafkaConfig), pkg/streaming/walimpls/impls/kafka/builder.go
 */
export function kafkaSettings(connection: KafkaConnection): MilvusKafkaSettings {
  const { settings } = LibrdkafkaSettings.render(connection);
  const passwordLogin = connection.credentials._details.kind === 'password';
  const own: Record<string, string> = {};
  const tls: Record<string, string> = {};
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(settings)) {
    if (UNKNOWN_SETTINGS.includes(name)) continue;
    if (name in OWN_SETTINGS) own[OWN_SETTINGS[name]] = value;
    else if (name in OWN_TLS_SETTINGS) tls[OWN_TLS_SETTINGS[name]] = value;
    // Milvus passes its own setting on only together with a user name and a password.
    else if (name === 'sasl.mechanism' && passwordLogin) own.saslMechanisms = value;
    else passed[name] = value;
  }
  // Without it librdkafka would look for public authorities where the machine that it was built on has them.
  if (isEncrypted(connection) && !connection.trust) passed['ssl.ca.location'] = 'probe';
  const passThrough: MilvusSettings = Object.keys(passed).length > 0 ? { producer: passed, consumer: passed } : {};
  const kafka: MilvusSettings = {
    ...own,
    ssl: { enabled: String(Object.keys(tls).length > 0), ...tls },
    ...passThrough,
  };
  return { settings: { mq: { type: 'kafka' }, kafka }, secrets: secretSettings(connection) };
}

/**
 * Variables that override settings. Milvus reads a setting of its own from the variable that is spelt like it, and what
 * it passes through from one whose name is exactly that of the setting.
 *
 * @see Milvus 2.6.7, pkg/config/env_source.go, pkg/config/manager.go
 */
function secretSettings({ credentials: { _details: details } }: KafkaConnection): Record<string, SecretKey> {
  switch (details.kind) {
    case 'password':
      return { KAFKA_SASLPASSWORD: details.password };
    case 'oauth':
      return Object.fromEntries(
        ['producer', 'consumer'].map((side) => [
          `kafka.${side}.sasl.oauthbearer.client.secret`,
          details.oauth.clientSecret,
        ]),
      );
    case 'none':
    case 'certificate':
    case 'kerberos':
      return {};
  }
}

/** The names of the channels and their number. */
export function channelSettings(prefix: string, channels: number): MilvusSettings {
  return {
    msgChannel: { chanNamePrefix: { cluster: prefix } },
    rootCoord: { dmlChannelNum: String(channels) },
  };
}

/** The topics of the channels: each has one partition. */
export function channelTopics(prefix: string, channels: number, image: MilvusImage): string[] {
  const topics = Array.from(
    { length: Math.max(0, Math.min(channels, 4096)) },
    (_, n) => `${prefix}-rootcoord-dml_${n}`,
  );
  return hasStreamingNode(image) ? topics : [...topics, `${prefix}-replicate-msg`];
}

/** Gives a user what Milvus needs, measured with an authorizer that denies everything else. */
export function grantChannels(user: IKafkaUser, prefix: string, image: MilvusImage, createsTopics: boolean): void {
  user.addAcl({
    resource: AclResource.topicPrefix(`${prefix}-`),
    operations: [AclOperation.READ, AclOperation.WRITE, ...(createsTopics ? [AclOperation.CREATE] : [])],
  });
  const groups = hasStreamingNode(image) ? [`${prefix}-`] : [`${prefix}-`, 'datanode-', 'querynode-'];
  for (const group of groups) {
    user.addAcl({ resource: AclResource.groupPrefix(group), operations: [AclOperation.READ] });
  }
}

/** The files that Milvus needs for its connection. Passwords reach it by its environment. */
export function kafkaFiles({ trust, credentials: { _details: details } }: KafkaConnection): ClientFiles {
  const files = ClientFiles.of([]);
  if (trust) files.addTrust(trust);
  if (details.kind === 'certificate') {
    files.addKey(details.certificate.certificate);
    files.addKey(details.certificate.privateKey);
  }
  return files;
}

/** Several parts of `milvus.yaml` as one. */
export function mergedSettings(...parts: readonly MilvusSettings[]): MilvusSettings {
  return parts.reduce((merged, part) => {
    const both = Object.entries(part).map(([key, value]) => [key, mergedValue(merged[key], value)]);
    return { ...merged, ...(Object.fromEntries(both) as MilvusSettings) };
  }, {});
}

/** The text of a YAML file. All texts are quoted: Milvus would take a password `y` for a truth, and `1e3` for a number. */
export function yamlText(settings: object): string {
  return stringify(settings, {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'PLAIN',
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}

function mergedValue(
  first: MilvusSettings[string] | undefined,
  second: MilvusSettings[string],
): MilvusSettings[string] {
  return isSettings(first) && isSettings(second) ? mergedSettings(first, second) : second;
}

function isSettings(value: MilvusSettings[string] | undefined): value is MilvusSettings {
  return typeof value === 'object' && !Array.isArray(value);
}

function isEncrypted({ securityProtocol }: KafkaConnection): boolean {
  return securityProtocol === SecurityProtocol.SSL || securityProtocol === SecurityProtocol.SASL_SSL;
}

/** Since 2.6 one kind of node does all writing and reading; before, each kind had consumers of its own. */
function hasStreamingNode({ version }: MilvusImage): boolean {
  return version === undefined || isAtLeast(version, '2.6.0');
}
