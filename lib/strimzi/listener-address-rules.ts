import { isDnsSubdomain } from '../kubernetes/names';
import { coversHost } from '../pki/host-names';
import { Rule, faultIf } from '../validation/rule';
import type { KafkaListener } from './kafka-listener';

const NODE_PLACEHOLDER = /\{node(Id|PodName)\}/g;
const VALIDATOR = 'Strimzi 1.2.0, cluster-operator/.../model/ListenersValidator.java';

export const LISTENER_ADDRESS_RULES: readonly Rule<KafkaListener>[] = [
  {
    id: 'listener-hosts',
    holds: 'Listeners of type ingress and tlsroute know the host name of each broker.',
    remedy: "give hostTemplate, such as 'broker-{nodeId}.kafka.example.com', or a host for each broker in brokerHosts",
    source: VALIDATOR,
    faults: (l) => {
      const { needed, template, byBroker = {} } = l.type._hosts();
      const brokers = l.cluster._brokers();
      if (!needed || template || Object.keys(byBroker).length >= Math.max(1, brokers.length)) return [];
      const missing = brokers.filter(({ id }) => byBroker[String(id)] === undefined).map(({ id }) => `broker ${id}`);
      return [`listener '${l.listenerName}' has no host name for ${missing.join(' and ') || 'its brokers'}`];
    },
  },
  {
    id: 'listener-host-names',
    holds: 'Hosts are DNS names, and a template of them gives each broker another.',
    remedy: "write host names such as 'kafka.example.com', and templates with {nodeId} or {nodePodName} in them",
    source: 'RFC 1123, 2.1; Strimzi 1.2.0, ModelUtils.renderTemplate',
    faults: (l) => {
      const { bootstrap, template, byBroker = {} } = l.type._hosts();
      const hosts = [bootstrap, ...Object.values(byBroker)].filter(
        (host) => host !== undefined && !isDnsSubdomain(host),
      );
      const templates = [template].filter(
        (text) => text !== undefined && !isDnsSubdomain(text.replace(NODE_PLACEHOLDER, '0')),
      );
      return [
        ...[...hosts, ...templates].map((host) => `listener '${l.listenerName}': '${host}' is no host name`),
        ...faultIf(
          template !== undefined && template.search(NODE_PLACEHOLDER) === -1,
          `listener '${l.listenerName}': '${template}' is the same host for every broker`,
        ),
      ];
    },
  },
  {
    id: 'listener-broker-ids',
    holds: 'Hosts are given for brokers that exist.',
    remedy: 'use the ids of the brokers, which count up from 0 over the node pools in the order of their names',
    source: VALIDATOR + ' (validateBrokerIDs: a line in the log)',
    faults: (l) => {
      const nodes = l.cluster._nodeCount();
      return Object.keys(l.type._hosts().byBroker ?? {})
        .filter((id) => !/^\d+$/.test(id) || Number(id) >= nodes)
        .map((id) => `listener '${l.listenerName}' has a host for broker ${id}, and the cluster has ${nodes} nodes`);
    },
  },
  {
    id: 'listener-gateways',
    holds: 'A listener of type tlsroute hangs on a Gateway.',
    remedy: "name at least one: gateways: [{ name: 'kafka-gateway' }]",
    source: VALIDATOR,
    faults: (l) =>
      faultIf(
        l.type.name === 'tlsroute' && !('parentRefs' in l._configuration()),
        `listener '${l.listenerName}' has no Gateway to hang on`,
      ),
  },
  {
    id: 'listener-node-port',
    holds: 'The node port of a listener is a port.',
    remedy: "choose one from the cluster's range, which is 30000 to 32767 unless it was changed",
    source: 'Kubernetes 1.35, Service API (nodePort), kube-apiserver --service-node-port-range',
    faults: (l) => {
      const { nodePort } = (l._configuration().bootstrap ?? {}) as { nodePort?: unknown };
      const port = Number(nodePort);
      return faultIf(
        nodePort !== undefined && (!Number.isInteger(port) || port < 1 || port > 65535),
        `listener '${l.listenerName}' cannot have node port ${String(nodePort)}`,
      );
    },
  },
  {
    id: 'listener-certificate',
    holds:
      'The certificate and the key of a listener are in one Secret of the cluster’s namespace, and clients know who issued it.',
    remedy: 'give certificate, issued in the namespace of the Kafka cluster, with both parts in one Secret',
    source: 'Strimzi 1.2.0, api/.../CertAndKeySecretSource.java (brokerCertChainAndKey has one secretName)',
    faults: (l) => {
      const hidden = 'brokerCertChainAndKey' in l._ownConfiguration();
      const fault = `listener '${l.listenerName}' has a certificate in configuration, and clients would trust the cluster CA`;
      if (!l.certificate) return faultIf(hidden, fault);
      const { certificate, privateKey } = l.certificate;
      const elsewhere = certificate.namespace !== undefined && certificate.namespace !== l.cluster.namespace;
      return [
        ...faultIf(
          [certificate.secretName, certificate.key, privateKey.key].includes(''),
          `listener '${l.listenerName}' has a certificate or a key in no key of a Secret`,
        ),
        ...faultIf(
          certificate.secretName !== privateKey.secretName,
          `listener '${l.listenerName}': the certificate is in Secret ${certificate.secretName}, its key in ${privateKey.secretName}`,
        ),
        ...faultIf(
          elsewhere,
          `listener '${l.listenerName}': the certificate ${certificate.toString()} is not in namespace ${l.cluster.namespace}`,
        ),
      ];
    },
  },
  {
    id: 'listener-certificate-names',
    holds: 'The certificate of a listener is valid for the name that clients connect to, and for those of the brokers.',
    remedy: 'add the name to the DNS names of the certificate, with a wildcard for those of all brokers',
    source: 'RFC 9110, 4.3.4: Kafka clients check the host name (ssl.endpoint.identification.algorithm=https)',
    faults: (l) => {
      const { certificate } = l;
      if (!certificate) return [];
      const bootstrap = l.bootstrapServers?.replace(/:\d+$/, '');
      return [...new Set([...(bootstrap === undefined ? [] : [bootstrap]), ...l._advertisedHosts()])]
        .filter((host) => !coversHost(certificate.dnsNames, host))
        .map(
          (host) =>
            `listener '${l.listenerName}': the certificate '${certificate.commonName}' is not valid for ${host}`,
        );
    },
  },
];
