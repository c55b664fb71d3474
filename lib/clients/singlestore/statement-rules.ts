import { IKafkaTopic } from '../../access/kafka-topic';
import { KafkaConnection } from '../../connection/kafka-connection';
import { SecretKey } from '../../secrets/secret-key';
import { Rule, faultIf } from '../../validation/rule';
import { isSqlIdentifier } from '../flink/sql-literal';
import { SingleStoreEngine } from './singlestore-engine';

/** A statement that connects an engine to Kafka, and what it was made from. */
export interface SingleStoreStatement {
  /** What messages call it: `pipeline 'sales'`. */
  readonly label: string;
  readonly engine: SingleStoreEngine;
  readonly connection: KafkaConnection;
  readonly topic: IKafkaTopic;
  readonly config: Readonly<Record<string, string>>;
  /** The settings that `config` may hold. */
  readonly known: ReadonlySet<string>;
  readonly keyPassword?: SecretKey;
  /** Everything that the statement names in SQL, as people would call it, with the name. */
  readonly identifiers: readonly { readonly what: string; readonly name: string }[];
  /** Files that the engine's nodes cannot be given. */
  readonly missing: readonly string[];
}

const KEY_STORE = /\.(jks|p12|pfx|pkcs12|keystore|truststore)$/i;

const LONGEST_NAME = 64;

export const STATEMENT_RULES: readonly Rule<SingleStoreStatement>[] = [
  {
    id: 'singlestore-topic',
    holds: 'The topic of a statement is one of the cluster that it connects to.',
    remedy: 'declare the topic in the cluster of the connection',
    source: 'SingleStore 9.0, "CREATE PIPELINE": one URL names brokers and topic',
    faults: ({ label, topic, connection }) =>
      faultIf(
        topic.clusterId !== connection.listener.clusterId,
        `${label}: topic '${topic.topicName}' is of cluster '${topic.clusterName}', the connection of '${connection.listener.clusterName}'`,
      ),
  },
  {
    id: 'singlestore-namespace',
    holds:
      'A connection is for the namespace in which the nodes of the engine run, and the Secrets of a statement are there.',
    remedy: 'give the connection the namespace of the SingleStore cluster: namespace',
    source: 'SingleStore operator: the nodes of a cluster mount a Secret of its namespace',
    faults: ({ label, engine, connection }) => [
      ...faultIf(
        engine._nodeNamespace !== undefined && engine._nodeNamespace !== connection.namespace,
        `${label}: ${engine._label} is in namespace '${engine._nodeNamespace}', the connection in '${connection.namespace}'`,
      ),
      ...[engine.password, engine.trust]
        .filter(({ namespace }) => namespace !== undefined && namespace !== connection.namespace)
        .map((secret) => `${label}: a Job in namespace '${connection.namespace}' cannot mount ${secret.toString()}`),
    ],
  },
  {
    id: 'singlestore-name',
    holds: 'What a statement names has a name that SQL can have.',
    remedy: `give a name of 1 to ${LONGEST_NAME} characters, without line ends`,
    source: 'SingleStore 9.0, "Identifiers"',
    faults: ({ label, identifiers }) =>
      identifiers
        .filter(({ name }) => !isSqlIdentifier(name) || name.length > LONGEST_NAME)
        .map(({ what, name }) => `${label}: no ${what} can be named '${name}'`),
  },
  {
    id: 'singlestore-config',
    holds: 'The settings that a statement adds are known, and not among those that make the connection.',
    remedy: 'correct its name; protocol, addresses, certificates and credentials come from the connection',
    source: 'librdkafka 2.16.0, CONFIGURATION.md; SingleStore 9.0, "Load Data from Kafka"',
    faults: ({ label, config, known }) =>
      Object.keys(config)
        .filter((setting) => !known.has(setting))
        .map((setting) => `${label} cannot be given the setting '${setting}'`),
  },
  {
    id: 'singlestore-key-store',
    holds: 'The engine reads certificates and keys in PEM, never from key stores of Java.',
    remedy:
      "take the PEM keys of Strimzi's or cert-manager's Secrets, or convert it: keytool -importkeystore -srckeystore user.jks -destkeystore user.p12 -deststoretype PKCS12, then openssl pkcs12 -in user.p12 -clcerts -nokeys -out user.crt and openssl pkcs12 -in user.p12 -nocerts -noenc -out user.key",
    source: 'SingleStore 9.0, "Load Data from Kafka": JKS keys need to be converted to PEM',
    faults: ({ label, connection }) =>
      pemFiles(connection)
        .filter(({ key }) => KEY_STORE.test(key ?? ''))
        .map((file) => `${label} cannot read the key store ${file.toString()}`),
  },
  {
    id: 'singlestore-key-password',
    holds: 'A password of a private key belongs to a client certificate.',
    remedy: 'leave keyPassword out, or connect with a certificate',
    source: 'SingleStore 9.0, "Load Data from Kafka": ssl.key.password',
    faults: ({ label, connection, keyPassword }) =>
      faultIf(
        keyPassword !== undefined && connection.credentials._details.kind !== 'certificate',
        `${label} has a keyPassword and no private key`,
      ),
  },
  {
    id: 'singlestore-token-trust',
    holds: 'Brokers and token endpoint are both known by public authorities, or both by authorities that are named.',
    remedy: 'give trust for the token endpoint where the brokers have one, and for the brokers where it has',
    source: 'SingleStore 9.0, "Load Data from Kafka": tokens are asked for with the CA file of the pipeline',
    faults: ({ label, connection: { trust, credentials } }) => {
      const details = credentials._details;
      if (details.kind !== 'oauth' || !details.oauth.tokenEndpointUri.startsWith('https:')) return [];
      const { trust: ofTokens, tokenEndpointUri } = details.oauth;
      return [
        ...faultIf(
          trust !== undefined && ofTokens === undefined,
          `${label} knows the brokers by ${trust?.toString()} alone, and would not know ${tokenEndpointUri}`,
        ),
        ...faultIf(
          trust === undefined && ofTokens !== undefined,
          `${label} knows ${tokenEndpointUri} by ${ofTokens?.toString()} alone, and would not know the brokers`,
        ),
      ];
    },
  },
  {
    id: 'singlestore-cloud-file',
    holds: 'A workspace of the cloud service logs in to Kafka without files of its own.',
    remedy: 'log in by SCRAM, PLAIN or OAUTHBEARER, or use a SingleStoreCluster',
    source: 'SingleStore Helios, "Load Data from Kafka": authorities can be uploaded, and nothing else',
    faults: ({ label, engine, missing }) => missing.map((file) => `${label}: ${engine._label} cannot be given ${file}`),
  },
];

/** The files that the engine reads as PEM. */
function pemFiles({ trust, credentials }: KafkaConnection): { readonly key?: string; toString(): string }[] {
  const details = credentials._details;
  return [
    ...(trust ? [trust] : []),
    ...(details.kind === 'certificate' ? [details.certificate.certificate, details.certificate.privateKey] : []),
    ...(details.kind === 'oauth' && details.oauth.trust ? [details.oauth.trust] : []),
  ];
}
