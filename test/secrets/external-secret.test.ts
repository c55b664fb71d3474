import { Chart, Duration } from 'cdk8s';
import { ExternalSecret, ExternalSecretProps, SecretStoreKind } from '../../lib';
import { faults, find, synth, testChart } from '../support/synth';

const KEYS = { password: { remoteKey: 'kafka/keycloak', property: 'password' }, 'tls.key': { remoteKey: 'kafka-key' } };

function secret(chart: Chart, props: Partial<ExternalSecretProps> = {}): ExternalSecret {
  return new ExternalSecret(chart, 'keycloak-client', { storeName: 'vault', keys: KEYS, ...props });
}

test('an external secret is filled from a store', () => {
  expect(
    find(
      synth((chart) => secret(chart)),
      'ExternalSecret',
    ),
  ).toEqual({
    apiVersion: 'external-secrets.io/v1',
    kind: 'ExternalSecret',
    metadata: expect.objectContaining({ name: 'keycloak-client', namespace: 'flink' }),
    spec: {
      refreshInterval: '1h',
      secretStoreRef: { name: 'vault', kind: 'SecretStore' },
      target: { name: 'keycloak-client', creationPolicy: 'Owner' },
      data: [
        { secretKey: 'password', remoteRef: { key: 'kafka/keycloak', property: 'password' } },
        { secretKey: 'tls.key', remoteRef: { key: 'kafka-key' } },
      ],
    },
  });
});

test('it takes the kind of store, interval, name and namespace', () => {
  const objects = synth((chart) =>
    secret(chart, {
      storeKind: SecretStoreKind.CLUSTER_SECRET_STORE,
      refreshInterval: Duration.seconds(0),
      name: 'other',
      namespace: 'keycloak',
    }),
  );

  const { metadata, spec } = find(objects, 'ExternalSecret', 'other');
  expect(metadata.namespace).toBe('keycloak');
  expect(spec).toMatchObject({
    refreshInterval: '0s',
    secretStoreRef: { kind: 'ClusterSecretStore' },
    target: { name: 'other' },
  });
});

test('its keys are references to the Secret that it makes', () => {
  const key = secret(testChart()).key('password');

  expect(key.toString()).toBe('flink/keycloak-client:password');
  expect(key.external).toBe(false);
});

test('what is right has no faults', () => {
  expect(faults((chart) => secret(chart).key('tls.key'))).toEqual([]);
});

const FAULTS: [id: string, build: (chart: Chart) => void, messages: string[]][] = [
  [
    'external-secret-name',
    (chart) => secret(chart, { name: 'a_b', storeName: 'Vault' }),
    [
      "[test/keycloak-client] no ExternalSecret can be named 'a_b'; use lower-case letters, digits, dashes and dots (external-secret-name)",
      "[test/keycloak-client] no secret store can be named 'Vault'; use lower-case letters, digits, dashes and dots (external-secret-name)",
    ],
  ],
  [
    'external-secret-keys',
    (chart) => {
      secret(chart, { keys: {} });
      new ExternalSecret(chart, 'other', {
        storeName: 'vault',
        keys: { 'a b': { remoteKey: 'c' }, d: { remoteKey: '' } },
      });
    },
    [
      "[test/keycloak-client] external secret 'keycloak-client' has no keys; give keys such as { password: { remoteKey: 'kafka/keycloak' } } (external-secret-keys)",
      "[test/other] external secret 'other' cannot have a key 'a b'; give keys such as { password: { remoteKey: 'kafka/keycloak' } } (external-secret-keys)",
      "[test/other] external secret 'other' does not say what 'd' is called in the store; give keys such as { password: { remoteKey: 'kafka/keycloak' } } (external-secret-keys)",
    ],
  ],
  [
    'external-secret-undeclared-key',
    (chart) => secret(chart).key('toString'),
    [
      "[test/keycloak-client] external secret 'keycloak-client' has no key 'toString'; add it to keys (external-secret-undeclared-key)",
    ],
  ],
  [
    'external-secret-refresh',
    (chart) => secret(chart, { refreshInterval: Duration.hours(Infinity) }),
    [
      "[test/keycloak-client] external secret 'keycloak-client' has no interval to be read again at; give refreshInterval: Duration.hours(1), for example (external-secret-refresh)",
    ],
  ],
];

test.each(FAULTS)('fails by %s', (_id, build, messages) => {
  expect(faults(build)).toEqual(messages);
});
