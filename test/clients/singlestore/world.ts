import { Chart } from 'cdk8s';
import {
  ClientCredentials,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaProps,
  ExternalKafkaUser,
  IKafkaTopic,
  KafkaConnection,
  PipelineFormat,
  PipelineTarget,
  SaslMechanism,
  SecretKey,
  SingleStoreCloud,
  SingleStoreCluster,
  SingleStoreClusterProps,
  SingleStoreEngine,
  SingleStoreExport,
  SingleStoreExportProps,
  SingleStorePipeline,
  SingleStorePipelineProps,
  TrustedCertificates,
} from '../../../lib';
import { certificate } from '../../support/worlds';

/** What every engine of the tests has. */
export const LOGIN = {
  username: 'pipelines',
  password: SecretKey.existing('sdb-pipelines', 'password'),
  trust: TrustedCertificates.fromSecret('sdb-tls', 'ca.crt'),
};

export const PASSWORD = SecretKey.existing('kafka-login', 'password');
export const COMPANY = TrustedCertificates.fromSecret('company-ca', 'ca.crt');
export const KERBEROS = {
  principal: 'etl@EXAMPLE.COM',
  keytab: SecretKey.existing('etl-kerberos', 'user.keytab'),
  krb5Conf: SecretKey.existing('etl-kerberos', 'krb5.conf'),
};
export const OAUTH = {
  tokenEndpointUri: 'https://sso.example.com/token',
  clientId: 'etl client',
  clientSecret: SecretKey.existing('etl-client', 'secret'),
  trust: TrustedCertificates.fromSecret('sso-ca', 'ca.crt'),
  scope: 'kafka read',
};

/** A way to log in, with the Kafka that asks for it. */
export interface Login {
  readonly authentication: ExternalKafkaAuthentication;
  readonly credentials?: ClientCredentials;
  readonly kafka?: Partial<ExternalKafkaProps>;
}

const sasl = (mechanism: SaslMechanism) => ExternalKafkaAuthentication.sasl([mechanism]);

export const LOGINS = {
  plaintext: { authentication: ExternalKafkaAuthentication.none(), kafka: { tls: false, trust: undefined } },
  tls: { authentication: ExternalKafkaAuthentication.none() },
  mtls: {
    authentication: ExternalKafkaAuthentication.tls(),
    credentials: ClientCredentials.certificate(certificate()),
  },
  plain: { authentication: sasl(SaslMechanism.PLAIN), credentials: ClientCredentials.plain('etl', PASSWORD) },
  scram256: {
    authentication: sasl(SaslMechanism.SCRAM_SHA_256),
    credentials: ClientCredentials.scramSha256('etl', PASSWORD),
  },
  scram512: {
    authentication: sasl(SaslMechanism.SCRAM_SHA_512),
    credentials: ClientCredentials.scramSha512('etl', PASSWORD),
  },
  kerberos: { authentication: sasl(SaslMechanism.GSSAPI), credentials: ClientCredentials.kerberos(KERBEROS) },
  oauth: { authentication: sasl(SaslMechanism.OAUTHBEARER), credentials: ClientCredentials.oauth(OAUTH) },
} satisfies Record<string, Login>;

export function cluster(chart: Chart, props: Partial<SingleStoreClusterProps> = {}): SingleStoreCluster {
  return new SingleStoreCluster(chart, 'sdb', { ...LOGIN, ...props });
}

export function cloud(chart: Chart): SingleStoreCloud {
  return new SingleStoreCloud(chart, 'workspace', { ...LOGIN, host: 'svc.example.com' });
}

/** A connection to a Kafka that is not ours, and its topic. */
export function connect(chart: Chart, { authentication, credentials, kafka: props }: Login, id = 'kafka') {
  const kafka = new ExternalKafka(chart, id, {
    bootstrapServers: ['broker-1:9093', 'broker-2:9093'],
    authentication,
    trust: COMPANY,
    ...props,
  });
  const user = credentials && new ExternalKafkaUser(chart, `${id}-user`, { kafka, credentials });
  const connection = new KafkaConnection(chart, `${id}-connection`, { listener: kafka, user });
  return { connection, user, topic: kafka.topic('orders') };
}

interface Ends {
  readonly connection: KafkaConnection;
  readonly topic: IKafkaTopic;
}

export function pipeline(
  chart: Chart,
  engine: SingleStoreEngine,
  { connection, topic }: Ends,
  props: Partial<SingleStorePipelineProps> = {},
  id = 'orders',
): SingleStorePipeline {
  return new SingleStorePipeline(chart, id, {
    engine,
    connection,
    topic,
    database: 'shop',
    into: PipelineTarget.table('orders'),
    format: PipelineFormat.json({ id: 'id' }),
    ...props,
  });
}

export function exported(
  chart: Chart,
  engine: SingleStoreEngine,
  { connection, topic }: Ends,
  props: Partial<SingleStoreExportProps> = {},
  id = 'totals',
): SingleStoreExport {
  const query = 'SELECT * FROM orders';
  return new SingleStoreExport(chart, id, { engine, connection, topic, database: 'shop', query, ...props });
}
