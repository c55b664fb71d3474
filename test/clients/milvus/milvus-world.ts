import { Chart } from 'cdk8s';
import { parse } from 'yaml';
import {
  ClientCredentials,
  ExistingCertificate,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  KafkaConnection,
  MilvusCluster,
  MilvusClusterProps,
  MilvusHelmValues,
  MilvusHelmValuesProps,
  MilvusStandalone,
  MilvusStandaloneProps,
  OAuthCredentialsProps,
  SaslMechanism,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { World } from '../world';

/** The authority of the Kafka that is not ours. */
export const KAFKA_CA = TrustedCertificates.fromSecret('kafka-ca', 'ca.crt');
const PASSWORD = SecretKey.existing('kafka-login', 'password');

/** A connection to a Kafka of this app, by mutual TLS. */
export function ours(chart: Chart): KafkaConnection {
  const world = new World(chart);
  return world.connect(world.user('milvus-user'));
}

/** A connection to a Kafka that is not ours. */
export function theirs(
  chart: Chart,
  authentication: ExternalKafkaAuthentication,
  credentials: ClientCredentials,
  { tls = true, publicAuthority = false }: { tls?: boolean; publicAuthority?: boolean } = {},
): KafkaConnection {
  const kafka = new ExternalKafka(chart, 'elsewhere', {
    bootstrapServers: ['a.example.com:9093', 'b.example.com:9093'],
    authentication,
    tls,
    trust: tls && !publicAuthority ? KAFKA_CA : undefined,
    unencryptedCredentials: !tls && credentials.saslMechanism !== undefined,
  });
  const user =
    credentials._details.kind === 'none' ? undefined : new ExternalKafkaUser(chart, 'them', { kafka, credentials });
  return new KafkaConnection(chart, 'connection', { listener: kafka, user });
}

/** A connection to a Kafka that is not ours, by SASL over TLS. */
export function sasl(chart: Chart, credentials: ClientCredentials, options: { tls?: boolean } = {}): KafkaConnection {
  const authentication = ExternalKafkaAuthentication.sasl([credentials.saslMechanism as SaslMechanism]);
  return theirs(chart, authentication, credentials, options);
}

export const PLAIN = ClientCredentials.plain('milvus', PASSWORD);
export const SCRAM = ClientCredentials.scramSha512('milvus', PASSWORD);
export const KERBEROS = ClientCredentials.kerberos({
  principal: 'milvus@EXAMPLE.COM',
  keytab: SecretKey.existing('milvus-keytab', 'keytab'),
});

/** A login by tokens of `sso.example.com`. */
export function oauth(props: Partial<OAuthCredentialsProps> = {}): ClientCredentials {
  return ClientCredentials.oauth({
    tokenEndpointUri: 'https://sso.example.com/token',
    clientId: 'milvus client',
    clientSecret: SecretKey.existing('milvus-client', 'secret', { alphanumeric: true }),
    ...props,
  });
}

/** A certificate in the Secret `<name>`, issued by `company-ca`. */
export function certificate(name: string, dnsNames: string[] = [], namespace?: string): ExistingCertificate {
  return new ExistingCertificate({
    commonName: name,
    certificate: SecretKey.existing(name, 'tls.crt', { namespace }),
    privateKey: SecretKey.existing(name, 'tls.key', { namespace }),
    issuer: TrustedCertificates.fromSecret('company-ca', 'ca.crt'),
    dnsNames,
  });
}

export function standalone(chart: Chart, props: Partial<MilvusStandaloneProps> = {}): MilvusStandalone {
  const connection = props.connection ?? ours(chart);
  return new MilvusStandalone(chart, 'milvus', { unencrypted: props.certificate === undefined, ...props, connection });
}

export function cluster(chart: Chart, props: Partial<MilvusClusterProps> = {}): MilvusCluster {
  return new MilvusCluster(chart, 'milvus', { ...props, connection: props.connection ?? ours(chart) });
}

export function helm(chart: Chart, props: Partial<MilvusHelmValuesProps> = {}): MilvusHelmValues {
  return new MilvusHelmValues(chart, 'milvus', { ...props, connection: props.connection ?? ours(chart) });
}

/** The settings of a `milvus.yaml`, each by its whole name; what is passed through stands under two. */
export function flat(settings: unknown, prefix = ''): Record<string, unknown> {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return { [prefix]: settings };
  return Object.assign(
    {},
    ...Object.entries(settings).map(([key, value]) => flat(value, prefix === '' ? key : `${prefix}.${key}`)),
  ) as Record<string, unknown>;
}

/** What the `milvus.yaml` of a standalone Milvus says of Kafka. */
export function kafkaPart({ milvusYaml }: MilvusStandalone): Record<string, unknown> {
  const { kafka } = parse(milvusYaml) as { kafka: object };
  return flat(kafka);
}
