import { KafkaTopics, KsqlDbServer, SecretKey } from '../../../lib';
import { KSQLDB_RULES } from '../../../lib/clients/ksqldb/ksqldb-rules';
import { Declare, describeRules } from '../../support/rules';
import { World, certificate } from '../world';
import { TLS, connect, server } from './world';

const USERS = SecretKey.existing('ksql-users', 'users');
const right: Declare = (chart) => server(chart);

describeRules(KSQLDB_RULES, {
  'ksqldb-encryption': {
    remedy:
      'give certificate, or say unencrypted: true where the network is trusted; give neither to a server with queries',
    cases: [
      [
        (chart) => server(chart, { certificate: undefined }),
        ["[test/ksqldb] the statements and results of ksqlDB server 'ksqldb' would cross the network in clear"],
        (chart) => server(chart, { unencrypted: true }),
      ],
      [
        (chart) => server(chart, { certificate: TLS, unencrypted: true }),
        ["[test/ksqldb] ksqlDB server 'ksqldb' is unencrypted and has a certificate, which it would never show"],
        right,
      ],
      [
        (chart) => server(chart, { queries: 'SELECT 1;', certificate: TLS }),
        ["[test/ksqldb] ksqlDB server 'ksqldb' with queries has no API to encrypt or not"],
        (chart) => server(chart, { queries: 'SELECT 1;' }),
      ],
    ],
  },
  'ksqldb-certificate-names': {
    remedy: 'issue it with dnsNames: KsqlDbServer.dnsNames(name, namespace)',
    cases: [
      [
        (chart) => server(chart, { certificate: certificate(['ksql.example.com']) }),
        ["[test/ksqldb] the certificate 'registry' is not valid for ksqldb.flink.svc"],
        right,
      ],
    ],
  },
  'ksqldb-namespace': {
    remedy: 'make them in the namespace of the connection, or run the server where they are',
    cases: [
      [
        (chart) =>
          server(chart, {
            certificate: certificate(KsqlDbServer.dnsNames('ksqldb', 'flink'), 'pki'),
            basicAuthentication: {
              users: SecretKey.existing('ksql-users', 'users', { namespace: 'people' }),
              roles: ['a'],
            },
          }),
        [
          "[test/ksqldb] a ksqlDB server in namespace 'flink' cannot mount pki/registry-tls:tls.crt",
          "[test/ksqldb] a ksqlDB server in namespace 'flink' cannot mount pki/registry-tls:tls.key",
          "[test/ksqldb] a ksqlDB server in namespace 'flink' cannot mount people/ksql-users:users",
        ],
        (chart) => server(chart, { basicAuthentication: { users: USERS, roles: ['a'] } }),
      ],
    ],
  },
  'ksqldb-service-id': {
    remedy: "write serviceId: 'sales_'",
    cases: [
      [
        (chart) => server(chart, { serviceId: 'sales' }),
        ["[test/ksqldb] no ksqlDB service can have the id 'sales'"],
        (chart) => server(chart, { serviceId: 'sales-' }),
      ],
      [
        (chart) => server(chart, { serviceId: 'sales*_' }),
        ["[test/ksqldb] no ksqlDB service can have the id 'sales*_'"],
        (chart) => server(chart, { serviceId: 'sales_' }),
      ],
    ],
  },
  'ksqldb-output-prefix': {
    remedy: "write letters, digits, dots, dashes and underscores: outputTopicPrefix: 'sales-'",
    cases: [
      [
        (chart) => server(chart, { outputTopicPrefix: '' }),
        ["[test/ksqldb] no topic can begin with ''"],
        (chart) => server(chart, { outputTopicPrefix: 'out-' }),
      ],
      [
        (chart) => server(chart, { outputTopicPrefix: 'out*' }),
        ["[test/ksqldb] no topic can begin with 'out*'"],
        right,
      ],
    ],
  },
  'ksqldb-authentication': {
    remedy:
      "give certificate and roles, such as roles: ['ksql-user']; leave basicAuthentication out of a server with queries",
    cases: [
      [
        (chart) => server(chart, { queries: 'SELECT 1;', basicAuthentication: { users: USERS, roles: ['a'] } }),
        ["[test/ksqldb] nobody can log in to ksqlDB server 'ksqldb', which has queries"],
        right,
      ],
      [
        (chart) => server(chart, { unencrypted: true, basicAuthentication: { users: USERS, roles: ['a'] } }),
        ["[test/ksqldb] the passwords for ksqlDB server 'ksqldb' would cross the network in clear"],
        (chart) => server(chart, { basicAuthentication: { users: USERS, roles: ['**'] } }),
      ],
      [
        (chart) => server(chart, { basicAuthentication: { users: USERS, roles: [], realm: 'a b' } }),
        [
          "[test/ksqldb] ksqlDB server 'ksqldb' lets no role in",
          "[test/ksqldb] the realm of ksqlDB server 'ksqldb' cannot be named 'a b'",
        ],
        (chart) => server(chart, { basicAuthentication: { users: USERS, roles: ['a'], realm: 'users' } }),
      ],
      [
        (chart) => server(chart, { basicAuthentication: { users: USERS, roles: ['a,b'] } }),
        ["[test/ksqldb] no role of ksqlDB server 'ksqldb' can be named 'a,b'"],
        (chart) => server(chart, { basicAuthentication: { users: USERS, roles: ['a', 'b'] } }),
      ],
    ],
  },
  'ksqldb-queries': {
    remedy: 'write the statements, or leave queries out to have clients send them',
    cases: [
      [
        (chart) => server(chart, { queries: ' \n' }),
        ["[test/ksqldb] ksqlDB server 'ksqldb' has empty queries"],
        (chart) => server(chart, { queries: 'SELECT 1;' }),
      ],
    ],
  },
  'ksqldb-replicas': {
    remedy: 'leave replicas out, or give the server queries',
    cases: [
      [
        (chart) => server(chart, { replicas: 2 }),
        ["[test/ksqldb] the 2 pods of ksqlDB server 'ksqldb' could not ask each other for their rows"],
        (chart) => server(chart, { replicas: 2, queries: 'SELECT 1;' }),
      ],
      [
        (chart) => server(chart, { replicas: 0.5 }),
        ["[test/ksqldb] ksqlDB server 'ksqldb' cannot have 0.5 pods"],
        (chart) => server(chart, { replicas: 1 }),
      ],
    ],
  },
  'ksqldb-topic-replicas': {
    remedy: 'leave topicReplicas out, which means -1: what the brokers make of any topic',
    cases: [
      [
        (chart) => server(chart, { topicReplicas: 0 }),
        ["[test/ksqldb] the topics of ksqlDB server 'ksqldb' cannot have 0 copies"],
        (chart) => server(chart, { topicReplicas: 3 }),
      ],
    ],
  },
  'ksqldb-topics': {
    remedy: 'name topics of the cluster of the connection',
    cases: [
      [
        (chart) => {
          const { topic } = new World(chart);
          server(chart, { reads: [topic], connection: connect(chart) });
        },
        ["[test/ksqldb] topic 'flink.sales.records' is of cluster 'my-cluster', the connection of 'kafka'"],
        (chart) => {
          const world = new World(chart);
          server(chart, {
            reads: [world.topic],
            writes: [KafkaTopics.named('totals')],
            connection: world.connect(world.user('ksql')),
          });
        },
      ],
    ],
  },
  'ksqldb-jvm-option': {
    remedy: "write one option in each: jvmOptions: ['-Xlog:gc', '-Dmy.property=value']",
    cases: [
      [
        (chart) => server(chart, { jvmOptions: ['-Da=b c'] }),
        ["[test/ksqldb] ksqlDB server 'ksqldb' cannot take the option '-Da=b c'"],
        (chart) => server(chart, { jvmOptions: ['-Xss2m', '-Da=b'] }),
      ],
    ],
  },
});
