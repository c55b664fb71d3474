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
  SecurityProtocol,
  TrustedCertificates,
} from '../../../lib';
import { LoginMode } from '../../../lib/connection/login-mode';
import { Settings } from './java-probe';
import { SelfRunListener, kerberosService, oneLine, plainUsers, saslListener } from './self-run-kafka';

/** Where the Kafka of the tests is. */
export const HOST = 'kafka.example.com';
/** Where its clients get their tokens. */
export const TOKENS = 'https://keycloak-service.flink.svc:8443/realms/kafka';

/** A password that every language between the Secret and a client has a use for. */
export const AWKWARD_PASSWORD = `p'a"s\\s $\{w} %&;#é`;
/** A password that means itself everywhere. */
export const PLAIN_PASSWORD = 'correct-horse.battery_staple';

/** A client, and whether its password needs no quoting. */
interface Login {
  readonly name: string;
  readonly secret: SecretKey;
}

/** The users: programs that cannot log in with everything log in as the second one. */
export const USERS: Readonly<Record<'any' | 'plain', Login>> = {
  any: { name: 'me', secret: SecretKey.existing('login', 'password') },
  plain: { name: 'operated', secret: SecretKey.existing('plain-login', 'password', { alphanumeric: true }) },
};

const CLUSTER_CA = TrustedCertificates.fromSecret('kafka-ca', 'ca.crt');
const CERTIFICATE = new ExistingCertificate({
  commonName: 'me',
  certificate: SecretKey.existing('client', 'tls.crt'),
  privateKey: SecretKey.existing('client', 'tls.key'),
  issuer: CLUSTER_CA,
});

/** What the broker is told of the world around it. */
export interface BrokerFiles {
  /** The authority of the clients' certificates, in PEM. */
  readonly clientsCa: string;
  /** The file with the authority of the token endpoint. */
  readonly tokensCa: string;
  readonly keytab: string;
}

/** A way to log in, on both sides. */
interface Mode {
  readonly tls: boolean;
  readonly authentication: ExternalKafkaAuthentication;
  readonly credentials: (login: Login) => ClientCredentials;
  readonly listener: (files: BrokerFiles) => Settings;
}

const PASSWORDS = { [USERS.any.name]: AWKWARD_PASSWORD, [USERS.plain.name]: PLAIN_PASSWORD };

function sasl(
  mechanism: SaslMechanism,
  credentials: (login: Login) => ClientCredentials,
  jaas: (files: BrokerFiles) => string | undefined = () => undefined,
  others: Settings = {},
): Mode {
  return {
    tls: true,
    authentication: ExternalKafkaAuthentication.sasl([mechanism]),
    credentials,
    listener: (files) => ({ ...saslListener(mechanism, jaas(files)), ...others }),
  };
}

const MODES: Record<LoginMode, Mode> = {
  plaintext: {
    tls: false,
    authentication: ExternalKafkaAuthentication.none(),
    credentials: () => ClientCredentials.none(),
    listener: () => ({}),
  },
  TLS: {
    tls: true,
    authentication: ExternalKafkaAuthentication.none(),
    credentials: () => ClientCredentials.none(),
    listener: () => ({}),
  },
  'mutual TLS': {
    tls: true,
    authentication: ExternalKafkaAuthentication.tls(),
    credentials: () => ClientCredentials.certificate(CERTIFICATE),
    listener: ({ clientsCa }) => ({
      'ssl.client.auth': 'required',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': oneLine(clientsCa),
    }),
  },
  'SASL PLAIN': sasl(
    SaslMechanism.PLAIN,
    ({ name, secret }) => ClientCredentials.plain(name, secret),
    () => plainUsers(PASSWORDS),
  ),
  'SASL SCRAM-SHA-256': sasl(SaslMechanism.SCRAM_SHA_256, ({ name, secret }) =>
    ClientCredentials.scramSha256(name, secret),
  ),
  'SASL SCRAM-SHA-512': sasl(SaslMechanism.SCRAM_SHA_512, ({ name, secret }) =>
    ClientCredentials.scramSha512(name, secret),
  ),
  'SASL OAUTHBEARER': sasl(
    SaslMechanism.OAUTHBEARER,
    ({ name, secret }) =>
      ClientCredentials.oauth({
        tokenEndpointUri: `${TOKENS}/protocol/openid-connect/token`,
        clientId: name,
        clientSecret: secret,
        trust: TrustedCertificates.fromSecret('keycloak-ca', 'ca.crt'),
      }),
    ({ tokensCa }) =>
      `org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ${[
        'unsecuredLoginStringClaim_sub="unused"',
        `oauth.jwks.endpoint.uri="${TOKENS}/protocol/openid-connect/certs"`,
        `oauth.valid.issuer.uri="${TOKENS}"`,
        'oauth.username.claim="azp"',
        // Kafka need not wait for Keycloak.
        'oauth.fail.fast="false"',
        'oauth.ssl.truststore.type="PEM"',
        `oauth.ssl.truststore.location="${tokensCa}"`,
      ].join(' ')};`,
    {
      'oauthbearer.sasl.server.callback.handler.class':
        'io.strimzi.kafka.oauth.server.JaasServerOauthValidatorCallbackHandler',
    },
  ),
  'SASL GSSAPI': sasl(
    SaslMechanism.GSSAPI,
    () =>
      ClientCredentials.kerberos({
        principal: 'me@EXAMPLE.COM',
        keytab: SecretKey.existing('kerberos', 'me.keytab'),
        krb5Conf: SecretKey.existing('realm', 'krb5.conf'),
      }),
    ({ keytab }) => kerberosService(HOST, keytab),
  ),
};

/** The listeners of the broker, one for each way to log in. */
export function listeners(files: BrokerFiles): Record<string, SelfRunListener> {
  return Object.fromEntries(
    Object.entries(MODES).map(([mode, { tls, authentication, listener }]) => {
      const isSasl = authentication._details.kind === 'sasl';
      const encrypted = isSasl ? SecurityProtocol.SASL_SSL : SecurityProtocol.SSL;
      const protocol = tls ? encrypted : SecurityProtocol.PLAINTEXT;
      return [listenerName(mode), { port: portOf(mode), protocol, settings: listener(files) }];
    }),
  );
}

/** How a program reaches Kafka by a way to log in, as the only user or as that whose password needs no quoting. */
export function connect(chart: Chart, mode: LoginMode, login: Login): KafkaConnection {
  const { tls, authentication, credentials } = MODES[mode];
  const kafka = new ExternalKafka(chart, 'theirs', {
    bootstrapServers: [`${HOST}:${portOf(mode)}`],
    authentication,
    tls,
    trust: tls ? CLUSTER_CA : undefined,
  });
  const isAnonymous = authentication._details.kind === 'none';
  const user = isAnonymous
    ? undefined
    : new ExternalKafkaUser(chart, 'user', { kafka, credentials: credentials(login) });
  return new KafkaConnection(chart, 'connection', { listener: kafka, user });
}

function portOf(mode: string): number {
  return 9110 + Object.keys(MODES).indexOf(mode);
}

function listenerName(mode: string): string {
  return mode.toUpperCase().replace(/\W/g, '_');
}
