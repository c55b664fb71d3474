import { coversHost } from '../../pki/host-names';
import { Rule, faultIf } from '../../validation/rule';
import { isExpressible } from './confluent-env';
import type { ConfluentServer } from './confluent-server';

/** What Kubernetes puts behind the name of a StatefulSet in a label: a dash and ten characters. */
const NAME_LENGTH = 63 - 11;
const ROLE = /^[^\s,]+$/;
const REALM = /^[A-Za-z0-9._-]+$/;
const SECRET = /(password|secret|user\.info|jaas\.config|license|ssl\.keystore\.key)$/;

export const CONFLUENT_SERVER_RULES: readonly Rule<ConfluentServer>[] = [
  {
    id: 'confluent-encryption',
    holds: 'One of Confluent’s servers either has a certificate or is unencrypted by name, not both.',
    remedy: 'give certificate, or say unencrypted: true where the network is trusted',
    source: 'Confluent rest-utils 8.3, RestConfig.java: plain HTTP if nothing is configured',
    faults: (s) => [
      ...faultIf(!s.certificate && !s.unencrypted, `the requests of ${label(s)} would cross the network in clear`),
      ...faultIf(
        s.certificate !== undefined && s.unencrypted,
        `${label(s)} is unencrypted and has a certificate, which it would never show`,
      ),
    ],
  },
  {
    id: 'confluent-certificate-names',
    holds:
      'The certificate of a server is valid for the names that clients, and its pods among each other, connect to.',
    remedy: 'issue it with the dnsNames() of the construct',
    source: 'RFC 9110, 4.3.4: clients check the host name; Jetty 12 answers to no other',
    faults: (s) =>
      [s.serviceHost, ...s.instanceHosts.slice(0, 1)]
        .filter((host) => s.certificate && !coversHost(s.certificate.dnsNames, host))
        .map((host) => `the certificate '${s.certificate?.commonName}' of ${label(s)} is not valid for ${host}`),
  },
  {
    id: 'confluent-certificate-secret',
    holds: 'The certificate of a server and its key are in one Secret, which makes one file of them.',
    remedy: 'put both into one Secret, as cert-manager does',
    source: 'Confluent rest-utils 8.3, SslFactoryPemHelper.java: the key store is one PEM file',
    faults: (s) => {
      const { certificate, privateKey } = s.certificate ?? {};
      return faultIf(
        certificate?.secretName !== privateKey?.secretName,
        `${label(s)} finds its certificate in ${certificate?.toString()} and the key in ${privateKey?.toString()}`,
      );
    },
  },
  {
    id: 'confluent-namespace',
    holds: 'The Secrets of a server are in its own namespace, which is that of its connection.',
    remedy: 'make them in the namespace of the connection, or connect from the namespace where they are',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: (s) =>
      [s.certificate?.certificate, s.certificate?.privateKey, s.clientTrust, s.basicAuthentication?.users]
        .filter((key) => key?.namespace !== undefined && s.namespace !== '' && key.namespace !== s.namespace)
        .map((key) => `${label(s)} in namespace '${s.namespace}' cannot mount ${key?.toString()}`),
  },
  {
    id: 'confluent-name',
    holds: 'The name of a server leaves room for what Kubernetes derives from it.',
    remedy: `use at most ${NAME_LENGTH} characters`,
    source: 'Kubernetes 1.35: pods of a StatefulSet carry <name>-<10 characters> as a label of 63 at most',
    faults: (s) =>
      faultIf(s.name.length > NAME_LENGTH, `the name '${s.name}' of ${s.name.length} characters does not fit`),
  },
  {
    id: 'confluent-replicas',
    holds: 'A server has whole pods, 1 or more.',
    remedy: 'leave replicas out, or give a whole number',
    source: 'Kubernetes 1.35, apps/v1 StatefulSet',
    faults: (s) =>
      faultIf(!Number.isInteger(s.replicas) || s.replicas < 1, `${label(s)} cannot have ${s.replicas} pods`),
  },
  {
    id: 'confluent-client-trust',
    holds:
      'A server asks for certificates over HTTPS; where its pods send requests to each other, theirs is of the same authority as those of the clients.',
    remedy: 'give certificate, and for several pods have one authority issue the certificates of server and clients',
    source: 'Confluent Schema Registry 8.3, AbstractSchemaRegistry.java: one trust store for clients and leader',
    faults: (s) => [
      ...faultIf(
        s.clientTrust !== undefined && !s.certificate,
        `${label(s)} cannot ask for client certificates without HTTPS`,
      ),
      ...faultIf(
        s.clientTrust !== undefined &&
          s.certificate !== undefined &&
          s.program.talksToItself &&
          s.replicas > 1 &&
          !s.clientTrust.sameAs(s.certificate.issuer),
        `the pods of ${label(s)} would trust ${s.clientTrust?.toString()} and not each other`,
      ),
    ],
  },
  {
    id: 'confluent-basic-authentication',
    holds: 'A server asks for passwords over HTTPS, and lets users of at least one role in.',
    remedy: "give certificate and roles, such as roles: ['user']",
    source: 'Confluent rest-utils 8.3, RestConfig.java (authentication.*); RFC 7617: passwords are not encrypted',
    faults: (s) => {
      if (!s.basicAuthentication) return [];
      const { roles, realm } = s.basicAuthentication;
      return [
        ...faultIf(!s.certificate, `the passwords for ${label(s)} would cross the network in clear`),
        ...faultIf(roles.length === 0, `${label(s)} lets no role in`),
        ...roles.filter((role) => !ROLE.test(role)).map((role) => `no role of ${label(s)} can be named '${role}'`),
        ...faultIf(realm !== undefined && !REALM.test(realm), `the realm of ${label(s)} cannot be named '${realm}'`),
      ];
    },
  },
  {
    id: 'confluent-oauth-audience',
    holds: 'A server of Confluent’s asks for tokens without naming an audience.',
    remedy: 'leave audience out, and have the identity provider put it into the tokens of the client',
    source: 'Apache Kafka 4.3.1, clients/.../SaslConfigs.java: the client has a scope, and no audience',
    faults: (s) => {
      const details = s.connection.credentials._details;
      return details.kind === 'oauth' && details.oauth.audience !== undefined
        ? [`${label(s)} cannot ask for tokens for audience '${details.oauth.audience}'`]
        : [];
    },
  },
  {
    id: 'confluent-config',
    holds: 'Further properties of a server are ones that its image takes, hold nothing secret and contradict nothing.',
    remedy: 'leave the property out; what the construct derives is changed by its other properties',
    source: 'confluentinc/cp-docker-utils 1.0.9, cmd/ub/ub.go: properties are made from names of variables',
    faults: (s) =>
      Object.keys(s.config).flatMap((property) => [
        ...faultIf(!isExpressible(property), `the image of ${label(s)} cannot take the property '${property}'`),
        ...faultIf(s.derives(property), `${label(s)} already has a value for '${property}'`),
        ...faultIf(SECRET.test(property), `'${property}' of ${label(s)} would be readable for everybody`),
      ]),
  },
];

function label({ program, name }: ConfluentServer): string {
  return `${program.label} '${name}'`;
}
