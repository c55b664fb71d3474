import { Duration } from 'cdk8s';
import {
  AclOperation,
  AclPermission,
  AclResource,
  KafkaAuthorization,
  KafkaUser,
  KafkaUserProps,
  SecretKey,
  UserAuthentication,
} from '../../lib';
import { find, synth, testChart } from '../support/synth';
import { COMPANY_CA, certificate, cluster, issuer, oauthClient } from '../support/worlds';

/** A user of a cluster whose users' Secrets have a prefix, and what becomes of it. */
function user(props: Partial<KafkaUserProps>, change: (made: KafkaUser) => void = () => {}) {
  let made!: KafkaUser;
  const manifests = synth((chart) => {
    // Without authorization no user is asked for a listener that takes it.
    const authorization = props.quotas ? undefined : KafkaAuthorization.none();
    const of = cluster(chart, { authorization, entityOperator: { userSecretPrefix: 'kafka-' } });
    made = new KafkaUser(chart, 'my-user', { cluster: of, authentication: UserAuthentication.tls(), ...props });
    change(made);
  });
  return { made, manifest: find(manifests, 'KafkaUser') };
}

const days = (count: number) => Duration.days(count);

test.each<[string, UserAuthentication, object | undefined, string, string, string | undefined]>([
  ['tls', UserAuthentication.tls(), { type: 'tls' }, 'my-user', 'User:CN=my-user', 'kafka-my-user'],
  [
    'tls with its own days',
    UserAuthentication.tls({ validity: days(30), renewal: days(10) }),
    { type: 'tls', validityDays: 30, renewalDays: 10 },
    'my-user',
    'User:CN=my-user',
    'kafka-my-user',
  ],
  [
    'tlsExternal',
    UserAuthentication.tlsExternal(certificate()),
    { type: 'tls-external' },
    'my-user',
    'User:CN=my-user',
    undefined,
  ],
  [
    'scramSha512',
    UserAuthentication.scramSha512(),
    { type: 'scram-sha-512' },
    'my-user',
    'User:my-user',
    'kafka-my-user',
  ],
  [
    'scramSha512 with a password',
    UserAuthentication.scramSha512({ password: SecretKey.existing('login', 'password') }),
    { type: 'scram-sha-512', password: { valueFrom: { secretKeyRef: { name: 'login', key: 'password' } } } },
    'my-user',
    'User:my-user',
    'kafka-my-user',
  ],
  [
    'oauth',
    UserAuthentication.oauth(oauthClient()),
    undefined,
    'service-account-etl',
    'User:service-account-etl',
    undefined,
  ],
  [
    'oauth by another claim',
    UserAuthentication.oauth(oauthClient({ claims: undefined }), 'azp'),
    undefined,
    'etl',
    'User:etl',
    undefined,
  ],
  ['none', UserAuthentication.none(), undefined, 'my-user', 'User:my-user', undefined],
])('a user with authentication %s', (_, authentication, rendered, name, principal, secretName) => {
  const { made, manifest } = user({ authentication });
  expect(manifest.metadata).toEqual({ name, namespace: 'flink', labels: { 'strimzi.io/cluster': 'my-cluster' } });
  expect(manifest.spec.authentication).toEqual(rendered);
  expect([made.userName, made.principal.toString(), made.secretName]).toEqual([name, principal, secretName]);
});

describe('the credentials of a user', () => {
  const details = (authentication: UserAuthentication) => user({ authentication }).made.credentials._details;

  test('with a certificate are in the Secret that Strimzi makes', () => {
    const made = details(UserAuthentication.tls());
    if (made.kind !== 'certificate') throw new Error(made.kind);
    expect([made.certificate.certificate, made.certificate.privateKey, made.certificate.issuer].map(String)).toEqual([
      'flink/kafka-my-user:user.crt',
      'flink/kafka-my-user:user.key',
      'flink/my-cluster-clients-ca-cert:*.crt',
    ]);
    expect(made.certificate.commonName).toBe('my-user');
  });

  test('with a certificate from elsewhere are that certificate', () => {
    const own = certificate();
    expect(details(UserAuthentication.tlsExternal(own))).toEqual({ kind: 'certificate', certificate: own });
    expect(details(UserAuthentication.tlsExternal())).toEqual({ kind: 'none' });
  });

  test('with a password are in the Secret that Strimzi makes', () => {
    const made = details(UserAuthentication.scramSha512({ password: SecretKey.existing('login', 'p') }));
    if (made.kind !== 'password') throw new Error(made.kind);
    expect([made.username, made.mechanism, made.password.toString()]).toEqual([
      'my-user',
      'SCRAM-SHA-512',
      'flink/kafka-my-user:password',
    ]);
  });

  test('with tokens are those of the client', () => {
    const made = details(UserAuthentication.oauth(oauthClient({ issuer: issuer({ trust: COMPANY_CA }) })));
    if (made.kind !== 'oauth') throw new Error(made.kind);
    expect({
      ...made.oauth,
      clientSecret: made.oauth.clientSecret.toString(),
      trust: made.oauth.trust?.toString(),
    }).toEqual({
      clientId: 'etl',
      clientSecret: 'etl-client:secret',
      tokenEndpointUri: 'https://sso.example.com/realms/kafka/token',
      trust: 'company-ca:ca.crt',
    });
  });

  test('that this app does not know are none', () => {
    expect(details(UserAuthentication.none())).toEqual({ kind: 'none' });
  });
});

test('quotas are written as they are given', () => {
  const quotas = { producerByteRate: 1048576, consumerByteRate: 0, requestPercentage: 55, controllerMutationRate: 0.5 };
  expect(user({ quotas }).manifest.spec.quotas).toEqual(quotas);
});

test('a user without rights has no authorization', () => {
  expect(Object.keys(user({}).manifest.spec)).toEqual(['authentication']);
});

test('rights are written in their smallest form', () => {
  const { READ, WRITE, DESCRIBE, ALTER } = AclOperation;
  const chart = testChart();
  const made = new KafkaUser(chart, 'my-user', { cluster: cluster(chart), authentication: UserAuthentication.tls() });
  made.addAcl({ resource: AclResource.topic('a'), operations: [DESCRIBE] });
  made.addAcl({ resource: AclResource.topic('a'), operations: [WRITE, READ] });
  made.addAcl({ resource: AclResource.groupPrefix('g-'), operations: [READ] });
  made.addAcl({ resource: AclResource.transactionalId('t'), operations: [WRITE], host: '10.0.0.7' });
  made.addAcl({ resource: AclResource.cluster(), operations: [ALTER], permission: AclPermission.DENY });
  expect(find(chart.toJson(), 'KafkaUser').spec.authorization).toEqual({
    type: 'simple',
    acls: [
      { resource: { type: 'topic', name: 'a', patternType: 'literal' }, operations: ['Read', 'Write'] },
      { resource: { type: 'group', name: 'g-', patternType: 'prefix' }, operations: ['Read'] },
      {
        host: '10.0.0.7',
        resource: { type: 'transactionalId', name: 't', patternType: 'literal' },
        operations: ['Write'],
      },
      { type: 'deny', resource: { type: 'cluster' }, operations: ['Alter'] },
    ],
  });
});
