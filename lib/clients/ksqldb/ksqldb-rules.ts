import { IKafkaTopic, ITopicGrants } from '../../access/kafka-topic';
import { coversHost } from '../../pki/host-names';
import { SecretKey } from '../../secrets/secret-key';
import { Rule, faultIf } from '../../validation/rule';
import type { KsqlDbServer } from './ksqldb-server';

const SERVICE_ID = /^[A-Za-z0-9._-]*[A-Za-z0-9][_-]$/;
const TOPIC_PREFIX = /^[A-Za-z0-9._-]+$/;
const ROLE = /^[^\s,]+$/;
const REALM = /^[A-Za-z0-9._-]+$/;

export const KSQLDB_RULES: readonly Rule<KsqlDbServer>[] = [
  {
    id: 'ksqldb-encryption',
    holds: 'A ksqlDB server that takes statements has a certificate or is unencrypted by name; any other has neither.',
    remedy:
      'give certificate, or say unencrypted: true where the network is trusted; give neither to a server with queries',
    source: 'ksqlDB 8.3 speaks plain HTTP if nothing is configured, and nothing at all with ksql.queries.file',
    faults: ({ serverName, certificate, unencrypted, interactive }) => {
      const both = certificate !== undefined && unencrypted;
      return [
        ...faultIf(
          interactive && !certificate && !unencrypted,
          `the statements and results of ksqlDB server '${serverName}' would cross the network in clear`,
        ),
        ...faultIf(
          interactive && both,
          `ksqlDB server '${serverName}' is unencrypted and has a certificate, which it would never show`,
        ),
        ...faultIf(
          !interactive && (certificate !== undefined || unencrypted),
          `ksqlDB server '${serverName}' with queries has no API to encrypt or not`,
        ),
      ];
    },
  },
  {
    id: 'ksqldb-certificate-names',
    holds: 'The certificate of a ksqlDB server is valid for the name that clients connect to.',
    remedy: 'issue it with dnsNames: KsqlDbServer.dnsNames(name, namespace)',
    source: 'RFC 9110, 4.3.4: clients check the host name',
    faults: ({ certificate, serviceHost }) =>
      certificate && !coversHost(certificate.dnsNames, serviceHost)
        ? [`the certificate '${certificate.commonName}' is not valid for ${serviceHost}`]
        : [],
  },
  {
    id: 'ksqldb-namespace',
    holds: 'The Secrets of a ksqlDB server are in its own namespace.',
    remedy: 'make them in the namespace of the connection, or run the server where they are',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: (server) =>
      secretsOf(server)
        .filter(({ namespace }) => namespace !== undefined && server.namespace !== '' && namespace !== server.namespace)
        .map((secret) => `a ksqlDB server in namespace '${server.namespace}' cannot mount ${secret.toString()}`),
  },
  {
    id: 'ksqldb-service-id',
    holds: 'A service id is of letters, digits, dots, dashes and underscores, and ends in a dash or an underscore.',
    remedy: "write serviceId: 'sales_'",
    source:
      'ksqlDB 8.3, KsqlConfig.java (ksql.service.id); ACLs are on what begins with it, and one id must not begin with another',
    faults: ({ serviceId }) => faultIf(!SERVICE_ID.test(serviceId), `no ksqlDB service can have the id '${serviceId}'`),
  },
  {
    id: 'ksqldb-output-prefix',
    holds: 'What output topics begin with can begin the name of a topic.',
    remedy: "write letters, digits, dots, dashes and underscores: outputTopicPrefix: 'sales-'",
    source: 'Apache Kafka 4.3.1, clients/.../internals/Topic.java',
    faults: ({ outputTopicPrefix: prefix }) =>
      faultIf(prefix !== undefined && !TOPIC_PREFIX.test(prefix), `no topic can begin with '${prefix}'`),
  },
  {
    id: 'ksqldb-authentication',
    holds: 'A ksqlDB server asks for passwords over HTTPS, and lets users of at least one role in.',
    remedy:
      "give certificate and roles, such as roles: ['ksql-user']; leave basicAuthentication out of a server with queries",
    source: 'ksqlDB 8.3, authentication.method=BASIC; RFC 7617: passwords are not encrypted',
    faults: ({ serverName, basicAuthentication, interactive, certificate }) => {
      if (!basicAuthentication) return [];
      const { roles, realm } = basicAuthentication;
      return [
        ...faultIf(!interactive, `nobody can log in to ksqlDB server '${serverName}', which has queries`),
        ...faultIf(
          interactive && !certificate,
          `the passwords for ksqlDB server '${serverName}' would cross the network in clear`,
        ),
        ...faultIf(roles.length === 0, `ksqlDB server '${serverName}' lets no role in`),
        ...roles
          .filter((role) => !ROLE.test(role))
          .map((role) => `no role of ksqlDB server '${serverName}' can be named '${role}'`),
        ...faultIf(
          realm !== undefined && !REALM.test(realm),
          `the realm of ksqlDB server '${serverName}' cannot be named '${realm}'`,
        ),
      ];
    },
  },
  {
    id: 'ksqldb-queries',
    holds: 'The queries of a ksqlDB server hold a statement.',
    remedy: 'write the statements, or leave queries out to have clients send them',
    source: 'ksqlDB 8.3, StandaloneExecutor.java: a server without a query ends',
    faults: ({ serverName, queries }) =>
      faultIf(queries !== undefined && queries.trim() === '', `ksqlDB server '${serverName}' has empty queries`),
  },
  {
    id: 'ksqldb-replicas',
    holds: 'A ksqlDB server has whole pods, 1 or more, and only one if it takes statements.',
    remedy: 'leave replicas out, or give the server queries',
    source:
      'ksqlDB 8.3, ksql.advertised.listener: servers ask each other for rows, by names that pods of a Deployment lack',
    faults: ({ serverName, replicas, interactive }) => [
      ...faultIf(
        !Number.isInteger(replicas) || replicas < 1,
        `ksqlDB server '${serverName}' cannot have ${replicas} pods`,
      ),
      ...faultIf(
        replicas > 1 && interactive,
        `the ${replicas} pods of ksqlDB server '${serverName}' could not ask each other for their rows`,
      ),
    ],
  },
  {
    id: 'ksqldb-topic-replicas',
    holds: 'The topics of a ksqlDB server have whole copies, 1 or more, or as many as the brokers make.',
    remedy: 'leave topicReplicas out, which means -1: what the brokers make of any topic',
    source: 'ksqlDB 8.3, ksql.internal.topic.replicas and ksql.streams.replication.factor',
    faults: ({ serverName, topicReplicas: copies }) =>
      faultIf(
        copies !== -1 && !(Number.isInteger(copies) && copies >= 1),
        `the topics of ksqlDB server '${serverName}' cannot have ${copies} copies`,
      ),
  },
  {
    id: 'ksqldb-topics',
    holds: 'The topics of a ksqlDB server are in the cluster that it connects to.',
    remedy: 'name topics of the cluster of the connection',
    source: 'Kafka 4.3.1: a topic belongs to one cluster',
    faults: ({ reads, writes, connection: { listener } }) =>
      [...reads, ...writes].flatMap((topic) =>
        isTopic(topic) && topic.clusterId !== listener.clusterId
          ? [
              `topic '${topic.topicName}' is of cluster '${topic.clusterName}', the connection of '${listener.clusterName}'`,
            ]
          : [],
      ),
  },
  {
    id: 'ksqldb-jvm-option',
    holds: 'An option of the Java virtual machine begins with a dash and has no spaces.',
    remedy: "write one option in each: jvmOptions: ['-Xlog:gc', '-Dmy.property=value']",
    source: 'ksqlDB 8.3, bin/ksql-run-class: the shell splits KSQL_OPTS at spaces',
    faults: ({ serverName, jvmOptions }) =>
      jvmOptions
        .filter((option) => !/^-\S+$/.test(option))
        .map((option) => `ksqlDB server '${serverName}' cannot take the option '${option}'`),
  },
];

function isTopic(topic: ITopicGrants): topic is IKafkaTopic {
  return 'clusterId' in topic;
}

function secretsOf({ certificate, basicAuthentication }: KsqlDbServer): SecretKey[] {
  return [
    ...(certificate ? [certificate.certificate, certificate.privateKey] : []),
    ...(basicAuthentication ? [basicAuthentication.users] : []),
  ];
}
