import { Chart } from 'cdk8s';
import {
  ClientCredentials,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  KafkaConnection,
  KsqlDbServer,
  KsqlDbServerProps,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { Manifest, find, synth } from '../../support/synth';
import { parseProperties } from '../confluent/parse-properties';
import { certificate } from '../world';

/** A password of letters and digits. */
export const PASSWORD = SecretKey.existing('ksql', 'password', { alphanumeric: true });

/** A Kafka elsewhere that takes these credentials, and a user with them. */
export function userOf(chart: Chart, credentials: ClientCredentials, id = 'kafka'): ExternalKafkaUser {
  const { saslMechanism } = credentials;
  const byCertificate = credentials._name() !== undefined && saslMechanism === undefined;
  const kafka = new ExternalKafka(chart, id, {
    bootstrapServers: [`${id}.example.com:9093`],
    authentication:
      saslMechanism === undefined
        ? byCertificate
          ? ExternalKafkaAuthentication.tls()
          : ExternalKafkaAuthentication.none()
        : ExternalKafkaAuthentication.sasl([saslMechanism]),
    trust: TrustedCertificates.fromSecret('kafka-ca', 'ca.crt'),
  });
  return new ExternalKafkaUser(chart, `${id}-ksql`, { kafka, credentials, userName: credentials._name() ?? 'ksql' });
}

/** How such a user reaches its Kafka. */
export function connect(chart: Chart, credentials = SCRAM, id = 'kafka'): KafkaConnection {
  const user = userOf(chart, credentials, id);
  return new KafkaConnection(chart, `${id}-connection`, { listener: chart.node.findChild(id) as ExternalKafka, user });
}

export const SCRAM = ClientCredentials.scramSha512('ksql', PASSWORD);

/** The certificate of a server named `ksqldb`. */
export const TLS = certificate(KsqlDbServer.dnsNames('ksqldb', 'flink'));

/** A server named `ksqldb` that speaks HTTPS and logs in by SCRAM. */
export function server(chart: Chart, props: Partial<KsqlDbServerProps> = {}): KsqlDbServer {
  const connection = props.connection ?? connect(chart);
  const own = 'certificate' in props || 'unencrypted' in props || 'queries' in props ? {} : { certificate: TLS };
  return new KsqlDbServer(chart, 'ksqldb', { ...own, ...props, connection });
}

/** The settings of the server, by name. */
export function settingsOf(manifests: readonly Manifest[]): Record<string, string> {
  return parseProperties(find(manifests, 'ConfigMap').data['ksql-server.properties']);
}

/** The settings of a server. */
export function settings(build: (chart: Chart) => Partial<KsqlDbServerProps>): Record<string, string> {
  return settingsOf(synth((chart) => server(chart, build(chart))));
}

/** What is left of the names of settings that begin with `prefix`, and their values. */
export function below(prefix: string, all: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}
