import { isIPv4, isIPv6 } from 'node:net';
import { Rule, faultIf } from '../validation/rule';
import { customOf } from './custom-listener-rules';
import type { KafkaListener } from './kafka-listener';
import { customSettings } from './listener-settings';

const NAME = /^[a-z0-9]{1,11}$/;
const RESERVED_PORTS = [9404, 9999];
const VALIDATOR = 'Strimzi 1.2.0, cluster-operator/.../model/ListenersValidator.java';

export const LISTENER_RULES: readonly Rule<KafkaListener>[] = [
  {
    id: 'listener-name',
    holds: 'A listener has a name of 1 to 11 lower-case letters and digits.',
    remedy: "choose a name such as 'tls' or 'scram1'",
    source: 'Strimzi 1.2.0, GenericKafkaListener.LISTENER_NAME_REGEX',
    faults: (l) =>
      faultIf(!NAME.test(l.listenerName), `the listener name '${l.listenerName}' does not match ${NAME.source}`),
  },
  {
    id: 'listener-port',
    holds: 'A listener has a port from 9092 to 65535, other than 9404 (metrics) and 9999 (JMX).',
    remedy: 'choose a port from 9092 on, such as 9093',
    source: VALIDATOR,
    faults: (l) =>
      faultIf(
        !Number.isInteger(l.port) || l.port < 9092 || l.port > 65535 || RESERVED_PORTS.includes(l.port),
        `listener '${l.listenerName}' cannot have port ${l.port}`,
      ),
  },
  {
    id: 'listener-tls-required',
    holds: 'Client certificates, a certificate of its own, and types that route by the TLS name need TLS.',
    remedy: 'leave tls at true',
    source: VALIDATOR,
    faults: (l) => {
      if (l.tls) return [];
      const name = `listener '${l.listenerName}' has TLS off`;
      const { kind } = l.authentication._details;
      return [
        ...faultIf(kind === 'tls', `${name}, and client certificates are part of TLS`),
        ...faultIf(
          (customSettings(customOf(l) ?? { sasl: false })['ssl.client.auth'] ?? 'none') !== 'none',
          `${name}, and client certificates are part of TLS`,
        ),
        ...faultIf(l.certificate !== undefined, `${name}, and its own certificate would never be shown`),
        ...faultIf(l.type.needsTls, `${name}, and type ${l.type.name} routes by the name in the TLS handshake`),
      ];
    },
  },
  {
    id: 'listener-clear-credentials',
    holds: 'Passwords and tokens do not cross the network in clear.',
    remedy: 'leave tls at true, or say unencryptedCredentials: true where the network is trusted',
    source: 'Strimzi 1.2.0 accepts SASL without TLS and says nothing',
    faults: (l) =>
      faultIf(
        !l.tls && l.authentication.sasl && !l.unencryptedCredentials,
        `listener '${l.listenerName}' on port ${l.port} has TLS off, and clients would send their credentials in clear`,
      ),
  },
  {
    id: 'listener-connections',
    holds: 'Limits of connections are whole numbers of 1 or more.',
    remedy: 'give the number of connections, or leave the limit out',
    source: 'Apache Kafka 4.3.1, kafka.server.KafkaConfig (max.connections, max.connection.creation.rate)',
    faults: (l) =>
      Object.entries(l._connectionLimits())
        .filter(([, value]) => !Number.isInteger(value) || value < 1)
        .map(([limit, value]) => `listener '${l.listenerName}' cannot have ${limit} ${value}`),
  },
  {
    id: 'listener-peers',
    holds: 'A peer of a listener has labels, or is a range of addresses.',
    remedy: "give labels, NetworkPeer.namespace('name') for all pods of a namespace, or a range such as 203.0.113.0/24",
    source: 'Kubernetes 1.35, NetworkPolicy API: no labels mean every pod',
    faults: (l) =>
      l
        ._peers()
        .flatMap(({ podLabels, cidr }) => [
          ...faultIf(
            podLabels !== undefined && Object.keys(podLabels).length === 0,
            `listener '${l.listenerName}' lets pods in that have no labels to know them by`,
          ),
          ...faultIf(
            cidr !== undefined && !isCidr(cidr),
            `listener '${l.listenerName}': '${cidr}' is no range of addresses`,
          ),
        ]),
  },
  {
    id: 'broker-trust',
    holds: 'Brokers read the certificates of an authority from one key of a Secret in their own namespace.',
    remedy:
      'give the authority by a Secret key in the namespace of the Kafka cluster: TrustedCertificates.fromSecret(name, key)',
    source: 'strimzi-kafka-oauth 0.18.0 and Kafka 4.3.1: ssl.truststore.location is one file',
    faults: (l) =>
      brokerTrusts(l).flatMap((trust) => [
        ...faultIf(
          trust.key === undefined,
          `listener '${l.listenerName}' trusts ${trust.toString()}, which is not a single file`,
        ),
        ...faultIf(
          trust.namespace !== undefined && trust.namespace !== l.cluster.namespace,
          `listener '${l.listenerName}' trusts ${trust.toString()}, which brokers in namespace ${l.cluster.namespace} cannot mount`,
        ),
      ]),
  },
];

function brokerTrusts(listener: KafkaListener) {
  const details = listener.authentication._details;
  const trust =
    details.kind === 'oauth'
      ? details.oauth.issuer.trust
      : details.kind === 'custom'
        ? details.custom.trustedClients
        : undefined;
  return trust ? [trust] : [];
}

/** An IPv4 or IPv6 address with the length of its prefix; what is in the address is left to Kubernetes. */
function isCidr(text: string): boolean {
  const [address, length, rest] = text.split('/');
  const bits = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  return rest === undefined && /^\d{1,3}$/.test(length ?? '') && Number(length) <= bits;
}
