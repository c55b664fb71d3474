import { KafkaAuthorization, ListenerAuthentication, Principal, UserAuthentication } from '../../lib';
import { find, synth } from '../support/synth';
import { COMPANY_CA, addListener, clusterWithNode, issuer, oauthClient, user } from '../support/worlds';

const superUsers = [Principal.commonName('admin'), Principal.named('ops')];
const AUTHORIZER = 'com.example.Authorizer';
const keycloak = (delegateToKafkaAcls?: boolean) =>
  KafkaAuthorization.keycloak({
    issuer: issuer({ trust: COMPANY_CA }),
    clientId: 'kafka',
    superUsers,
    delegateToKafkaAcls,
  });

function kafka(authorization?: KafkaAuthorization) {
  const manifests = synth((chart) => {
    const authentication = ListenerAuthentication.oauth({ issuer: issuer({ trust: COMPANY_CA }), audience: 'kafka' });
    addListener(clusterWithNode(chart, { authorization }), { authentication });
  });
  return find(manifests, 'Kafka').spec.kafka;
}

test.each<[string, KafkaAuthorization | undefined, object | undefined, boolean, boolean]>([
  ['the default', undefined, { type: 'simple' }, true, true],
  ['none', KafkaAuthorization.none(), undefined, false, false],
  [
    'simple',
    KafkaAuthorization.simple({ superUsers }),
    { type: 'simple', superUsers: ['CN=admin', 'ops'] },
    true,
    true,
  ],
  [
    'custom',
    KafkaAuthorization.custom({ authorizerClass: AUTHORIZER, superUsers }),
    { type: 'custom', authorizerClass: AUTHORIZER, supportsAdminApi: false, superUsers: ['CN=admin', 'ops'] },
    true,
    false,
  ],
  [
    'custom with Admin API',
    KafkaAuthorization.custom({ authorizerClass: AUTHORIZER, supportsAdminApi: true }),
    { type: 'custom', authorizerClass: AUTHORIZER, supportsAdminApi: true },
    true,
    true,
  ],
  [
    'keycloak',
    keycloak(),
    {
      type: 'custom',
      authorizerClass: 'io.strimzi.kafka.oauth.server.authorizer.KeycloakAuthorizer',
      supportsAdminApi: false,
      superUsers: ['CN=admin', 'ops'],
    },
    true,
    false,
  ],
  [
    'keycloak that delegates',
    keycloak(true),
    {
      type: 'custom',
      authorizerClass: 'io.strimzi.kafka.oauth.server.authorizer.KeycloakAuthorizer',
      supportsAdminApi: true,
      superUsers: ['CN=admin', 'ops'],
    },
    true,
    true,
  ],
])('%s', (_, authorization, rendered, enabled, takesAcls) => {
  expect(kafka(authorization).authorization).toEqual(rendered);
  const used = authorization ?? KafkaAuthorization.simple();
  expect([used.enabled, used.takesAcls]).toEqual([enabled, takesAcls]);
});

test.each([
  [false, 'false'],
  [true, 'true'],
])('Keycloak is told to the authorizer (delegating: %s)', (delegates, written) => {
  const { config, template } = kafka(keycloak(delegates));
  expect(config).toMatchObject({
    'principal.builder.class': 'io.strimzi.kafka.oauth.server.OAuthKafkaPrincipalBuilder',
    'strimzi.authorization.client.id': 'kafka',
    'strimzi.authorization.token.endpoint.uri': 'https://sso.example.com/realms/kafka/token',
    'strimzi.authorization.kafka.cluster.name': 'my-cluster',
    'strimzi.authorization.delegate.to.kafka.acl': written,
    'strimzi.authorization.ssl.truststore.location': '/mnt/company-ca/ca.crt',
    'strimzi.authorization.ssl.truststore.type': 'PEM',
  });
  expect(template.pod.volumes).toEqual([
    { name: 'company-ca', secret: { secretName: 'company-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
  ]);
});

test('other authorizers leave the settings of the brokers alone', () => {
  const settings = Object.keys(kafka(KafkaAuthorization.custom({ authorizerClass: AUTHORIZER })).config);
  expect(settings.filter((name) => /^(principal|strimzi)/.test(name))).toEqual([]);
});

test.each([
  [UserAuthentication.tls(), 'CN=my-user'],
  [UserAuthentication.tlsExternal(), 'CN=my-user'],
  [UserAuthentication.scramSha512(), 'my-user'],
  [UserAuthentication.oauth(oauthClient()), 'service-account-etl'],
  [UserAuthentication.none(), 'my-user'],
])('a user that may do everything is named by its principal (%#)', (authentication, name) => {
  const manifests = synth((chart) => {
    const cluster = clusterWithNode(chart, {
      authorization: KafkaAuthorization.simple({ superUsers: [Principal.ANONYMOUS] }),
    });
    const oauth = ListenerAuthentication.oauth({ issuer: issuer(), audience: 'kafka' });
    [ListenerAuthentication.tls(), ListenerAuthentication.scramSha512(), oauth].forEach((taken, i) =>
      addListener(cluster, { authentication: taken, port: 9093 + i }, `l${i}`),
    );
    cluster.addSuperUser(user(cluster, authentication).principal);
    expect(cluster.superUsers).toHaveLength(2);
  });
  expect(find(manifests, 'Kafka').spec.kafka.authorization.superUsers).toEqual(['ANONYMOUS', name]);
});
