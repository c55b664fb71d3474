import { ApiObject, Chart } from 'cdk8s';
import {
  BrokerMount,
  ClientCredentials,
  ExistingCertificate,
  ExternalSecret,
  KafkaCluster,
  KafkaConnection,
  ListenerAuthentication,
  SecretKey,
  TrustedCertificates,
  UserAuthentication,
} from '../../lib';
import { SECRET_REFERENCE_RULES } from '../../lib/checks/secret-reference-rules';
import { describeRules } from '../support/rules';
import { faults } from '../support/synth';
import { addListener, certificate, cluster, clusterWithNode, user } from '../support/worlds';

/** A cluster with the users `my-user` (certificate) and `scram-user` (password), and a certificate in Secret `web-tls`. */
function world(chart: Chart): KafkaCluster {
  const of = cluster(chart);
  addListener(of, { port: 9094, authentication: ListenerAuthentication.scramSha512() }, 'scram');
  user(of);
  user(of, UserAuthentication.scramSha512(), 'scram-user');
  certManager(chart, 'web', { secretName: 'web-tls' });
  return of;
}

function object(chart: Chart, apiVersion: string, kind: string, spec: object, namespace?: string, id = 'app'): void {
  new ApiObject(chart, id, { apiVersion, kind, metadata: { name: id, namespace }, spec });
}

function certManager(chart: Chart, id: string, spec: object): void {
  object(chart, 'cert-manager.io/v1', 'Certificate', spec, undefined, id);
}

const deployment = (pod: object, namespace?: string) => (chart: Chart) => {
  world(chart);
  object(chart, 'apps/v1', 'Deployment', { template: { spec: pod } }, namespace);
};

const resource = (apiVersion: string, kind: string, spec: object) => (chart: Chart) => {
  world(chart);
  object(chart, apiVersion, kind, spec);
};

/** A pod with a variable from a Secret. */
const variable = (name: string, key: string, optional?: boolean) => ({
  containers: [{ name: 'main', env: [{ name: 'X', valueFrom: { secretKeyRef: { name, key, optional } } }] }],
});

/** A pod with some keys of a Secret in a volume. */
const volume = (secretName: string, ...keys: string[]) => ({
  volumes: [{ name: 'x', secret: { secretName, items: keys.map((key) => ({ key, path: key })) } }],
});

const projected = (name: string, key: string) => ({
  volumes: [{ name: 'x', projected: { sources: [{ secret: { name, items: [{ key, path: key }] } }] } }],
});

const TLS_KEYS = 'ca.crt, user.crt, user.key, user.p12, user.password';
const wrong = (kind: string, key: string, secret: string, keys: string) =>
  `[test/app] the ${kind} 'app' refers to key '${key}' of the Secret '${secret}', which has ${keys}`;

/** A pod that reads a key of a Secret that Strimzi makes, and a key of it that does not exist. */
const made = (secret: string, key: string, keys: string) =>
  [
    deployment(volume(secret, 'nothing')),
    [wrong('Deployment', 'nothing', secret, keys)],
    deployment(volume(secret, key)),
  ] as const;

/** A custom resource that refers to `web-tls` by a key that it has not, and by one that it has. */
const custom = (apiVersion: string, kind: string, spec: (key: string) => object) =>
  [
    resource(apiVersion, kind, spec('nothing')),
    [wrong(kind, 'nothing', 'web-tls', 'tls.crt, tls.key, ca.crt')],
    resource(apiVersion, kind, spec('tls.crt')),
  ] as const;

const issued = (spec: object, key: string) => (chart: Chart) => {
  cluster(chart);
  certManager(chart, 'app', { secretName: 'app-tls', ...spec });
  object(chart, 'apps/v1', 'Deployment', { template: { spec: volume('app-tls', key) } }, undefined, 'pod');
};

const formats = (key: string, spec: object) =>
  [
    issued({}, key),
    [
      `[test/pod] the Deployment 'pod' refers to key '${key}' of the Secret 'app-tls', which has tls.crt, tls.key, ca.crt`,
    ],
    issued(spec, key),
  ] as const;

const external = (spec: object) => (chart: Chart) => {
  world(chart);
  object(
    chart,
    'external-secrets.io/v1',
    'ExternalSecret',
    { data: [{ secretKey: 'password' }], ...spec },
    undefined,
    'vault',
  );
  object(chart, 'apps/v1', 'Deployment', { template: { spec: volume('vault', 'user') } });
};

/** A certificate for the brokers, in Secret `web-tls`. */
function brokerCertificate(key: string): ExistingCertificate {
  return certificate({
    certificate: SecretKey.existing('web-tls', key),
    privateKey: SecretKey.existing('web-tls', 'tls.key'),
    dnsNames: ['my-cluster-kafka-bootstrap.flink.svc', '*.my-cluster-kafka-brokers.flink.svc'],
  });
}

/** A custom resource in another namespace than the user whose Secret it names, and one that names another. */
const elsewhere = (apiVersion: string, kind: string, spec: (name: string) => object) => {
  const declare = (name: string) => (chart: Chart) => {
    world(chart);
    object(chart, apiVersion, kind, spec(name), 'tools');
  };
  const found = `[test/app] the ${kind} 'app' in namespace 'tools' refers to the Secret 'my-user', which is made in 'flink'`;
  return [declare('my-user'), [found], declare('company-login')] as const;
};

const keycloakSecret = (key: string) => ({ name: 'web-tls', key });

describeRules(SECRET_REFERENCE_RULES, {
  'unknown-secret-key': {
    remedy: 'refer to a key that it has',
    cases: [
      made('my-user', 'user.p12', TLS_KEYS),
      made('scram-user', 'sasl.jaas.config', 'password, sasl.jaas.config'),
      made('my-cluster-cluster-ca-cert', 'ca.crt', 'ca.crt, ca.p12, ca.password'),
      made('web-tls', 'tls.key', 'tls.crt, tls.key, ca.crt'),
      [
        deployment(variable('my-user', 'password')),
        [wrong('Deployment', 'password', 'my-user', TLS_KEYS)],
        deployment(variable('my-user', 'password', true)),
      ],
      [
        deployment(projected('my-user', 'tls.crt')),
        [wrong('Deployment', 'tls.crt', 'my-user', TLS_KEYS)],
        deployment(projected('my-user', 'user.crt')),
      ],
      formats('keystore.p12', { keystores: { pkcs12: { create: true } } }),
      formats('keystore.jks', { keystores: { jks: { create: true } } }),
      formats('tls-combined.pem', { additionalOutputFormats: [{ type: 'CombinedPEM' }] }),
      formats('key.der', { additionalOutputFormats: [{ type: 'DER' }] }),
      [
        external({}),
        [wrong('Deployment', 'user', 'vault', 'password')],
        external({ dataFrom: [{ extract: { key: 'x' } }] }),
      ],
      [
        external({ target: { creationPolicy: 'Owner' } }),
        [wrong('Deployment', 'user', 'vault', 'password')],
        external({ target: { creationPolicy: 'Merge' } }),
      ],
      [
        (chart) => {
          const of = cluster(chart);
          new ExternalSecret(chart, 'app', { storeName: 'vault', keys: { password: { remoteKey: 'x' } } });
          user(of, UserAuthentication.scramSha512({ password: SecretKey.existing('app', 'pass') }));
        },
        ["[test/my-user] the KafkaUser 'my-user' refers to key 'pass' of the Secret 'app', which has password"],
        (chart) => {
          const of = clusterWithNode(chart);
          addListener(of, { authentication: ListenerAuthentication.scramSha512() });
          new ExternalSecret(chart, 'app', { storeName: 'vault', keys: { password: { remoteKey: 'x' } } });
          user(of, UserAuthentication.scramSha512({ password: SecretKey.existing('app', 'password') }));
        },
      ],
      [
        (chart) => addListener(world(chart), { port: 9095, certificate: brokerCertificate('x') }, 'own'),
        [
          "[test/my-cluster] the Kafka 'my-cluster' refers to key 'x' of the Secret 'web-tls', which has tls.crt, tls.key, ca.crt",
        ],
        (chart) => addListener(world(chart), { port: 9095, certificate: brokerCertificate('tls.crt') }, 'own'),
      ],
      [
        (chart) =>
          cluster(chart, { pods: { mounts: [BrokerMount.secret('my-cluster-clients-ca', { keys: ['ca.crt'] })] } }),
        [
          "[test/my-cluster] the Kafka 'my-cluster' refers to key 'ca.crt' of the Secret 'my-cluster-clients-ca', which has ca.key",
        ],
        (chart) =>
          cluster(chart, {
            pods: { mounts: [BrokerMount.secret('my-cluster-clients-ca-cert', { keys: ['ca.crt'] })] },
          }),
      ],
      custom('flink.apache.org/v1beta1', 'FlinkDeployment', (key) => ({
        podTemplate: { spec: volume('web-tls', key) },
      })),
      custom('kafka.strimzi.io/v1', 'KafkaConnect', (certificate) => ({
        tls: { trustedCertificates: [{ secretName: 'web-tls', certificate }] },
      })),
      custom('kafka.strimzi.io/v1', 'KafkaBridge', (certificate) => ({
        authentication: { certificateAndKey: { secretName: 'web-tls', certificate, key: 'tls.key' } },
      })),
      custom('kafka.strimzi.io/v1', 'KafkaConnect', (password) => ({
        authentication: { passwordSecret: { secretName: 'web-tls', password } },
      })),
      custom('k8s.keycloak.org/v2beta1', 'Keycloak', (key) => ({ db: { usernameSecret: keycloakSecret(key) } })),
      custom('k8s.keycloak.org/v2beta1', 'Keycloak', (key) => ({ db: { passwordSecret: keycloakSecret(key) } })),
      custom('k8s.keycloak.org/v2beta1', 'KeycloakRealmImport', (key) => ({
        placeholders: { PASSWORD: { secret: keycloakSecret(key) } },
      })),
      custom('cert-manager.io/v1', 'Certificate', (key) => ({
        secretName: 'other',
        keystores: { pkcs12: { create: true, passwordSecretRef: keycloakSecret(key) } },
      })),
      [
        resource('k8s.keycloak.org/v2beta1', 'Keycloak', { http: { tlsSecret: 'my-user' } }),
        [wrong('Keycloak', 'tls.crt', 'my-user', TLS_KEYS), wrong('Keycloak', 'tls.key', 'my-user', TLS_KEYS)],
        resource('k8s.keycloak.org/v2beta1', 'Keycloak', { http: { tlsSecret: 'web-tls' } }),
      ],
      [
        resource('cert-manager.io/v1', 'Issuer', { ca: { secretName: 'my-user' } }),
        [wrong('Issuer', 'tls.crt', 'my-user', TLS_KEYS), wrong('Issuer', 'tls.key', 'my-user', TLS_KEYS)],
        resource('cert-manager.io/v1', 'Issuer', { ca: { secretName: 'web-tls' } }),
      ],
    ],
  },
  'secret-elsewhere': {
    remedy:
      'move one to the namespace of the other, or have the Secret copied and connect with the copy: SecretKey.existing()',
    cases: [
      elsewhere('k8s.keycloak.org/v2beta1', 'Keycloak', (secret) => ({ bootstrapAdmin: { user: { secret } } })),
      elsewhere('k8s.keycloak.org/v2beta1', 'Keycloak', (name) => ({ truststores: { company: { secret: { name } } } })),
      elsewhere('kafka.strimzi.io/v1', 'Kafka', (secretName) => ({
        entityOperator: { template: { pod: { volumes: [{ name: 'x', secret: { secretName } }] } } },
      })),
      [
        deployment(volume('my-user', 'user.crt', 'user.key'), 'tools'),
        [
          "[test/app] the Deployment 'app' in namespace 'tools' refers to the Secret 'my-user', which is made in 'flink'",
        ],
        deployment(volume('company-login', 'user.crt'), 'tools'),
      ],
      [
        deployment({ containers: [{ name: 'main', envFrom: [{ secretRef: { name: 'my-user' } }] }] }, 'tools'),
        [
          "[test/app] the Deployment 'app' in namespace 'tools' refers to the Secret 'my-user', which is made in 'flink'",
        ],
        deployment(
          { containers: [{ name: 'main', envFrom: [{ secretRef: { name: 'my-user', optional: true } }] }] },
          'tools',
        ),
      ],
    ],
  },
});

test('a connection may say that a Secret is copied', () => {
  const build = (chart: Chart): void => {
    const of = world(chart);
    new KafkaConnection(chart, 'copied', {
      listener: of.listeners[1],
      namespace: 'tools',
      trust: TrustedCertificates.fromSecret('company-ca', 'ca.crt'),
      credentials: ClientCredentials.scramSha512('scram-user', SecretKey.existing('scram-user', 'password')),
    });
    object(chart, 'apps/v1', 'Deployment', { template: { spec: volume('scram-user', 'password') } }, 'tools');
  };
  expect(faults(build)).toEqual([]);
});

test('a whole Secret may be referred to, whatever its keys', () => {
  expect(faults(deployment(volume('my-user')))).toEqual([]);
});
