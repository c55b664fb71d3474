import { ClientCredentials, ControlCenter, SecretKey } from '../../../lib';
import { CONTROL_CENTER_RULES } from '../../../lib/clients/control-center/control-center-rules';
import { Declare, describeRules } from '../../support/rules';
import { SCRAM, connect, server } from '../ksqldb/world';
import { World, certificate } from '../world';
import { TLS, center } from './world';

const USERS = SecretKey.existing('center-users', 'users');
const right: Declare = (chart) => center(chart);

describeRules(CONTROL_CENTER_RULES, {
  'control-center-login': {
    remedy: 'connect it by plaintext, TLS, mutual TLS, SASL PLAIN, SASL SCRAM-SHA-256, SASL SCRAM-SHA-512, SASL GSSAPI',
    cases: [
      [
        (chart) =>
          center(chart, {
            connection: connect(
              chart,
              ClientCredentials.oauth({
                tokenEndpointUri: 'https://sso.example.com/token',
                clientId: 'center',
                clientSecret: SecretKey.existing('center-client', 'secret'),
              }),
            ),
          }),
        [
          "[test/center] Control Center 'center' cannot log in by SASL OAUTHBEARER: the clients of version 7.9 know neither strimzi-kafka-oauth nor the settings by which newer ones read a client secret",
        ],
        right,
      ],
    ],
  },
  'control-center-image': {
    remedy: 'leave image out, or name a version of cp-enterprise-control-center up to 7.9',
    cases: [
      [
        (chart) => center(chart, { image: 'confluentinc/cp-enterprise-control-center-next-gen:2.3.0' }),
        [
          "[test/center] the image 'confluentinc/cp-enterprise-control-center-next-gen:2.3.0' of Control Center 'center' needs a Prometheus and brokers of Confluent",
        ],
        (chart) => center(chart, { image: 'confluentinc/cp-enterprise-control-center:7.9.8' }),
      ],
    ],
  },
  'control-center-encryption': {
    remedy: 'give certificate, or say unencrypted: true where the network is trusted',
    cases: [
      [
        (chart) => center(chart, { certificate: undefined }),
        ["[test/center] what Control Center 'center' shows would cross the network in clear"],
        (chart) => center(chart, { unencrypted: true }),
      ],
      [
        (chart) => center(chart, { certificate: TLS, unencrypted: true }),
        ["[test/center] Control Center 'center' is unencrypted and has a certificate, which it would never show"],
        right,
      ],
    ],
  },
  'control-center-certificate-names': {
    remedy: 'issue it with dnsNames: ControlCenter.dnsNames(name, namespace)',
    cases: [
      [
        (chart) => center(chart, { certificate: certificate(['center.example.com']) }),
        ["[test/center] the certificate 'registry' is not valid for center.flink.svc"],
        right,
      ],
    ],
  },
  'control-center-namespace': {
    remedy: 'make them in the namespace of the connection, or run Control Center where they are',
    cases: [
      [
        (chart) => center(chart, { certificate: certificate(ControlCenter.dnsNames('center', 'flink'), 'pki') }),
        [
          "[test/center] Control Center in namespace 'flink' cannot mount pki/registry-tls:tls.crt",
          "[test/center] Control Center in namespace 'flink' cannot mount pki/registry-tls:tls.key",
        ],
        right,
      ],
    ],
  },
  'control-center-authentication': {
    remedy: "give certificate and roles, such as roles: ['Administrators']",
    cases: [
      [
        (chart) => center(chart, { unencrypted: true, basicAuthentication: { users: USERS, roles: ['a'] } }),
        ["[test/center] the passwords for Control Center 'center' would cross the network in clear"],
        (chart) => center(chart, { basicAuthentication: { users: USERS, roles: ['a'] } }),
      ],
      [
        (chart) => center(chart, { basicAuthentication: { users: USERS, roles: [] } }),
        ["[test/center] Control Center 'center' gives no role all rights"],
        right,
      ],
      [
        (chart) => center(chart, { basicAuthentication: { users: USERS, roles: ['a b'] } }),
        ["[test/center] no role of Control Center 'center' can be named 'a b'"],
        right,
      ],
      [
        (chart) => center(chart, { basicAuthentication: { users: USERS, roles: ['a'], restrictedRoles: ['a'] } }),
        ["[test/center] the role 'a' of Control Center 'center' is restricted and is not"],
        (chart) => center(chart, { basicAuthentication: { users: USERS, roles: ['a'], restrictedRoles: ['b'] } }),
      ],
    ],
  },
  'control-center-neighbours': {
    remedy: 'use lower-case letters, digits and dashes, and each name once',
    cases: [
      [
        (chart) => center(chart, { connects: [{ name: 'my.connect', url: 'http://connect:8083' }] }),
        ["[test/center] Control Center 'center' cannot know a Kafka Connect as 'my.connect'"],
        (chart) => center(chart, { connects: [{ name: 'my-connect', url: 'http://connect:8083' }] }),
      ],
      [
        (chart) => center(chart, { connects: ['http://a:8083', 'http://b:8083'].map((url) => ({ name: 'etl', url })) }),
        ["[test/center] Control Center 'center' knows 'etl' twice"],
        right,
      ],
    ],
  },
  'control-center-ksqldb': {
    remedy: 'leave out servers with queries',
    cases: [
      [
        (chart) =>
          center(chart, { ksqls: [server(chart, { queries: 'x', connection: connect(chart, SCRAM, 'other') })] }),
        ["[test/center] Control Center 'center' cannot ask ksqlDB server 'ksqldb'"],
        (chart) => center(chart, { ksqls: [server(chart, { connection: connect(chart, SCRAM, 'other') })] }),
      ],
    ],
  },
  'control-center-topic-replicas': {
    remedy: 'write topicReplicas: 3, or as many as there are brokers if they are fewer',
    cases: [
      [
        (chart) => center(chart, { topicReplicas: 1.5 }),
        ["[test/center] the topics of Control Center 'center' cannot have 1.5 copies"],
        (chart) => center(chart, { topicReplicas: 1 }),
      ],
    ],
  },
  'control-center-topics': {
    remedy: 'name topics of the cluster of the connection',
    cases: [
      [
        (chart) => center(chart, { shows: [new World(chart).topic], connection: connect(chart) }),
        ["[test/center] topic 'flink.sales.records' is of cluster 'my-cluster', the connection of 'kafka'"],
        (chart) => {
          const world = new World(chart);
          center(chart, { shows: [world.topic], connection: world.connect(world.user('c3')) });
        },
      ],
    ],
  },
});
