import { Chart, Duration } from 'cdk8s';
import {
  BrokerMount,
  KafkaAuthorization,
  KafkaClusterProps,
  KafkaNodeRole,
  KafkaVersion,
  ListenerAuthentication,
  ListenerType,
  OAuthIssuer,
  Principal,
  SecretKey,
  TrustedCertificates,
} from '../../lib';
import { KAFKA_CLUSTER_RULES } from '../../lib/strimzi/kafka-cluster-rules';
import { Declare, describeRules } from '../support/rules';
import { COMPANY_CA, addListener, addNodes, cluster, clusterWithNode, emptyCluster, issuer } from '../support/worlds';

const { BROKER, CONTROLLER } = KafkaNodeRole;

/** A cluster with one node, one listener and `props`. */
const withProps =
  (props: KafkaClusterProps): Declare =>
  (chart) =>
    cluster(chart, props);
const withConfig = (config: KafkaClusterProps['config']) => withProps({ config });

/** A cluster with some brokers, as many controllers, one listener and `config`. */
const withBrokers =
  (replicas: number, config: KafkaClusterProps['config']): Declare =>
  (chart) => {
    const made = emptyCluster(chart, { config });
    addNodes(made, { replicas });
    addListener(made);
  };

/** A cluster with controllers only in one pool, and brokers only in another. */
const withRoles =
  (controllers: number, brokers: number): Declare =>
  (chart) => {
    const made = emptyCluster(chart);
    addNodes(made, { roles: [CONTROLLER], replicas: controllers }, 'controllers');
    addNodes(made, { roles: [BROKER], replicas: brokers }, 'brokers');
    addListener(made);
  };

const withMounts = (...mounts: BrokerMount[]) => withProps({ pods: { mounts } });

const keycloak = (of: OAuthIssuer) => KafkaAuthorization.keycloak({ issuer: of, clientId: 'kafka' });
const withKeycloak =
  (of: OAuthIssuer, authentication = ListenerAuthentication.oauth({ issuer: issuer(), audience: 'kafka' })): Declare =>
  (chart) =>
    addListener(clusterWithNode(chart, { authorization: keycloak(of) }), { authentication });
const BEARER = ListenerAuthentication.custom({
  sasl: true,
  listenerConfig: {
    'sasl.enabled.mechanisms': 'OAUTHBEARER',
    'oauthbearer.sasl.jaas.config': 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required ;',
  },
});

const named = (length: number) => 'c'.repeat(length);

describeRules(KAFKA_CLUSTER_RULES, {
  'cluster-name': {
    remedy:
      'use at most 42 lower-case letters, digits and dashes (43 without the topic operator, 47 without both operators)',
    cases: [
      [
        withProps({ clusterName: named(43) }),
        [`[test/${named(43)}] the cluster name '${named(43)}' of 43 characters does not fit`],
        withProps({ clusterName: named(42) }),
      ],
      [
        withProps({ clusterName: named(44), entityOperator: { topicOperator: false } }),
        [`[test/${named(44)}] the cluster name '${named(44)}' of 44 characters does not fit`],
        withProps({ clusterName: named(43), entityOperator: { topicOperator: false } }),
      ],
      [
        withProps({ clusterName: named(48), entityOperator: { topicOperator: false, userOperator: false } }),
        [`[test/${named(48)}] the cluster name '${named(48)}' of 48 characters does not fit`],
        withProps({ clusterName: named(47), entityOperator: { topicOperator: false, userOperator: false } }),
      ],
      [
        withProps({ clusterName: 'my.cluster' }),
        ["[test/my.cluster] the cluster name 'my.cluster' of 10 characters does not fit"],
        withProps({ clusterName: 'my-cluster' }),
      ],
    ],
  },
  'cluster-listeners': {
    remedy: "add listeners with different names and ports: cluster.addListener('tls', { port: 9093, ... })",
    cases: [
      [clusterWithNode, ["[test/my-cluster] cluster 'my-cluster' has no listener"], cluster],
      [
        (chart) => addListener(cluster(chart), {}, 'tls2'),
        ["[test/my-cluster] cluster 'my-cluster' has two listeners on port 9093"],
        (chart) => addListener(cluster(chart), { port: 9094 }, 'tls2'),
      ],
      [
        (chart) => addListener(cluster(chart), { port: 9094 }),
        ["[test/my-cluster] cluster 'my-cluster' has two listeners named 'tls'"],
        (chart) => addListener(cluster(chart), { port: 9094 }, 'tls2'),
      ],
    ],
  },
  'listener-service-names': {
    remedy: 'shorten the name of the cluster, of the pool or of the listener',
    cases: [
      [
        serviceName(40, 'elevenchars'),
        [
          `[test/${named(40)}] cluster '${named(40)}' would have a Service named ${named(40)}-kafka-elevenchars-bootstrap`,
        ],
        serviceName(35, 'elevenchars'),
      ],
      [
        serviceName(20, 'elevenchars', 'p'.repeat(31)),
        [
          `[test/${named(20)}] cluster '${named(20)}' would have a Service named ${named(20)}-${'p'.repeat(31)}-elevenchars-0`,
        ],
        serviceName(20, 'elevenchars', 'p'.repeat(28)),
      ],
      [
        serviceName(40, 'elevenchars'),
        [
          `[test/${named(40)}] cluster '${named(40)}' would have a Service named ${named(40)}-kafka-elevenchars-bootstrap`,
        ],
        serviceName(40, 'elevenchars', 'p', ListenerType.internal()),
      ],
    ],
  },
  'cluster-nodes': {
    remedy:
      'add a pool with both roles: cluster.addNodePool("dual-role", { roles: [KafkaNodeRole.BROKER, KafkaNodeRole.CONTROLLER], ... })',
    cases: [
      [
        (chart) => addListener(emptyCluster(chart)),
        [
          "[test/my-cluster] cluster 'my-cluster' has no broker",
          "[test/my-cluster] cluster 'my-cluster' has no controller",
        ],
        cluster,
      ],
      [withRoles(1, 0), ["[test/my-cluster] cluster 'my-cluster' has no broker"], withRoles(1, 1)],
      [withRoles(0, 1), ["[test/my-cluster] cluster 'my-cluster' has no controller"], withRoles(1, 1)],
    ],
  },
  'cluster-node-pools': {
    remedy: 'give each pool a name of its own',
    cases: [
      [
        (chart) => addNodes(cluster(chart), { roles: [BROKER] }),
        ["[test/my-cluster] cluster 'my-cluster' has two node pools named 'dual-role'"],
        (chart) => addNodes(cluster(chart), { roles: [BROKER] }, 'brokers'),
      ],
    ],
  },
  'cluster-controllers': {
    remedy: 'use 1, 3 or 5 controllers',
    cases: [
      [withRoles(2, 1), ["[test/my-cluster] cluster 'my-cluster' has 2 controllers"], withRoles(3, 2)],
      [withBrokers(4, {}), ["[test/my-cluster] cluster 'my-cluster' has 4 controllers"], withBrokers(5, {})],
    ],
  },
  'kafka-version': {
    remedy: 'leave metadataVersion out, or take that of the KafkaVersion',
    cases: [
      [
        withProps({ metadataVersion: 'four' }),
        ["[test/my-cluster] the metadata version 'four' is none"],
        withProps({ metadataVersion: '4.3' }),
      ],
      [
        withProps({ metadataVersion: '3.3-IV2' }),
        ["[test/my-cluster] the metadata version '3.3-IV2' is none"],
        withProps({ metadataVersion: '3.3-IV3' }),
      ],
      [
        withProps({ metadataVersion: '4.3-IV0', version: KafkaVersion.V4_2_1 }),
        ['[test/my-cluster] the metadata version 4.3-IV0 is newer than Kafka 4.2.1'],
        withProps({ metadataVersion: '4.2-IV1', version: KafkaVersion.V4_2_1 }),
      ],
      [
        withProps({ metadataVersion: '4.3', version: KafkaVersion.V4_2_1 }),
        ['[test/my-cluster] the metadata version 4.3 is newer than Kafka 4.2.1'],
        withProps({ metadataVersion: '4.2', version: KafkaVersion.V4_2_1 }),
      ],
    ],
  },
  'kafka-config-forbidden': {
    remedy: 'remove the setting; listeners, authorization and certificates have properties of their own',
    cases: [
      ...(
        [
          ['listeners', 'log.retention.hours'],
          ['advertised.listeners', 'auto.create.topics.enable'],
          ['broker.rack', 'broker.heartbeat.interval.ms'],
          ['broker.id', 'broker.session.timeout.ms'],
          ['listener.security.protocol.map', 'listener.name.tls-9093.max.connections'],
          ['listener.name.tls-9093.ssl.client.auth', 'listener.name.tls-9093.connections.max.reauth.ms'],
          ['listener.name.TLS-9093.max.connections', 'listener.name.tls-9093.max.connection.creation.rate'],
          ['host.name', 'num.partitions'],
          ['port', 'num.io.threads'],
          ['inter.broker.listener.name', 'num.network.threads'],
          ['sasl.enabled.mechanisms', 'sasl.server.max.receive.size'],
          ['SASL.enabled.mechanisms', 'sasl.server.max.receive.size'],
          ['ssl.truststore.location', 'ssl.cipher.suites'],
          ['ssl.client.auth', 'ssl.protocol'],
          ['ssl.keystore.type', 'ssl.enabled.protocols'],
          ['ssl.endpoint.identification.algorithm', 'ssl.secure.random.implementation'],
          ['security.inter.broker.protocol', 'num.replica.fetchers'],
          ['password.encoder.secret', 'max.connections'],
          ['log.dirs', 'log.segment.bytes'],
          ['zookeeper.connect', 'queued.max.requests'],
          ['authorizer.class.name', 'background.threads'],
          ['super.users', 'request.timeout.ms'],
          ['cruise.control.metrics.topic', 'cruise.control.metrics.topic.num.partitions'],
          ['cruise.control.metrics.reporter.bootstrap.servers', 'cruise.control.metrics.topic.replication.factor'],
          ['node.id', 'cruise.control.metrics.topic.retention.ms'],
          ['process.roles', 'cruise.control.metrics.topic.auto.create.retries'],
          ['controller.quorum.voters', 'controller.quorum.election.backoff.max.ms'],
          ['controller.quorum.bootstrap.servers', 'controller.quorum.fetch.timeout.ms'],
          ['metadata.log.dir', 'controller.socket.timeout.ms'],
          ['client.quota.callback.static.kafka.admin.x', 'cruise.control.metrics.topic.auto.create.timeout.ms'],
          ['client.quota.callback.static.produce', 'cruise.control.metrics.topic.min.insync.replicas'],
          ['client.quota.callback.static.fetch', 'quota.window.num'],
          ['client.quota.callback.static.storage.per.volume.limit.min.available.bytes', 'socket.send.buffer.bytes'],
          ['client.quota.callback.static.excluded.principal.name.list', 'socket.listen.backlog.size'],
          ['prometheus.metrics.reporter.listener', 'metrics.num.samples'],
          ['cordoned.log.dirs', 'log.roll.hours'],
        ] as const
      ).map(([forbidden, allowed]): [Declare, string[], Declare] => [
        withConfig({ [forbidden]: '1' }),
        [`[test/my-cluster] config has ${forbidden}`],
        withConfig({
          [allowed]: allowed === 'log.segment.bytes' ? 1048576 : allowed === 'auto.create.topics.enable' ? true : 1,
        }),
      ]),
      ...[
        'controller.listener.names',
        'sasl.mechanism.controller.protocol',
        'listener.name.controller.ssl.client.auth',
      ].map((setting): [Declare, string[], Declare] => [
        withConfig({ [setting]: '1' }),
        [`[test/my-cluster] config has ${setting}, but Strimzi secures the controllers by mutual TLS itself`],
        withConfig({ 'controller.quorum.election.timeout.ms': 2000 }),
      ]),
    ],
  },
  'kafka-config-value': {
    remedy:
      'give the setting a string, number or boolean; call config providers other than strimzienv, strimzisecrets, strimzifile, strimzidir',
    cases: [
      ...[null, undefined, ['compact'], { a: 1 }, NaN].map((value): [Declare, string[], Declare] => [
        withConfig({ 'log.cleanup.policy': value }),
        ['[test/my-cluster] config has no plain value for log.cleanup.policy'],
        withConfig({ 'log.cleanup.policy': 'compact' }),
      ]),
      [
        withConfig({ 'config.providers': 'env, strimzienv' }),
        ['[test/my-cluster] config declares the config provider strimzienv'],
        withConfig({ 'config.providers': 'env' }),
      ],
    ],
  },
  'kafka-config-limits': {
    remedy: 'change the value, or leave the setting out',
    cases: [
      [
        withConfig({ 'num.partitions': 'many' }),
        ["[test/my-cluster] num.partitions is 'many', not a whole number, 1 or more"],
        withConfig({ 'num.partitions': '12' }),
      ],
      [
        withConfig({ 'num.partitions': 0 }),
        ["[test/my-cluster] num.partitions is '0', not a whole number, 1 or more"],
        withConfig({ 'num.partitions': 1 }),
      ],
      [
        withConfig({ 'auto.create.topics.enable': 'yes' }),
        ["[test/my-cluster] auto.create.topics.enable is 'yes', not true or false"],
        withConfig({ 'auto.create.topics.enable': 'true' }),
      ],
      [
        withConfig({ 'compression.type': 'zip' }),
        ["[test/my-cluster] compression.type is 'zip', not uncompressed or zstd or lz4 or snappy or gzip or producer"],
        withConfig({ 'compression.type': 'zstd' }),
      ],
      [
        withConfig({ 'log.cleanup.policy': 'compact,forget' }),
        ["[test/my-cluster] log.cleanup.policy is 'compact,forget', not one or more of compact, delete"],
        withConfig({ 'log.cleanup.policy': 'compact, delete' }),
      ],
      [
        withConfig({ 'log.cleaner.min.cleanable.ratio': 1.1 }),
        ["[test/my-cluster] log.cleaner.min.cleanable.ratio is '1.1', not a number from 0 to 1"],
        withConfig({ 'log.cleaner.min.cleanable.ratio': 0.1 }),
      ],
      [
        withConfig({ 'compression.lz4.level': 18 }),
        ["[test/my-cluster] compression.lz4.level is '18', not a whole number from 1 to 17"],
        withConfig({ 'compression.lz4.level': 17 }),
      ],
      [
        withConfig({ 'log.retention.bytes': '9223372036854775808' }),
        ["[test/my-cluster] log.retention.bytes is '9223372036854775808', not a whole number"],
        withConfig({ 'log.retention.bytes': '9223372036854775807', 'my.own.setting': 'anything' }),
      ],
    ],
  },
  'kafka-replication': {
    remedy: 'lower the setting, leave it out, or add brokers',
    cases: [
      ...[
        'default.replication.factor',
        'offsets.topic.replication.factor',
        'transaction.state.log.replication.factor',
        'transaction.state.log.min.isr',
      ].map((setting): [Declare, string[], Declare] => [
        withBrokers(3, { [setting]: 4 }),
        [`[test/my-cluster] ${setting} is 4 with 3 brokers`],
        withBrokers(3, { [setting]: 3 }),
      ]),
      [
        withBrokers(3, { 'min.insync.replicas': 4 }),
        ['[test/my-cluster] min.insync.replicas is 4 with 3 replicas'],
        withBrokers(3, { 'min.insync.replicas': 3 }),
      ],
      [
        withBrokers(3, { 'default.replication.factor': 2, 'min.insync.replicas': 3 }),
        ['[test/my-cluster] min.insync.replicas is 3 with 2 replicas'],
        withBrokers(3, { 'default.replication.factor': 1 }),
      ],
    ],
  },
  'cluster-ca-days': {
    remedy: 'make renewal shorter than validity (365 days if not given)',
    cases: [
      [
        withProps({ clusterCa: { validity: Duration.days(30) } }),
        ['[test/my-cluster] clusterCa is renewed 30 days before its end, and valid for 30 days'],
        withProps({ clusterCa: { validity: Duration.days(31) } }),
      ],
      [
        withProps({ clientsCa: { renewal: Duration.days(365) } }),
        ['[test/my-cluster] clientsCa is renewed 365 days before its end, and valid for 365 days'],
        withProps({ clientsCa: { renewal: Duration.days(364) } }),
      ],
      [
        withProps({ clusterCa: { validity: Duration.hours(900), renewal: Duration.days(0) } }),
        ['[test/my-cluster] clusterCa cannot count 37.5 days', '[test/my-cluster] clusterCa cannot count 0 days'],
        withProps({ clusterCa: { validity: Duration.hours(48), renewal: Duration.days(1) } }),
      ],
    ],
  },
  'cluster-ca-own': {
    remedy: 'leave replaceKey out, and replace the Secrets of the authority yourself',
    cases: [
      [
        withProps({ clusterCa: { generate: false, replaceKey: true } }),
        ['[test/my-cluster] clusterCa is not made by Strimzi, which cannot replace its key'],
        withProps({ clusterCa: { replaceKey: true } }),
      ],
      [
        withProps({ clientsCa: { generate: false, replaceKey: true } }),
        ['[test/my-cluster] clientsCa is not made by Strimzi, which cannot replace its key'],
        withProps({ clientsCa: { generate: false, replaceKey: false } }),
      ],
    ],
  },
  'super-user-name': {
    remedy: "write Principal.commonName('name') for certificates and Principal.named('name') for others",
    cases: [
      [
        withSuperUser(Principal.named('User:admin')),
        ["[test/my-cluster] the super user 'User:admin' begins with User:"],
        withSuperUser(Principal.named('admin')),
      ],
      [
        withSuperUser(Principal.named('a;User:b')),
        ["[test/my-cluster] the super user 'a;User:b' would be several"],
        withSuperUser(Principal.subject('CN=a,OU=b')),
      ],
      [
        withSuperUser(Principal.named(' ')),
        ['[test/my-cluster] a super user has no name'],
        withSuperUser(Principal.ANONYMOUS),
      ],
    ],
  },
  'super-user-without-authorizer': {
    remedy: 'leave authorization at simple(), or add no super user',
    cases: [
      [
        (chart) => cluster(chart, { authorization: KafkaAuthorization.none() }).addSuperUser(Principal.named('admin')),
        ["[test/my-cluster] cluster 'my-cluster' has super users and no authorization"],
        (chart) => cluster(chart).addSuperUser(Principal.named('admin')),
      ],
    ],
  },
  'authorizer-class': {
    remedy: 'give authorizerClass',
    cases: [
      [
        withProps({ authorization: KafkaAuthorization.custom({ authorizerClass: ' ' }) }),
        ['[test/my-cluster] the custom authorization has no class'],
        withProps({ authorization: KafkaAuthorization.custom({ authorizerClass: 'com.example.Authorizer' }) }),
      ],
    ],
  },
  'keycloak-authorization': {
    remedy:
      'use an https tokenEndpointUri, give the authority by one Secret key in the namespace of the cluster, and add a listener with ListenerAuthentication.oauth()',
    cases: [
      [
        withKeycloak(issuer({ tokenEndpointUri: 'http://sso/token' })),
        ['[test/my-cluster] http://sso/token is not https'],
        withKeycloak(issuer()),
      ],
      [
        withKeycloak(issuer({ trust: TrustedCertificates.allFromSecret('company-ca') })),
        ['[test/my-cluster] company-ca:*.crt is not a single file'],
        withKeycloak(issuer({ trust: COMPANY_CA })),
      ],
      [
        withKeycloak(issuer({ trust: TrustedCertificates.fromSecret('company-ca', 'ca.crt', { namespace: 'sso' }) })),
        ['[test/my-cluster] brokers in namespace flink cannot mount sso/company-ca:ca.crt'],
        withKeycloak(issuer({ trust: TrustedCertificates.fromSecret('company-ca', 'ca.crt', { namespace: 'flink' }) })),
      ],
      [
        withKeycloak(issuer(), ListenerAuthentication.scramSha512()),
        ["[test/my-cluster] no client of cluster 'my-cluster' shows a token of Keycloak"],
        withKeycloak(issuer(), BEARER),
      ],
    ],
  },
  'pod-metadata': {
    remedy: 'choose a prefix of your own',
    cases: [
      [
        withProps({ pods: { labels: { 'strimzi.io/team': 'a' } } }),
        ['[test/my-cluster] the pods cannot have strimzi.io/team'],
        withProps({ pods: { labels: { 'example.com/team': 'a' } } }),
      ],
      [
        withProps({ pods: { annotations: { 'app.kubernetes.io/part-of': 'a' } } }),
        ['[test/my-cluster] the pods cannot have app.kubernetes.io/part-of'],
        withProps({ pods: { annotations: { 'example.com/part-of': 'a' } } }),
      ],
    ],
  },
  'broker-mount': {
    remedy: "choose a path such as '/mnt/my-secret', one for each Secret",
    cases: [
      ...['/mnt', '/mnt/', '/opt/files', '/mntx/files', '/mnt/../etc', '/mnt/a:b', '/mnt//a'].map(
        (path): [Declare, string[], Declare] => [
          withMounts(BrokerMount.secret('files', { path })),
          [`[test/my-cluster] Secret files is mounted at ${path}`],
          withMounts(BrokerMount.secret('files', { path: '/mnt/a/b' })),
        ],
      ),
      ...[
        'f',
        'data-0',
        'data',
        'strimzi-tmp',
        'kafka-metrics-and-logging',
        'ready-files',
        'rack-volume',
        'kube-api-access',
        'f'.repeat(64),
      ].map((secret): [Declare, string[], Declare] => [
        withMounts(BrokerMount.secret(secret)),
        [`[test/my-cluster] the volume of Secret ${secret} cannot be named ${secret}`],
        withMounts(
          BrokerMount.secret('my.files'),
          BrokerMount.secret('data-files'),
          BrokerMount.secret('f'.repeat(63)),
        ),
      ]),
      [
        withMounts(BrokerMount.secret('a.b'), BrokerMount.secret('a-b')),
        ['[test/my-cluster] two mounts share the volume a-b'],
        withMounts(BrokerMount.secret('a.b'), BrokerMount.secret('a-c')),
      ],
      [
        withMounts(BrokerMount.secret('aa', { path: '/mnt/x' }), BrokerMount.secret('bb', { path: '/mnt/x' })),
        ['[test/my-cluster] two Secrets are mounted at /mnt/x'],
        withMounts(
          BrokerMount.secret('aa', { path: '/mnt/x' }),
          BrokerMount.secret('aa', { path: '/mnt/x', keys: ['k'] }),
        ),
      ],
    ],
  },
  'broker-environment': {
    remedy:
      'choose a name of capitals, digits and underscores that begins neither with KAFKA_ nor with STRIMZI_, and a Secret in the namespace of the Kafka cluster',
    cases: [
      ...['KAFKA_OPTS', 'STRIMZI_X', 'my-variable', '1X'].map((name): [Declare, string[], Declare] => [
        withEnvironment(name),
        [`[test/my-cluster] brokers cannot have a variable ${name}`],
        withEnvironment('MY_VARIABLE_1'),
      ]),
      [
        withIntrospection({ OAUTH_INTROSPECTION_SECRET_TLS: SecretKey.existing('kafka-client', 'secret') }),
        ['[test/my-cluster] two values are given for the variable OAUTH_INTROSPECTION_SECRET_TLS'],
        withIntrospection({ OAUTH_INTROSPECTION_SECRET_SSL: SecretKey.existing('kafka-client', 'secret') }),
      ],
      [
        withEnvironment('PASSWORD', 'kafka'),
        ['[test/my-cluster] the variable PASSWORD cannot be filled from kafka/login:password in namespace flink'],
        withEnvironment('PASSWORD', 'flink'),
      ],
    ],
  },
});

function serviceName(clusterLength: number, listener: string, pool = 'p', type = ListenerType.clusterIp()): Declare {
  return (chart) => {
    const made = emptyCluster(chart, { clusterName: named(clusterLength) });
    addNodes(made, {}, pool);
    addListener(made, { type }, listener);
  };
}

function withSuperUser(principal: Principal): Declare {
  return withProps({ authorization: KafkaAuthorization.simple({ superUsers: [principal] }) });
}

function withEnvironment(name: string, namespace?: string): Declare {
  return withProps({ pods: { environment: { [name]: SecretKey.existing('login', 'password', { namespace }) } } });
}

function withIntrospection(environment: { [name: string]: SecretKey }): (chart: Chart) => void {
  const authentication = ListenerAuthentication.oauth({
    issuer: issuer({ introspectionEndpointUri: 'https://sso.example.com/introspect' }),
    audience: 'kafka',
    introspectionClientSecret: SecretKey.existing('kafka-client', 'secret'),
  });
  return (chart) => void addListener(clusterWithNode(chart, { pods: { environment } }), { authentication });
}
