import { DNS_LABEL_LENGTH, isDnsLabel } from '../../kubernetes/names';
import { coversHost } from '../../pki/host-names';
import { Rule, faultIf } from '../../validation/rule';
import { isClientConfig } from '../connect/connect-configs';
import type { KafkaBridge } from './kafka-bridge';

/** The longest name: that of the Service has 63 characters. */
const LONGEST = DNS_LABEL_LENGTH - '-bridge-service'.length;

/** Settings that Strimzi drops with a line in the log, by the beginnings of their names. */
const FORBIDDEN = ['ssl.', 'sasl.', 'security.', 'bootstrap.servers'];
const ALLOWED = ['ssl.endpoint.identification.algorithm', 'ssl.cipher.suites', 'ssl.protocol', 'ssl.enabled.protocols'];

export const KAFKA_BRIDGE_RULES: readonly Rule<KafkaBridge>[] = [
  {
    id: 'bridge-name',
    holds: 'The name of a bridge leaves room for the names that Strimzi makes of it.',
    remedy: `use at most ${LONGEST} lower-case letters, digits and dashes`,
    source: 'Strimzi 1.2.0, api/.../bridge/KafkaBridgeResources.java (<name>-bridge-service)',
    faults: ({ bridgeName: name }) =>
      faultIf(!isDnsLabel(name) || name.length > LONGEST, `no KafkaBridge can be named '${name}'`),
  },
  {
    id: 'bridge-encryption',
    holds: 'A bridge either has a certificate or is unencrypted by name, not both.',
    remedy: 'give certificate, or say unencrypted: true where the network is trusted',
    source: 'Strimzi 1.2.0, KafkaBridge CRD: without http.tls the bridge speaks plain HTTP',
    faults: (b) => [
      ...faultIf(
        !b.certificate && !b.unencrypted,
        `the records of bridge '${b.bridgeName}' would cross the network in clear`,
      ),
      ...faultIf(
        b.certificate !== undefined && b.unencrypted,
        `bridge '${b.bridgeName}' is unencrypted and has a certificate, which it would never show`,
      ),
    ],
  },
  {
    id: 'bridge-certificate',
    holds: 'The certificate of a bridge and its key are in one Secret of its namespace, and valid for its Service.',
    remedy: 'issue it in the namespace of the bridge with dnsNames: KafkaBridge.dnsNames(name, namespace)',
    source: 'Strimzi 1.2.0, KafkaBridge CRD: http.tls.certificateAndKey; RFC 9110, 4.3.4',
    faults: ({ certificate, bridgeName, namespace, serviceHost }) => {
      if (!certificate) return [];
      const { certificate: chain, privateKey } = certificate;
      return [
        ...faultIf(
          chain.secretName !== privateKey.secretName,
          `bridge '${bridgeName}' cannot read its certificate from ${chain.toString()} and its key from ${privateKey.toString()}`,
        ),
        ...faultIf(
          chain.namespace !== undefined && chain.namespace !== namespace,
          `bridge '${bridgeName}' in namespace '${namespace}' cannot mount ${chain.toString()}`,
        ),
        ...faultIf(
          !coversHost(certificate.dnsNames, serviceHost),
          `the certificate '${certificate.commonName}' is not valid for ${serviceHost}`,
        ),
      ];
    },
  },
  {
    id: 'bridge-replicas',
    holds: 'A bridge has whole pods, 1 or more, and only one if it reads.',
    remedy: 'leave replicas out, or say consumer: false',
    source: 'Strimzi Kafka Bridge 1.1.0: the consumers of HTTP clients are in the memory of one pod',
    faults: (b) => [
      ...faultIf(
        !Number.isInteger(b.replicas) || b.replicas < 1,
        `bridge '${b.bridgeName}' cannot have ${b.replicas} pods`,
      ),
      ...faultIf(
        b.replicas > 1 && b.consumer,
        `the ${b.replicas} pods of bridge '${b.bridgeName}' would not know each other's consumers`,
      ),
    ],
  },
  {
    id: 'bridge-config',
    holds: "Settings of a bridge's clients are ones that they know, and none that follow from the connection.",
    remedy: 'correct the name, or leave the setting out',
    source:
      'Strimzi 1.2.0, KafkaBridgeConsumerSpec.java, KafkaBridgeProducerSpec.java, KafkaBridgeAdminClientSpec.java',
    faults: ({ bridgeName, _props: { consumerConfig = {}, producerConfig = {}, adminConfig = {} } }) =>
      [
        ...Object.keys(consumerConfig).map((setting) => ({ setting, forbidden: [...FORBIDDEN, 'group.id'] })),
        ...[...Object.keys(producerConfig), ...Object.keys(adminConfig)].map((setting) => ({
          setting,
          forbidden: FORBIDDEN,
        })),
      ].flatMap(({ setting, forbidden }) => {
        if (forbidden.some((prefix) => setting.startsWith(prefix)) && !ALLOWED.includes(setting)) {
          return [`bridge '${bridgeName}' cannot be given ${setting}`];
        }
        return faultIf(!isClientConfig(setting), `bridge '${bridgeName}': Kafka's clients have no setting ${setting}`);
      }),
  },
];
