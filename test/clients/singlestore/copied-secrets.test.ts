import { Chart, Duration } from 'cdk8s';
import { faults, find, synth, testChart } from '../../support/synth';
import { World } from '../world';
import { LOGINS, cloud, cluster, connect, exported, pipeline } from './world';

const NAME = 'sdb-additional-secrets';

const byCertificate = (chart: Chart, props: Parameters<typeof cluster>[1] = {}) => {
  const world = new World(chart);
  const ends = { connection: world.connect(world.user('etl')), topic: world.topic };
  const engine = cluster(chart, props);
  pipeline(chart, engine, ends);
  exported(chart, engine, ends);
  return engine;
};

const kinds = (build: (chart: Chart) => void) => synth(build).map(({ kind }) => kind);

test('the additional Secret holds each file of each connection, once', () => {
  const { spec } = find(synth(byCertificate), 'ExternalSecret');
  expect(spec.target).toMatchObject({ name: NAME, creationPolicy: 'Owner' });
  expect(spec.target.template).toEqual({
    engineVersion: 'v2',
    mergePolicy: 'Replace',
    data: {
      'etl_user.crt': '{{ index . "etl_user.crt" }}',
      'etl_user.key': '{{ index . "etl_user.key" }}',
      'my-cluster-cluster-ca-cert.crt':
        '{{ range $key, $text := . }}{{ if and (hasPrefix "my-cluster-cluster-ca-cert_" $key) (hasSuffix ".crt" $key) }}{{ $text }}{{ "\\n" }}{{ end }}{{ end }}',
    },
  });
  expect(spec.data).toEqual([
    { secretKey: 'etl_user.crt', remoteRef: { key: 'etl', property: 'user.crt' } },
    { secretKey: 'etl_user.key', remoteRef: { key: 'etl', property: 'user.key' } },
  ]);
  expect(spec.dataFrom).toEqual([
    {
      extract: { key: 'my-cluster-cluster-ca-cert' },
      rewrite: [{ regexp: { source: '^', target: 'my-cluster-cluster-ca-cert_' } }],
    },
  ]);
  expect(spec.refreshInterval).toBe('5m');
});

test('the authorities of brokers and tokens are one file', () => {
  const { spec } = find(
    synth((chart) => pipeline(chart, cluster(chart), connect(chart, LOGINS.oauth))),
    'ExternalSecret',
  );
  expect(spec.target.template.data).toEqual({
    'company-ca_ca.crt__sso-ca_ca.crt':
      '{{ index . "company-ca_ca.crt" }}{{ "\\n" }}{{ index . "sso-ca_ca.crt" }}{{ "\\n" }}',
  });
  expect(spec.dataFrom).toBeUndefined();
});

test('the operator reads the Secrets by an account that may get these and no other', () => {
  const manifests = synth(byCertificate);
  expect(find(manifests, 'SecretStore').spec.provider.kubernetes).toMatchObject({
    remoteNamespace: 'flink',
    auth: { serviceAccount: { name: NAME } },
  });
  expect(find(manifests, 'Role').rules).toEqual([
    { apiGroups: [''], resources: ['secrets'], resourceNames: ['etl', 'my-cluster-cluster-ca-cert'], verbs: ['get'] },
  ]);
  expect(find(manifests, 'RoleBinding')).toMatchObject({
    roleRef: { kind: 'Role', name: NAME },
    subjects: [{ kind: 'ServiceAccount', name: NAME, namespace: 'flink' }],
  });
  expect(find(manifests, 'ServiceAccount').automountServiceAccountToken).toBe(false);
});

test('nothing is copied for connections without files, or if somebody else does it', () => {
  const plain = { ...LOGINS.plain, kafka: { trust: undefined } };
  expect(kinds((chart) => pipeline(chart, cluster(chart), connect(chart, plain)))).not.toContain('ExternalSecret');
  expect(kinds((chart) => pipeline(chart, cloud(chart), connect(chart, LOGINS.plain)))).not.toContain('ExternalSecret');
  expect(kinds((chart) => byCertificate(chart, { copySecrets: false }))).not.toContain('SecretStore');
});

test('whoever copies by other means is told what', () => {
  expect(byCertificate(testChart(), { copySecrets: false }).files).toEqual({
    'etl_user.crt': 'flink/etl:user.crt',
    'etl_user.key': 'flink/etl:user.key',
    'my-cluster-cluster-ca-cert.crt': 'flink/my-cluster-cluster-ca-cert:*.crt',
  });
});

test('certificates may be copied as soon as wanted', () => {
  const manifests = synth((chart) => byCertificate(chart, { refreshInterval: Duration.seconds(30) }));
  expect(find(manifests, 'ExternalSecret').spec.refreshInterval).toBe('30s');
});

test('no rule is broken', () => {
  expect(faults(byCertificate)).toEqual([]);
});
