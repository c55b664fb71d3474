import { ApiObject, App, Chart } from 'cdk8s';
import {
  DevelopmentCertificate,
  DevelopmentCertificateAuthority,
  ExternalSecret,
  KafkaCluster,
  KafkaClusterProps,
  SecretKey,
} from '../../lib';
import { SECRET_RULES } from '../../lib/checks/secret-rules';
import { describeRules } from '../support/rules';
import { TestState } from '../support/state';
import { faultsOf, testChart } from '../support/synth';
import { addListener, addNodes, cluster, emptyCluster, user } from '../support/worlds';

function secret(chart: Chart, name: string, fields: object = {}): void {
  new ApiObject(chart, 'secret', { apiVersion: 'v1', kind: 'Secret', metadata: { name }, ...fields });
}

function certificate(chart: Chart, secretName: string): void {
  const spec = { secretName };
  new ApiObject(chart, 'web', {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'web' },
    spec,
  });
}

function externalSecret(chart: Chart, name: string): void {
  new ExternalSecret(chart, 'external', { storeName: 'vault', name, keys: { password: { remoteKey: 'x' } } });
}

/** A user of a cluster without the construct for it. */
function rawUser(of: KafkaCluster, type: string): void {
  const metadata = { name: 'raw', labels: { 'strimzi.io/cluster': of.clusterName } };
  new ApiObject(Chart.of(of), 'raw', {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaUser',
    metadata,
    spec: { authentication: { type } },
  });
}

function keycloak(chart: Chart, spec: object = {}): void {
  cluster(chart);
  const resource = { apiVersion: 'k8s.keycloak.org/v2beta1', kind: 'Keycloak', metadata: { name: 'sso' }, spec };
  new ApiObject(chart, 'sso', resource);
}

const PREFIXED: KafkaClusterProps = { entityOperator: { userSecretPrefix: 'kafka-' } };

/** A certificate in a Secret that Strimzi makes for a cluster of three nodes in two pools, and in one that it does not. */
function reserved(name: string, clusterProps: KafkaClusterProps, free: string, freeProps: KafkaClusterProps = {}) {
  const declare = (chart: Chart, props: KafkaClusterProps, secretName: string): void => {
    addNodes(cluster(chart, props), { replicas: 2 }, 'more');
    certificate(chart, secretName);
  };
  const found = `the Secret 'flink/${name}' is made by the Certificate 'web' and by the Kafka 'my-cluster' of test/my-cluster`;
  return [
    (chart: Chart) => declare(chart, clusterProps, name),
    [`[test/web] ${found}`],
    (chart: Chart) => declare(chart, freeProps, free),
  ] as const;
}

const OWN_CAS: KafkaClusterProps = { clusterCa: { generate: false }, clientsCa: { generate: false } };

describeRules(SECRET_RULES, {
  'duplicate-secret': {
    remedy: 'give the user or the Secret another name, or the cluster an entityOperator.userSecretPrefix',
    cases: [
      [
        (chart) => {
          secret(chart, 'my-user');
          user(cluster(chart));
        },
        [
          "[test/my-user] the Secret 'flink/my-user' is made by the KafkaUser 'my-user' and by the Secret 'my-user' of test/secret",
        ],
        (chart) => {
          secret(chart, 'my-user');
          user(cluster(chart, PREFIXED));
        },
      ],
      [
        (chart) => {
          externalSecret(chart, 'kafka-my-user');
          user(cluster(chart, PREFIXED));
        },
        [
          "[test/my-user] the Secret 'flink/kafka-my-user' is made by the KafkaUser 'my-user' and by the ExternalSecret 'kafka-my-user' of test/external",
        ],
        (chart) => {
          externalSecret(chart, 'kafka-my-user');
          user(cluster(chart));
        },
      ],
      [
        (chart) => {
          user(cluster(chart), undefined, 'my-cluster-clients-ca');
        },
        [
          "[test/my-cluster-clients-ca] the Secret 'flink/my-cluster-clients-ca' is made by the KafkaUser 'my-cluster-clients-ca' and by the Kafka 'my-cluster' of test/my-cluster",
        ],
        (chart) => {
          user(cluster(chart), undefined, 'clients-ca');
        },
      ],
      reserved('my-cluster-cluster-ca', {}, 'my-cluster-cluster-ca', OWN_CAS),
      reserved('my-cluster-cluster-ca-cert', {}, 'my-cluster-cluster-ca-cert', OWN_CAS),
      reserved('my-cluster-clients-ca', {}, 'my-cluster-clients-ca', OWN_CAS),
      reserved('my-cluster-clients-ca-cert', {}, 'my-cluster-clients-ca-cert', OWN_CAS),
      reserved('my-cluster-trustbundle', OWN_CAS, 'my-cluster-trust'),
      reserved('my-cluster-cluster-operator-certs', {}, 'my-cluster-operator-certs'),
      reserved('my-cluster-entity-user-operator-certs', {}, 'my-cluster-entity-operator-certs'),
      reserved('my-cluster-entity-topic-operator-certs', {}, 'my-cluster-topic-operator-certs'),
      reserved('my-cluster-dual-role-2', {}, 'my-cluster-dual-role-3'),
      reserved('my-cluster-more-0', {}, 'my-cluster-less-0'),
      [
        (chart) => {
          certificate(chart, 'my-cluster-dual-role-0');
          cluster(chart);
        },
        [
          "[test/my-cluster] the Secret 'flink/my-cluster-dual-role-0' is made by the Kafka 'my-cluster' and by the Certificate 'web' of test/web",
        ],
        (chart) => {
          certificate(chart, 'my-cluster-far-0');
          const other = emptyCluster(chart, { clusterName: 'other' });
          addNodes(other, {}, 'far');
          addListener(other);
          cluster(chart);
        },
      ],
      [
        (chart) => {
          rawUser(cluster(chart), 'tls');
          certificate(chart, 'raw');
        },
        ["[test/web] the Secret 'flink/raw' is made by the Certificate 'web' and by the KafkaUser 'raw' of test/raw"],
        (chart) => {
          rawUser(cluster(chart), 'tls-external');
          certificate(chart, 'raw');
        },
      ],
      [
        (chart) => {
          keycloak(chart);
          certificate(chart, 'sso-initial-admin');
        },
        [
          "[test/web] the Secret 'flink/sso-initial-admin' is made by the Certificate 'web' and by the Keycloak 'sso' of test/sso",
        ],
        (chart) => {
          keycloak(chart, { bootstrapAdmin: { user: { secret: 'admin' } } });
          certificate(chart, 'sso-initial-admin');
        },
      ],
    ],
  },
  'plain-secret': {
    remedy: 'refer to an existing Secret by SecretKey.existing(), have an operator make it, or use DevelopmentSecrets',
    cases: [
      [
        (chart) => {
          cluster(chart);
          secret(chart, 'login', { stringData: { password: 'opensesame' } });
        },
        ["[test/secret] the values of the Secret 'login' would be written to a manifest"],
        (chart) => {
          cluster(chart);
          secret(chart, 'token', { type: 'kubernetes.io/service-account-token' });
        },
      ],
      [
        (chart) => {
          cluster(chart);
          secret(chart, 'login', { data: { password: 'b3BlbnNlc2FtZQ==' } });
        },
        ["[test/secret] the values of the Secret 'login' would be written to a manifest"],
        (chart) => {
          cluster(chart);
          secret(chart, 'login', { data: {} });
        },
      ],
    ],
  },
});

describe('development secrets', () => {
  const state = new TestState();
  afterAll(() => state.remove());

  test('are no plain secrets, and are not made by a check', () => {
    const secrets = state.secrets();
    secrets.password('login', 'password');
    expect(faultsOf(App.of(secrets))).toEqual([]);
    expect(() => state.modes()).toThrow('ENOENT');
  });

  test('fails if a user would take one over', () => {
    const chart = testChart();
    state.secrets('test', App.of(chart)).password('my-user', 'password');
    user(cluster(chart));
    expect(faultsOf(App.of(chart))).toEqual([
      "[test/my-user] the Secret 'flink/my-user' is made by the KafkaUser 'my-user' and by the Secret 'my-user' of development-secrets/Secrets/my-user; " +
        'give the user or the Secret another name, or the cluster an entityOperator.userSecretPrefix (duplicate-secret)',
    ]);
  });

  test('fails once if two of them have one name', () => {
    const secrets = state.secrets();
    new DevelopmentCertificateAuthority(secrets, 'one', { name: 'ca' });
    new DevelopmentCertificateAuthority(secrets, 'two', { name: 'ca' });
    expect(faultsOf(App.of(secrets)).map((message) => /\(([^()]*)\)$/.exec(message)?.[1])).toEqual([
      'development-secret-twice',
    ]);
  });

  test('have the keys that they declare', () => {
    const chart = testChart();
    const secrets = state.secrets('test', App.of(chart));
    secrets.password('login', 'password');
    const authority = new DevelopmentCertificateAuthority(secrets, 'ca');
    new DevelopmentCertificate(secrets, 'web', { authority, commonName: 'web', dnsNames: ['web'] });
    cluster(chart, {
      pods: {
        environment: {
          A: SecretKey.existing('login', 'password'),
          B: SecretKey.existing('login', 'user'),
          C: SecretKey.existing('ca', 'ca.crt'),
          D: SecretKey.existing('ca', 'tls.key'),
          E: SecretKey.existing('web', 'tls.key'),
          F: SecretKey.existing('web', 'keystore.p12'),
        },
      },
    });
    const fault = (key: string, secret: string, keys: string) =>
      `[test/my-cluster] the Kafka 'my-cluster' refers to key '${key}' of the Secret '${secret}', which has ${keys}; refer to a key that it has (unknown-secret-key)`;
    expect(faultsOf(App.of(chart))).toEqual([
      fault('user', 'login', 'password'),
      fault('tls.key', 'ca', 'ca.crt'),
      fault('keystore.p12', 'web', 'ca.crt, tls.crt, tls.key'),
    ]);
  });
});
