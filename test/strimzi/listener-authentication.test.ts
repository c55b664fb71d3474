import { Duration } from 'cdk8s';
import { BrokerMount, CustomListenerProps, ListenerAuthentication, OAuthListenerProps, SecretKey } from '../../lib';
import { parseJaas, readPropertiesValue } from '../support/jaas';
import { find, synth } from '../support/synth';
import { COMPANY_CA, addListener, clusterWithNode, issuer } from '../support/worlds';

/** The Kafka resource of a cluster with one listener, named `tls`, for each authentication. */
function kafka(...authentications: ListenerAuthentication[]) {
  const manifests = synth((chart) => {
    const cluster = clusterWithNode(chart);
    authentications.forEach((authentication, i) =>
      addListener(cluster, { authentication, port: 9093 + i }, i === 0 ? 'tls' : `tls${i + 1}`),
    );
  });
  return find(manifests, 'Kafka').spec.kafka;
}
const listenerConfig = (authentication: ListenerAuthentication) =>
  kafka(authentication).listeners[0].authentication.listenerConfig;
const oauth = (props: Partial<OAuthListenerProps> = {}) =>
  ListenerAuthentication.oauth({ issuer: issuer(), audience: 'kafka', ...props });
const custom = (props: Partial<CustomListenerProps>) => ListenerAuthentication.custom({ sasl: false, ...props });

/** The options of a JAAS entry of a listener, as Kafka reads them from the file that Strimzi writes. */
function jaasOptions(authentication: ListenerAuthentication, setting = 'oauthbearer.sasl.jaas.config') {
  return parseJaas(readPropertiesValue(listenerConfig(authentication)[setting])).options;
}

const REALM = 'https://sso.example.com/realms/kafka';
const BEARER = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule';
const SECRET = SecretKey.existing('kafka-client', 'secret');

describe.each<[string, ListenerAuthentication, object | undefined, boolean]>([
  ['none', ListenerAuthentication.none(), undefined, false],
  ['tls', ListenerAuthentication.tls(), { type: 'tls' }, false],
  ['scramSha512', ListenerAuthentication.scramSha512(), { type: 'scram-sha-512' }, true],
  ['custom without SASL', custom({}), { type: 'custom', sasl: false, listenerConfig: {} }, false],
  [
    'custom with SASL',
    custom({ sasl: true, listenerConfig: { 'sasl.enabled.mechanisms': 'GSSAPI' } }),
    { type: 'custom', sasl: true, listenerConfig: { 'sasl.enabled.mechanisms': 'GSSAPI' } },
    true,
  ],
])('the authentication %s', (_, authentication, rendered, sasl) => {
  test('is rendered as the operator reads it', () => {
    expect(kafka(authentication).listeners[0].authentication).toEqual(rendered);
  });

  test('knows whether it is SASL', () => {
    expect(authentication.sasl).toBe(sasl);
  });

  test('needs nothing in the pods of the brokers', () => {
    const { pod, kafkaContainer } = kafka(authentication).template;
    expect([pod.volumes, kafkaContainer.volumeMounts, kafkaContainer.env]).toEqual([undefined, undefined, undefined]);
  });
});

describe('OAuth', () => {
  test('is a custom authentication with SASL', () => {
    const rendered = kafka(oauth({ issuer: issuer({ trust: COMPANY_CA }) })).listeners[0].authentication;
    expect(rendered).toEqual({
      type: 'custom',
      sasl: true,
      listenerConfig: {
        'sasl.enabled.mechanisms': 'OAUTHBEARER',
        'oauthbearer.sasl.server.callback.handler.class':
          'io.strimzi.kafka.oauth.server.JaasServerOauthValidatorCallbackHandler',
        'oauthbearer.sasl.jaas.config':
          `${BEARER} required unsecuredLoginStringClaim_sub="unused" oauth.valid.issuer.uri="${REALM}"` +
          ` oauth.jwks.endpoint.uri="${REALM}/certs" oauth.username.claim="preferred_username"` +
          ' oauth.client.id="kafka" oauth.check.audience="true" oauth.fail.fast="false"' +
          ' oauth.ssl.truststore.location="/mnt/company-ca/ca.crt" oauth.ssl.truststore.type="PEM" ;',
        'principal.builder.class': 'io.strimzi.kafka.oauth.server.OAuthKafkaPrincipalBuilder',
        'connections.max.reauth.ms': 3600000,
      },
    });
    expect(oauth().sasl).toBe(true);
  });

  test('checks tokens by their signature, their issuer and their audience', () => {
    expect(jaasOptions(oauth())).toEqual({
      unsecuredLoginStringClaim_sub: 'unused',
      'oauth.valid.issuer.uri': REALM,
      'oauth.jwks.endpoint.uri': `${REALM}/certs`,
      'oauth.username.claim': 'preferred_username',
      'oauth.client.id': 'kafka',
      'oauth.check.audience': 'true',
      'oauth.fail.fast': 'false',
    });
  });

  test('has an option for every property', () => {
    const options = jaasOptions(
      oauth({
        usernameClaim: 'sub',
        fallbackUsernameClaim: 'azp',
        fallbackUsernamePrefix: 'client-',
        customClaimCheck: "'kafka' in @.groups",
        groupsClaim: '$.groups',
        jwksRefresh: Duration.minutes(2),
        jwksExpiry: Duration.minutes(4),
        connectTimeout: Duration.seconds(5),
        readTimeout: Duration.seconds(6),
        failFast: true,
      }),
    );
    expect(options).toMatchObject({
      'oauth.username.claim': 'sub',
      'oauth.fallback.username.claim': 'azp',
      'oauth.fallback.username.prefix': 'client-',
      'oauth.custom.claim.check': "'kafka' in @.groups",
      'oauth.groups.claim': '$.groups',
      'oauth.jwks.refresh.seconds': '120',
      'oauth.jwks.expiry.seconds': '240',
      'oauth.connect.timeout.seconds': '5',
      'oauth.read.timeout.seconds': '6',
      'oauth.fail.fast': 'true',
    });
  });

  test('checks no audience where any is accepted', () => {
    const options = jaasOptions(oauth({ audience: undefined, acceptAnyAudience: true }));
    expect(Object.keys(options).filter((name) => /audience|client/.test(name))).toEqual([]);
  });

  test('looks tokens up with a secret that is in the environment only', () => {
    const authentication = oauth({
      issuer: issuer({ introspectionEndpointUri: `${REALM}/introspect` }),
      introspectionClientSecret: SECRET,
    });
    const options = jaasOptions(authentication);
    expect(options).toMatchObject({
      'oauth.introspection.endpoint.uri': `${REALM}/introspect`,
      'oauth.client.id': 'kafka',
      'oauth.client.secret': '${strimzienv:OAUTH_INTROSPECTION_SECRET_TLS}',
    });
    expect(Object.keys(options)).not.toContain('oauth.jwks.endpoint.uri');
    expect(kafka(authentication).template.kafkaContainer.env).toEqual([
      { name: 'OAUTH_INTROSPECTION_SECRET_TLS', valueFrom: { secretKeyRef: { name: 'kafka-client', key: 'secret' } } },
    ]);
  });

  test('takes client id and secret by SASL PLAIN as well', () => {
    const authentication = oauth({ oauthOverPlain: true });
    expect(listenerConfig(authentication)).toMatchObject({
      'sasl.enabled.mechanisms': 'OAUTHBEARER,PLAIN',
      'plain.sasl.server.callback.handler.class':
        'io.strimzi.kafka.oauth.server.plain.JaasServerOauthOverPlainValidatorCallbackHandler',
    });
    const { unsecuredLoginStringClaim_sub: _, ...others } = jaasOptions(authentication);
    expect(jaasOptions(authentication, 'plain.sasl.jaas.config')).toEqual({
      'oauth.token.endpoint.uri': `${REALM}/token`,
      ...others,
    });
    expect(parseJaas(listenerConfig(authentication)['plain.sasl.jaas.config']).module).toBe(
      'org.apache.kafka.common.security.plain.PlainLoginModule',
    );
  });

  test('asks for another token after some milliseconds', () => {
    expect(listenerConfig(oauth({ reauthentication: Duration.minutes(5) }))['connections.max.reauth.ms']).toBe(300000);
  });

  test('mounts the authority of the issuer, and nothing else of its Secret', () => {
    const { pod, kafkaContainer } = kafka(oauth({ issuer: issuer({ trust: COMPANY_CA }) })).template;
    expect(pod.volumes).toEqual([
      { name: 'company-ca', secret: { secretName: 'company-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
    ]);
    expect(kafkaContainer.volumeMounts).toEqual([{ name: 'company-ca', mountPath: '/mnt/company-ca', readOnly: true }]);
  });

  test('mounts the authority of two listeners once', () => {
    const both = oauth({ issuer: issuer({ trust: COMPANY_CA }) });
    expect(kafka(both, both).template.pod.volumes).toHaveLength(1);
  });

  test.each(['@.name == "a \\"b\\""', '@.name =~ /a\\d+/i', "'müller' in @.groups", 'a\nb'])(
    'has the claim check %j survive the properties file and the JAAS entry',
    (customClaimCheck) => {
      expect(jaasOptions(oauth({ customClaimCheck }))['oauth.custom.claim.check']).toBe(customClaimCheck);
    },
  );
});

describe('a custom authentication', () => {
  test('asks for certificates of an authority', () => {
    const { listeners, template } = kafka(custom({ trustedClients: COMPANY_CA }));
    expect(listeners[0].authentication).toEqual({
      type: 'custom',
      sasl: false,
      listenerConfig: {
        'ssl.client.auth': 'required',
        'ssl.truststore.type': 'PEM',
        'ssl.truststore.location': '/mnt/company-ca/ca.crt',
      },
    });
    expect(template.kafkaContainer.volumeMounts).toEqual([
      { name: 'company-ca', mountPath: '/mnt/company-ca', readOnly: true },
    ]);
  });

  test('lets its settings win over those of the authority', () => {
    const config = listenerConfig(
      custom({ trustedClients: COMPANY_CA, listenerConfig: { 'ssl.client.auth': 'requested' } }),
    );
    expect(config['ssl.client.auth']).toBe('requested');
  });

  test('mounts the files that its settings speak of', () => {
    const mounts = [BrokerMount.secret('kerberos', { keys: ['kafka.keytab'], path: '/mnt/krb' })];
    expect(kafka(custom({ mounts })).template.pod.volumes).toEqual([
      { name: 'kerberos', secret: { secretName: 'kerberos', items: [{ key: 'kafka.keytab', path: 'kafka.keytab' }] } },
    ]);
  });

  test('has Kafka read every value as it was given', () => {
    const rules = 'RULE:^CN=(.*?)\\.example\\.com,OU=Käse$/$1/L,DEFAULT';
    const config = listenerConfig(custom({ listenerConfig: { 'ssl.principal.mapping.rules': rules } }));
    expect(readPropertiesValue(config['ssl.principal.mapping.rules'])).toBe(rules);
  });
});
