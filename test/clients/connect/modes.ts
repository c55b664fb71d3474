import { Chart } from 'cdk8s';
import {
  ClientCredentials,
  ExistingCertificate,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaUser,
  KafkaConnection,
  SaslMechanism,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';

const trust = TrustedCertificates.fromSecret('kafka-ca', 'ca.crt');
const password = SecretKey.existing('login', 'password', { alphanumeric: true });
const sasl = (mechanism: SaslMechanism) => ExternalKafkaAuthentication.sasl([mechanism]);

interface Mode {
  readonly credentials: ClientCredentials;
  readonly authentication: ExternalKafkaAuthentication;
  readonly tls?: boolean;
}

/** Every way to log in to a Kafka of others. */
export const MODES: Record<string, Mode> = {
  plaintext: {
    credentials: ClientCredentials.none(),
    authentication: ExternalKafkaAuthentication.none(),
    tls: false,
  },
  TLS: { credentials: ClientCredentials.none(), authentication: ExternalKafkaAuthentication.none() },
  'mutual TLS': {
    credentials: ClientCredentials.certificate(
      new ExistingCertificate({
        commonName: 'me',
        certificate: SecretKey.existing('me', 'tls.crt'),
        privateKey: SecretKey.existing('me', 'tls.key'),
        issuer: trust,
      }),
    ),
    authentication: ExternalKafkaAuthentication.tls(),
  },
  PLAIN: { credentials: ClientCredentials.plain('me', password), authentication: sasl(SaslMechanism.PLAIN) },
  'SCRAM-SHA-256': {
    credentials: ClientCredentials.scramSha256('me', password),
    authentication: sasl(SaslMechanism.SCRAM_SHA_256),
  },
  'SCRAM-SHA-512': {
    credentials: ClientCredentials.scramSha512('me', password),
    authentication: sasl(SaslMechanism.SCRAM_SHA_512),
  },
  OAUTHBEARER: {
    credentials: ClientCredentials.oauth({
      tokenEndpointUri: 'https://idp.example.com/token',
      clientId: 'me',
      clientSecret: password,
      trust: TrustedCertificates.fromSecret('idp-ca', 'ca.crt'),
      scope: 'kafka',
    }),
    authentication: sasl(SaslMechanism.OAUTHBEARER),
  },
  GSSAPI: {
    credentials: ClientCredentials.kerberos({
      principal: 'me@EXAMPLE.COM',
      keytab: SecretKey.existing('kerberos', 'me.keytab'),
      krb5Conf: SecretKey.existing('realm', 'krb5.conf'),
    }),
    authentication: sasl(SaslMechanism.GSSAPI),
  },
};

/** How somebody reaches a Kafka of others. */
export function external(chart: Chart, mode: string): KafkaConnection {
  const { credentials, authentication, tls = true } = MODES[mode];
  const kafka = new ExternalKafka(chart, 'theirs', {
    bootstrapServers: ['kafka.example.com:9093'],
    authentication,
    tls,
    trust: tls ? trust : undefined,
  });
  const user =
    mode === 'plaintext' || mode === 'TLS' ? undefined : new ExternalKafkaUser(chart, 'me', { kafka, credentials });
  return new KafkaConnection(chart, 'connection', { listener: kafka, user });
}
