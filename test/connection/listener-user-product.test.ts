import { App } from 'cdk8s';
import {
  JavaClientSettings,
  KafkaAuthorization,
  KafkaConnection,
  ListenerAuthentication,
  UserAuthentication,
} from '../../lib';
import { faultsOf, testChart } from '../support/synth';
import { COMPANY_CA, certificate, connect, issuer, listener, oauthClient, user } from '../support/worlds';

const oauth = { issuer: issuer(), audience: 'kafka' };
const sasl = (mechanism: string, module: string) =>
  ListenerAuthentication.custom({
    sasl: true,
    listenerConfig: {
      'sasl.enabled.mechanisms': mechanism,
      [`${mechanism.toLowerCase()}.sasl.jaas.config`]: `org.apache.kafka.common.security.${module} required ;`,
    },
  });

const LISTENERS = {
  none: ListenerAuthentication.none(),
  tls: ListenerAuthentication.tls(),
  scramSha512: ListenerAuthentication.scramSha512(),
  oauth: ListenerAuthentication.oauth(oauth),
  'oauth over plain': ListenerAuthentication.oauth({ ...oauth, oauthOverPlain: true }),
  'custom: nothing': ListenerAuthentication.custom({ sasl: false }),
  'custom: company CA': ListenerAuthentication.custom({ sasl: false, trustedClients: COMPANY_CA }),
  'custom: PLAIN': sasl('PLAIN', 'plain.PlainLoginModule'),
  'custom: SCRAM-SHA-256': sasl('SCRAM-SHA-256', 'scram.ScramLoginModule'),
  'custom: SCRAM-SHA-512': sasl('SCRAM-SHA-512', 'scram.ScramLoginModule'),
  'custom: OAUTHBEARER': sasl('OAUTHBEARER', 'oauthbearer.OAuthBearerLoginModule'),
};

const USERS = {
  nobody: undefined,
  tls: UserAuthentication.tls(),
  'tls of company CA': UserAuthentication.tlsExternal(certificate()),
  'tls from elsewhere': UserAuthentication.tlsExternal(),
  scramSha512: UserAuthentication.scramSha512(),
  oauth: UserAuthentication.oauth(oauthClient()),
  none: UserAuthentication.none(),
};

/** How each user (in the order of `USERS`) logs in to each listener; `-` where the connection is refused. */
const EXPECTED: Record<keyof typeof LISTENERS, string[]> = {
  //                       nobody  tls        company    elsewhere  scramSha512      oauth          none
  none: /*              */ ['open', '-', '-', '-', '-', '-', '-'],
  tls: /*               */ ['-', 'keystore', '-', '-', '-', '-', '-'],
  scramSha512: /*       */ ['-', '-', '-', '-', 'SCRAM-SHA-512', '-', '-'],
  oauth: /*             */ ['-', '-', '-', '-', '-', 'OAUTHBEARER', '-'],
  'oauth over plain': /**/ ['-', '-', '-', '-', '-', 'OAUTHBEARER', '-'],
  'custom: nothing': /* */ ['open', '-', '-', '-', '-', '-', '-'],
  'custom: company CA': /**/ ['-', '-', 'keystore', '-', '-', '-', '-'],
  'custom: PLAIN': /*   */ ['-', '-', '-', '-', '-', '-', '-'],
  'custom: SCRAM-SHA-256': ['-', '-', '-', '-', '-', '-', '-'],
  'custom: SCRAM-SHA-512': ['-', '-', '-', '-', 'SCRAM-SHA-512', '-', '-'],
  'custom: OAUTHBEARER': ['-', '-', '-', '-', '-', 'OAUTHBEARER', '-'],
};

function way(connection: KafkaConnection): string {
  const settings = JavaClientSettings.render(connection);
  return settings['sasl.mechanism'] ?? ('ssl.keystore.key' in settings ? 'keystore' : 'open');
}

describe.each(Object.entries(LISTENERS))('a listener with %s', (kind, authentication) => {
  test.each(
    Object.keys(USERS).map((name, column) => [name, EXPECTED[kind as keyof typeof LISTENERS][column]] as const),
  )('and the user %s: %s', (name, expected) => {
    const chart = testChart();
    const to = listener(chart, { authentication }, { authorization: KafkaAuthorization.none() });
    const offered = USERS[name as keyof typeof USERS];
    const connection = connect(chart, { listener: to, user: offered && user(to.cluster, offered) });
    const rules = faultsOf(App.of(chart)).map((message) => /\(([\w-]+)\)$/.exec(message)?.[1]);
    if (expected === '-') expect(rules).toEqual(['connection-credentials']);
    else expect({ rules, way: way(connection) }).toEqual({ rules: [], way: expected });
  });
});

describe('the protocol of a connection', () => {
  test.each<[boolean, keyof typeof LISTENERS, string]>([
    [true, 'none', 'SSL'],
    [false, 'none', 'PLAINTEXT'],
    [true, 'tls', 'SSL'],
    [true, 'scramSha512', 'SASL_SSL'],
    [false, 'scramSha512', 'SASL_PLAINTEXT'],
    [true, 'oauth', 'SASL_SSL'],
    [false, 'oauth', 'SASL_PLAINTEXT'],
    [true, 'custom: PLAIN', 'SASL_SSL'],
    [false, 'custom: PLAIN', 'SASL_PLAINTEXT'],
    [true, 'custom: nothing', 'SSL'],
    [false, 'custom: nothing', 'PLAINTEXT'],
  ])('with TLS %s and authentication %s is %s', (tls, kind, protocol) => {
    const chart = testChart();
    const connection = connect(chart, { listener: listener(chart, { tls, authentication: LISTENERS[kind] }) });
    expect(connection.securityProtocol).toBe(protocol);
    expect(JavaClientSettings.render(connection)['security.protocol']).toBe(protocol);
    expect(connection.trust?.secretName).toBe(tls ? 'my-cluster-cluster-ca-cert' : undefined);
  });
});
