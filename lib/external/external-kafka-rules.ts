import { Rule, faultIf } from '../validation/rule';
import type { ExternalKafka } from './external-kafka';

const ADDRESS = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):([0-9]{1,5})$/;

export const EXTERNAL_KAFKA_RULES: readonly Rule<ExternalKafka>[] = [
  {
    id: 'external-kafka-address',
    holds: 'A Kafka that is not ours has at least one address, each a host and a port.',
    remedy: "write 'broker.example.com:9093', without a protocol before it",
    source: 'Apache Kafka 4.3.1, clients/.../ClientUtils.java (bootstrap.servers)',
    faults: ({ clusterName, addresses }) => [
      ...faultIf(addresses.length === 0, `Kafka '${clusterName}' has no address`),
      ...addresses
        .filter((address) => !isAddress(address))
        .map((address) => `Kafka '${clusterName}' cannot be reached at '${address}'`),
    ],
  },
  {
    id: 'external-kafka-mechanism',
    holds: 'A Kafka that knows its clients by SASL takes at least one mechanism.',
    remedy: 'name one, such as ExternalKafkaAuthentication.sasl([SaslMechanism.SCRAM_SHA_512])',
    source: 'Apache Kafka 4.3.1: sasl.enabled.mechanisms',
    faults: ({ clusterName, authentication: { _details: details } }) =>
      faultIf(
        details.kind === 'sasl' && details.mechanisms.length === 0,
        `Kafka '${clusterName}' takes no SASL mechanism`,
      ),
  },
  {
    id: 'external-kafka-tls',
    holds: 'Certificates are of use over TLS alone.',
    remedy: 'leave tls out, or leave out the trust and the client certificates',
    source: 'Apache Kafka 4.3.1: security.protocol PLAINTEXT and SASL_PLAINTEXT know no certificates',
    faults: ({ clusterName, tls, trust, authentication }) => [
      ...faultIf(!tls && trust !== undefined, `Kafka '${clusterName}' has an authority to trust, but no TLS`),
      ...faultIf(
        !tls && authentication._details.kind === 'certificate',
        `Kafka '${clusterName}' asks for client certificates, but has no TLS`,
      ),
    ],
  },
  {
    id: 'external-kafka-clear-credentials',
    holds: 'Passwords and tokens do not cross the network in clear unless somebody says so.',
    remedy: 'use TLS, or say unencryptedCredentials: true',
    source: 'Apache Kafka 4.3.1: SASL_PLAINTEXT shows what is sent to everybody on the way',
    faults: ({ clusterName, tls, authentication, unencryptedCredentials }) =>
      faultIf(
        !tls && authentication._details.kind === 'sasl' && !unencryptedCredentials,
        `clients of Kafka '${clusterName}' would log in over connections that are not encrypted`,
      ),
  },
];

function isAddress(address: string): boolean {
  const port = Number(ADDRESS.exec(address)?.[2]);
  return port >= 1 && port <= 65535;
}
