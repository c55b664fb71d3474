import { IKafkaTopic, ITopicGrants } from '../../access/kafka-topic';
import { loginSupportRule } from '../../connection/login-mode';
import { coversHost } from '../../pki/host-names';
import { SecretKey } from '../../secrets/secret-key';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { Rule, faultIf, repeated } from '../../validation/rule';
import type { ControlCenter } from './control-center';
import { CONTROL_CENTER_SUPPORT } from './control-center-support';

const NAME = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const ROLE = /^[^\s,]+$/;

export const CONTROL_CENTER_RULES: readonly Rule<ControlCenter>[] = [
  loginSupportRule('control-center-login', CONTROL_CENTER_SUPPORT, ({ centerName, connection }) => ({
    name: centerName,
    connections: [connection],
  })),
  {
    id: 'control-center-image',
    holds: 'Control Center is the one that keeps its data in Kafka.',
    remedy: 'leave image out, or name a version of cp-enterprise-control-center up to 7.9',
    source:
      'Control Center 2.3 (next-gen): it shows what Confluent Server sends to a Prometheus beside it, which no other Kafka does',
    faults: ({ centerName, image }) =>
      faultIf(
        image.includes('control-center-next-gen'),
        `the image '${image}' of Control Center '${centerName}' needs a Prometheus and brokers of Confluent`,
      ),
  },
  {
    id: 'control-center-encryption',
    holds: 'Control Center either has a certificate or is unencrypted by name, not both.',
    remedy: 'give certificate, or say unencrypted: true where the network is trusted',
    source: 'Control Center 7.9 speaks plain HTTP if nothing is configured',
    faults: ({ centerName, certificate, unencrypted }) => [
      ...faultIf(
        !certificate && !unencrypted,
        `what Control Center '${centerName}' shows would cross the network in clear`,
      ),
      ...faultIf(
        certificate !== undefined && unencrypted,
        `Control Center '${centerName}' is unencrypted and has a certificate, which it would never show`,
      ),
    ],
  },
  {
    id: 'control-center-certificate-names',
    holds: 'The certificate of Control Center is valid for the name that browsers in the cluster connect to.',
    remedy: 'issue it with dnsNames: ControlCenter.dnsNames(name, namespace)',
    source: 'RFC 9110, 4.3.4: clients check the host name',
    faults: ({ certificate, serviceHost }) =>
      certificate && !coversHost(certificate.dnsNames, serviceHost)
        ? [`the certificate '${certificate.commonName}' is not valid for ${serviceHost}`]
        : [],
  },
  {
    id: 'control-center-namespace',
    holds: 'The Secrets of Control Center are in its own namespace.',
    remedy: 'make them in the namespace of the connection, or run Control Center where they are',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: (center) =>
      secretsOf(center)
        .filter(({ namespace }) => namespace !== undefined && center.namespace !== '' && namespace !== center.namespace)
        .map((secret) => `Control Center in namespace '${center.namespace}' cannot mount ${secret.toString()}`),
  },
  {
    id: 'control-center-authentication',
    holds: 'Control Center asks for passwords over HTTPS, and lets users of at least one role in.',
    remedy: "give certificate and roles, such as roles: ['Administrators']",
    source: 'Control Center 7.9, confluent.controlcenter.rest.authentication.method=BASIC; RFC 7617',
    faults: ({ centerName, basicAuthentication, certificate }) => {
      if (!basicAuthentication) return [];
      const { roles, restrictedRoles = [] } = basicAuthentication;
      return [
        ...faultIf(!certificate, `the passwords for Control Center '${centerName}' would cross the network in clear`),
        ...faultIf(roles.length === 0, `Control Center '${centerName}' gives no role all rights`),
        ...[...roles, ...restrictedRoles]
          .filter((role) => !ROLE.test(role))
          .map((role) => `no role of Control Center '${centerName}' can be named '${role}'`),
        ...repeated([...new Set(roles), ...new Set(restrictedRoles)]).map(
          (role) => `the role '${role}' of Control Center '${centerName}' is restricted and is not`,
        ),
      ];
    },
  },
  {
    id: 'control-center-neighbours',
    holds: 'Control Center knows each Kafka Connect and each ksqlDB server by a name of its own.',
    remedy: 'use lower-case letters, digits and dashes, and each name once',
    source: 'Control Center 7.9: confluent.controlcenter.connect.<name>.cluster',
    faults: ({ centerName, connects, ksqls }) => [
      ...connects
        .filter(({ name }) => !NAME.test(name))
        .map(({ name }) => `Control Center '${centerName}' cannot know a Kafka Connect as '${name}'`),
      ...[repeated(connects.map(({ name }) => name)), repeated(ksqls.map(({ serverName }) => serverName))]
        .flat()
        .map((name) => `Control Center '${centerName}' knows '${name}' twice`),
    ],
  },
  {
    id: 'control-center-ksqldb',
    holds: 'The ksqlDB servers that Control Center shows answer.',
    remedy: 'leave out servers with queries',
    source: 'ksqlDB 8.3: a server with ksql.queries.file has no API',
    faults: ({ centerName, ksqls }) =>
      ksqls
        .filter(({ interactive }) => !interactive)
        .map(({ serverName }) => `Control Center '${centerName}' cannot ask ksqlDB server '${serverName}'`),
  },
  {
    id: 'control-center-topic-replicas',
    holds: 'The topics of Control Center have whole copies, 1 or more.',
    remedy: 'write topicReplicas: 3, or as many as there are brokers if they are fewer',
    source: 'Control Center 7.9, confluent.controlcenter.internal.topics.replication',
    faults: ({ centerName, topicReplicas: copies }) =>
      faultIf(
        !Number.isInteger(copies) || copies < 1,
        `the topics of Control Center '${centerName}' cannot have ${copies} copies`,
      ),
  },
  {
    id: 'control-center-topics',
    holds: 'The topics that Control Center shows are in the cluster that it connects to.',
    remedy: 'name topics of the cluster of the connection',
    source: 'Kafka 4.3.1: a topic belongs to one cluster',
    faults: ({ shows, connection: { listener } }) =>
      shows.flatMap((topic) =>
        isTopic(topic) && topic.clusterId !== listener.clusterId
          ? [
              `topic '${topic.topicName}' is of cluster '${topic.clusterName}', the connection of '${listener.clusterName}'`,
            ]
          : [],
      ),
  },
];

function isTopic(topic: ITopicGrants): topic is IKafkaTopic {
  return 'clusterId' in topic;
}

function secretsOf(center: ControlCenter): (SecretKey | TrustedCertificates)[] {
  const { certificate, basicAuthentication, license, connects, ksqls } = center;
  return [
    ...(certificate ? [certificate.certificate, certificate.privateKey] : []),
    ...(basicAuthentication ? [basicAuthentication.users] : []),
    ...(license._license ? [license._license] : []),
    ...[...connects.map(({ trust }) => trust), ...ksqls.map((ksql) => ksql.certificate?.issuer)].flatMap((trust) =>
      trust ? [trust] : [],
    ),
  ];
}
