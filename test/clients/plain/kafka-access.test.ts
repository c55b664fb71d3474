import { Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  ClientCredentials,
  KafkaAccess,
  KafkaAccessProps,
  KafkaAuthorization,
  KafkaListenerProps,
  ListenerAuthentication,
  SecretKey,
  UserAuthentication,
} from '../../../lib';
import { KAFKA_ACCESS_RULES } from '../../../lib/clients/plain/kafka-access-rules';
import { customResourceValidators } from '../../../tools/schema/custom-resources';
import { describeRules } from '../../support/rules';
import { Manifest, faults, find, synth } from '../../support/synth';
import { certificate, connect, listener, oauthClient, user } from '../../support/worlds';
import { external } from '../connect/modes';

const SCRAM = ListenerAuthentication.scramSha512();

function access(
  chart: Chart,
  authentication: UserAuthentication = UserAuthentication.tls(),
  listenerProps: Partial<KafkaListenerProps> = {},
  props: Partial<KafkaAccessProps> = {},
): KafkaAccess {
  const to = listener(chart, listenerProps);
  const connection = connect(chart, { listener: to, user: user(to.cluster, authentication) });
  return new KafkaAccess(chart, 'orders', { connection, ...props });
}

test('names the listener and the user', () => {
  const manifests = synth((chart) => void access(chart, undefined, {}, { namespace: 'apps' }));
  expect(find(manifests, 'KafkaAccess')).toMatchObject({
    apiVersion: 'access.strimzi.io/v1alpha1',
    metadata: { name: 'orders', namespace: 'apps' },
    spec: {
      kafka: { name: 'my-cluster', namespace: 'flink', listener: 'tls' },
      user: { kind: 'KafkaUser', apiGroup: 'kafka.strimzi.io', name: 'my-user', namespace: 'flink' },
    },
  });
});

test('names no user where nobody logs in', () => {
  const build = (chart: Chart) => {
    const props = { authentication: ListenerAuthentication.none() };
    const to = listener(chart, props, { authorization: KafkaAuthorization.none() });
    new KafkaAccess(chart, 'orders', { connection: connect(chart, { listener: to }) });
  };
  expect(faults(build)).toEqual([]);
  expect(find(synth(build), 'KafkaAccess').spec).toEqual({
    kafka: { name: 'my-cluster', namespace: 'flink', listener: 'tls' },
  });
});

test('a workload in another namespace has the binding, and is let into the listener', () => {
  const build = (chart: Chart) => {
    const containers = [{ name: 'main', image: 'example.com/app:1.0' }];
    const app = new Deployment(chart, 'app', { metadata: { name: 'app', namespace: 'apps' }, containers });
    access(chart, UserAuthentication.scramSha512(), { authentication: SCRAM }, { namespace: 'apps' }).attachTo(app);
  };
  expect(faults(build)).toEqual([]);
  const manifests = synth(build);
  const { spec } = find(manifests, 'Deployment').spec.template;
  expect(spec.containers[0].env).toEqual([{ name: 'SERVICE_BINDING_ROOT', value: '/bindings' }]);
  expect(spec.containers[0].volumeMounts).toEqual([
    { mountPath: '/bindings/orders', name: 'orders-binding', readOnly: true },
  ]);
  expect(spec.volumes).toEqual([{ name: 'orders-binding', secret: { secretName: 'orders' } }]);
  const [{ namespaceSelector }] = find(manifests, 'Kafka').spec.kafka.listeners[0].networkPolicyPeers;
  expect(namespaceSelector).toEqual({ matchLabels: { 'kubernetes.io/metadata.name': 'apps' } });
});

const { CRD_DIR } = process.env;
if (!CRD_DIR) console.warn('CRD_DIR is not set: the resource is not compared with its definition');

(CRD_DIR ? test : test.skip)('the resource has fields that the access operator knows', () => {
  const validate = customResourceValidators(CRD_DIR ?? '').get('access.strimzi.io/v1alpha1 KafkaAccess');
  const manifests = synth((chart) => void access(chart));
  expect(validate?.(find(manifests, 'KafkaAccess'))).toEqual([]);
  const empty: object = { ...find(manifests, 'KafkaAccess'), spec: {} };
  expect(validate?.(empty as Manifest)).toEqual(["/spec: must have required property 'kafka'"]);
});

const KNOWN = 'connect it by plaintext, TLS, mutual TLS, SASL SCRAM-SHA-512';
const OF_STRIMZI = 'use such a listener, or attach the settings to the workload: ClientConfigMap';

describeRules(KAFKA_ACCESS_RULES, {
  'kafka-access-name': {
    remedy: 'use at most 55 lower-case letters, digits and dashes',
    cases: [
      [
        (chart) => access(chart, undefined, {}, { name: 'a.b' }),
        ["[test/orders] no KafkaAccess can be named 'a.b'"],
        (chart) => access(chart, undefined, {}, { name: 'a'.repeat(55) }),
      ],
    ],
  },
  'kafka-access-login': {
    remedy: KNOWN,
    cases: [
      [
        (chart) =>
          access(chart, UserAuthentication.oauth(oauthClient()), {
            authentication: ListenerAuthentication.oauth({ issuer: oauthClient().issuer, audience: 'kafka' }),
          }),
        [
          "[test/orders] KafkaAccess 'orders' cannot log in by SASL OAUTHBEARER: the Secret would say security.protocol=PLAINTEXT and nothing of a login",
        ],
        (chart) => access(chart, UserAuthentication.scramSha512(), { authentication: SCRAM }),
      ],
    ],
  },
  'kafka-access-listener': {
    remedy: OF_STRIMZI,
    cases: [
      [
        (chart) => new KafkaAccess(chart, 'orders', { connection: external(chart, 'mutual TLS') }),
        ["[test/orders] KafkaAccess 'orders' cannot describe Kafka 'theirs': Strimzi does not run it"],
        (chart) => access(chart),
      ],
      [
        (chart) => {
          const to = listener(chart, { authentication: ListenerAuthentication.custom({ sasl: true }) });
          const credentials = ClientCredentials.scramSha512('me', SecretKey.existing('login', 'password'));
          new KafkaAccess(chart, 'orders', { connection: connect(chart, { listener: to, credentials }) });
        },
        ["[test/orders] KafkaAccess 'orders' cannot describe listener 'tls': to Strimzi its authentication is custom"],
        (chart) => access(chart, UserAuthentication.scramSha512(), { authentication: SCRAM }),
      ],
    ],
  },
  'kafka-access-trust': {
    remedy: 'use a listener without a certificate of its own, or attach the settings to the workload: ClientConfigMap',
    cases: [
      [
        (chart) =>
          access(chart, undefined, {
            certificate: certificate({ dnsNames: ['*.my-cluster-kafka-brokers.flink.svc'] }),
          }),
        [
          "[test/orders] KafkaAccess 'orders' would have its clients trust the cluster CA, which knows nothing of listener 'tls'",
        ],
        (chart) => access(chart),
      ],
    ],
  },
  'kafka-access-user': {
    remedy: 'give the connection such a user, and no other credentials',
    cases: [
      [
        (chart) => access(chart, UserAuthentication.tlsExternal(certificate())),
        ["[test/orders] KafkaAccess 'orders' cannot copy my-tls:tls.crt"],
        (chart) => access(chart),
      ],
      [
        (chart) => {
          const to = listener(chart, { authentication: SCRAM });
          const credentials = ClientCredentials.scramSha512('me', SecretKey.existing('login', 'password'));
          new KafkaAccess(chart, 'orders', { connection: connect(chart, { listener: to, credentials }) });
        },
        ["[test/orders] KafkaAccess 'orders' cannot copy login:password"],
        (chart) => access(chart, UserAuthentication.scramSha512(), { authentication: SCRAM }),
      ],
    ],
  },
});
