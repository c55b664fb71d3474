import { coversHost } from '../../pki/host-names';
import { Rule, faultIf } from '../../validation/rule';
import { isExpressible } from '../confluent/confluent-env';
import type { ConfluentKafkaConnect } from './confluent-kafka-connect';

export const CONFLUENT_KAFKA_CONNECT_RULES: readonly Rule<ConfluentKafkaConnect>[] = [
  {
    id: 'confluent-connect-encryption',
    holds: 'The REST interface of workers either has a certificate or is unencrypted by name, not both.',
    remedy: 'give restKeyStore, or say unencrypted: true where the network is trusted',
    source: 'Apache Kafka 4.3.1, docs/connect.html: the REST interface speaks plain HTTP if nothing is configured',
    faults: (c) => [
      ...faultIf(
        !c.restKeyStore && !c.unencrypted,
        `the REST interface of Kafka Connect '${c.connectName}' would cross the network in clear`,
      ),
      ...faultIf(
        c.restKeyStore !== undefined && c.unencrypted,
        `Kafka Connect '${c.connectName}' is unencrypted and has a certificate, which it would never show`,
      ),
    ],
  },
  {
    id: 'confluent-connect-key-store',
    holds:
      'The key store of the REST interface exists, in the namespace of the workers, and is valid for their Service.',
    remedy:
      'issue the certificate with pkcs12, in the namespace of the workers, with dnsNames: ConfluentKafkaConnect.dnsNames(name, namespace)',
    source: 'Apache Kafka 4.3.1, connect/.../rest/util/SSLUtils.java: the interface reads PKCS#12, and no PEM',
    faults: ({ connectName, restKeyStore, serviceHost, namespace }) => {
      if (!restKeyStore) return [];
      const { label, keystore, password, dnsNames } = restKeyStore;
      return [
        ...faultIf(
          !keystore || !password,
          `the certificate '${label}' of Kafka Connect '${connectName}' has no key store`,
        ),
        ...[keystore, password]
          .filter((key) => key?.namespace !== undefined && key.namespace !== namespace)
          .map((key) => `Kafka Connect '${connectName}' in namespace '${namespace}' cannot mount ${key?.toString()}`),
        ...faultIf(!coversHost(dnsNames, serviceHost), `the certificate '${label}' is not valid for ${serviceHost}`),
      ];
    },
  },
  {
    id: 'confluent-connect-workers',
    holds:
      'Workers that speak HTTPS are by themselves: others would reach them by an address that no certificate is for.',
    remedy: 'leave replicas out, or use StrimziKafkaConnect',
    source:
      'Apache Kafka 4.3.1, connect/.../rest/RestClient.java: workers forward requests to rest.advertised.host.name, here that of a pod of a Deployment',
    faults: (c) =>
      faultIf(
        c.restKeyStore !== undefined && c.replicas > 1,
        `the ${c.replicas} workers of Kafka Connect '${c.connectName}' would not trust each other`,
      ),
  },
  {
    id: 'confluent-connect-variables',
    holds: 'Every setting of the workers can be said by a variable of the image.',
    remedy: 'leave the setting out',
    source: 'confluentinc/cp-docker-utils 1.0.9, cmd/ub: upper case and underscores stand for everything else',
    faults: (c) =>
      Object.keys(c._config)
        .filter((setting) => !isExpressible(setting))
        .map((setting) => `Kafka Connect '${c.connectName}' cannot be given ${setting} in Confluent's image`),
  },
];
