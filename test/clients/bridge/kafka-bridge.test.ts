import { Chart } from 'cdk8s';
import {
  ExistingCertificate,
  KafkaBridge,
  KafkaBridgeProps,
  NetworkPeer,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { KAFKA_BRIDGE_RULES } from '../../../lib/clients/bridge/kafka-bridge-rules';
import { faults, find, synth } from '../../support/synth';
import { World, faultsBy } from '../world';
import { MODES, external } from '../connect/modes';

function certificate(dnsNames = KafkaBridge.dnsNames('bridge', 'flink'), namespace?: string, keySecret = 'bridge-tls') {
  return new ExistingCertificate({
    commonName: 'bridge',
    certificate: SecretKey.existing('bridge-tls', 'tls.crt', { namespace }),
    privateKey: SecretKey.existing(keySecret, 'tls.key'),
    issuer: TrustedCertificates.fromSecret('root-ca', 'ca.crt'),
    dnsNames,
  });
}

function bridge(chart: Chart, props: Partial<KafkaBridgeProps>): KafkaBridge {
  const world = new World(chart);
  return new KafkaBridge(chart, 'bridge', { connection: world.connect(world.user('web')), ...props });
}

const CASES: Record<string, [Partial<KafkaBridgeProps>, string[]]> = {
  'bridge-name': [
    { unencrypted: true, name: 'a'.repeat(49) },
    [
      `[test/bridge] no KafkaBridge can be named '${'a'.repeat(49)}'; use at most 48 lower-case letters, digits and dashes (bridge-name)`,
    ],
  ],
  'bridge-encryption': [
    {},
    [
      "[test/bridge] the records of bridge 'bridge' would cross the network in clear; give certificate, or say unencrypted: true where the network is trusted (bridge-encryption)",
    ],
  ],
  'bridge-certificate': [
    { certificate: certificate(['bridge.example.com'], 'pki', 'other') },
    [
      "[test/bridge] bridge 'bridge' cannot read its certificate from pki/bridge-tls:tls.crt and its key from other:tls.key; issue it in the namespace of the bridge with dnsNames: KafkaBridge.dnsNames(name, namespace) (bridge-certificate)",
      "[test/bridge] bridge 'bridge' in namespace 'flink' cannot mount pki/bridge-tls:tls.crt; issue it in the namespace of the bridge with dnsNames: KafkaBridge.dnsNames(name, namespace) (bridge-certificate)",
      "[test/bridge] the certificate 'bridge' is not valid for bridge-bridge-service.flink.svc; issue it in the namespace of the bridge with dnsNames: KafkaBridge.dnsNames(name, namespace) (bridge-certificate)",
    ],
  ],
  'bridge-replicas': [
    { unencrypted: true, replicas: 2.5 },
    [
      "[test/bridge] bridge 'bridge' cannot have 2.5 pods; leave replicas out, or say consumer: false (bridge-replicas)",
      "[test/bridge] the 2.5 pods of bridge 'bridge' would not know each other's consumers; leave replicas out, or say consumer: false (bridge-replicas)",
    ],
  ],
  'bridge-config': [
    {
      unencrypted: true,
      consumerConfig: { 'group.id': 'x', 'auto.offset.reset': 'earliest', 'auto.ofset.reset': 'x' },
      producerConfig: { 'ssl.protocol': 'TLSv1.3', 'sasl.jaas.config': 'x' },
    },
    [
      "[test/bridge] bridge 'bridge' cannot be given group.id; correct the name, or leave the setting out (bridge-config)",
      "[test/bridge] bridge 'bridge': Kafka's clients have no setting auto.ofset.reset; correct the name, or leave the setting out (bridge-config)",
      "[test/bridge] bridge 'bridge' cannot be given sasl.jaas.config; correct the name, or leave the setting out (bridge-config)",
    ],
  ],
};

test.each(Object.entries(CASES))('fails by %s', (_, [props, messages]) =>
  expect(faultsBy(KAFKA_BRIDGE_RULES, (chart) => void bridge(chart, props))).toEqual(messages),
);

test('fails by bridge-encryption with a certificate that would never be shown', () => {
  const props = { certificate: certificate(), unencrypted: true };
  expect(faultsBy(KAFKA_BRIDGE_RULES, (chart) => void bridge(chart, props))).toEqual([
    "[test/bridge] bridge 'bridge' is unencrypted and has a certificate, which it would never show; give certificate, or say unencrypted: true where the network is trusted (bridge-encryption)",
  ]);
});

test('every rule about bridges has a case', () => {
  expect(Object.keys(CASES)).toEqual(KAFKA_BRIDGE_RULES.map(({ id }) => id));
});

test('a bridge speaks HTTPS with its certificate', () => {
  let url = '';
  const manifests = synth((chart) => {
    url = bridge(chart, { certificate: certificate() }).url;
  });
  expect(url).toBe('https://bridge-bridge-service.flink.svc:8443');
  expect(find(manifests, 'KafkaBridge').spec.http).toEqual({
    port: 8443,
    tls: { certificateAndKey: { secretName: 'bridge-tls', certificate: 'tls.crt', key: 'tls.key' } },
  });
});

test('several pods may write', () => {
  const props = { unencrypted: true, replicas: 3, consumer: false, producerConfig: { acks: 'all' } };
  expect(faults((chart) => void bridge(chart, props))).toEqual([]);
  const { consumer, producer } = find(
    synth((chart) => void bridge(chart, props)),
    'KafkaBridge',
  ).spec;
  expect([consumer, producer]).toEqual([{ enabled: false }, { enabled: true, config: { acks: 'all' } }]);
});

test('only named clients reach the bridge, and the bridge reaches its listener', () => {
  const manifests = synth((chart) => {
    bridge(chart, { unencrypted: true }).allowFrom(NetworkPeer.namespace('web'));
  });
  const labels = {
    'strimzi.io/cluster': 'bridge',
    'strimzi.io/kind': 'KafkaBridge',
    'strimzi.io/name': 'bridge-bridge',
  };
  expect(find(manifests, 'NetworkPolicy').spec).toMatchObject({
    podSelector: { matchLabels: labels },
    ingress: [{ ports: [{ port: 8080 }] }],
  });
  expect(find(manifests, 'Kafka').spec.kafka.listeners[0].networkPolicyPeers).toEqual([
    { podSelector: { matchLabels: labels } },
  ]);
});

const TYPES: Record<string, string | undefined> = {
  plaintext: undefined,
  TLS: undefined,
  'mutual TLS': 'tls',
  PLAIN: 'plain',
  'SCRAM-SHA-256': 'scram-sha-256',
  'SCRAM-SHA-512': 'scram-sha-512',
  OAUTHBEARER: 'custom',
  GSSAPI: 'custom',
};

test.each(Object.keys(MODES))('a bridge logs in over %s', (mode) => {
  const build = (chart: Chart) => {
    new KafkaBridge(chart, 'bridge', { connection: external(chart, mode), unencrypted: true });
  };
  expect(faults(build)).toEqual([]);
  const { authentication, tls, template } = find(synth(build), 'KafkaBridge').spec;
  expect(authentication?.type).toBe(TYPES[mode]);
  expect(tls !== undefined).toBe(mode !== 'plaintext');
  expect(template.bridgeContainer.env?.map(({ name }: { name: string }) => name)).toEqual(
    mode === 'OAUTHBEARER' ? ['OAUTH_CLIENT_SECRET'] : undefined,
  );
});
