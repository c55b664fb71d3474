import { Rule, faultIf } from '../../validation/rule';
import type { ConfluentRestProxy } from './confluent-rest-proxy';

export const CONFLUENT_REST_PROXY_RULES: readonly Rule<ConfluentRestProxy>[] = [
  {
    id: 'rest-proxy-propagation',
    holds: 'A REST Proxy that logs in to Kafka as its clients knows them by certificates, and so do the brokers.',
    remedy: 'give clientTrust, and a connection to a listener for mutual TLS; or run one proxy for each user',
    source: 'Confluent Platform 8.3, "REST Proxy Security Plugins" (confluent.rest.auth.propagate.method=SSL)',
    faults: ({ proxyName, licensedPropagation, clientTrust, connection }) => [
      ...faultIf(
        licensedPropagation !== undefined && !clientTrust,
        `REST Proxy '${proxyName}' asks its clients for no certificate, by which it would know them`,
      ),
      ...faultIf(
        licensedPropagation !== undefined && connection.credentials._details.kind !== 'certificate',
        `REST Proxy '${proxyName}' logs in to Kafka without a certificate, so that it cannot show those of its clients`,
      ),
    ],
  },
  {
    id: 'rest-proxy-propagation-namespace',
    holds: 'The license and the key store of a REST Proxy are in its own namespace.',
    remedy: 'make them in the namespace of the connection',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: ({ proxyName, namespace, licensedPropagation: propagation }) =>
      (propagation ? [propagation.license, propagation.keyStore, propagation.keyStorePassword] : [])
        .filter((key) => key.namespace !== undefined && namespace !== '' && key.namespace !== namespace)
        .map((key) => `REST Proxy '${proxyName}' in namespace '${namespace}' cannot mount ${key.toString()}`),
  },
];
