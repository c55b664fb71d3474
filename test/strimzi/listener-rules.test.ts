import { Duration } from 'cdk8s';
import {
  BrokerMount,
  CustomListenerProps,
  InternalListenerProps,
  KafkaClusterProps,
  KafkaListenerProps,
  ListenerAuthentication,
  ListenerType,
  LoadBalancerListenerProps,
  NetworkPeer,
  NodePortListenerProps,
  OAuthListenerProps,
  SecretKey,
  TrustedCertificates,
} from '../../lib';
import { CUSTOM_LISTENER_RULES } from '../../lib/strimzi/custom-listener-rules';
import { LISTENER_ADDRESS_RULES } from '../../lib/strimzi/listener-address-rules';
import { LISTENER_CONFIGURATION_RULES } from '../../lib/strimzi/listener-configuration-rules';
import { LISTENER_RULES } from '../../lib/strimzi/listener-rules';
import { OAUTH_LISTENER_RULES } from '../../lib/strimzi/oauth-listener-rules';
import { Declare, describeRules } from '../support/rules';
import {
  COMPANY_CA,
  addListener,
  addNodes,
  certificate,
  clusterWithNode,
  emptyCluster,
  issuer,
  listener,
} from '../support/worlds';

/** The only listener of a cluster with one node. */
const withProps =
  (props: Partial<KafkaListenerProps>, clusterProps: KafkaClusterProps = {}): Declare =>
  (chart) =>
    listener(chart, props, clusterProps);
const named =
  (name: string): Declare =>
  (chart) =>
    addListener(clusterWithNode(chart), {}, name);
const oauth = (props: Partial<OAuthListenerProps>) =>
  withProps({ authentication: ListenerAuthentication.oauth({ issuer: issuer(), audience: 'kafka', ...props }) });
const custom = (props: Partial<CustomListenerProps>, others: Partial<KafkaListenerProps> = {}) =>
  withProps({ authentication: ListenerAuthentication.custom({ sasl: false, ...props }), ...others });

/** A listener of some type on a cluster with a number of nodes, all of them brokers. */
const onBrokers =
  (brokers: number, props: Partial<KafkaListenerProps>): Declare =>
  (chart) => {
    const cluster = emptyCluster(chart);
    addNodes(cluster, { replicas: brokers });
    addListener(cluster, props);
  };

const LISTENER = '[test/my-cluster/listener-tls]';
const TEMPLATE = 'b-{nodeId}.example.com';
const ingress = { bootstrapHost: 'kafka.example.com' };
const PLAIN_MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule required ;';
const BEARER_MODULE = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required';
const plain = (others: { [setting: string]: string } = { 'plain.sasl.jaas.config': PLAIN_MODULE }) => ({
  sasl: true,
  listenerConfig: { 'sasl.enabled.mechanisms': 'PLAIN', ...others },
});
const bearer = (jaas: string, others: { [setting: string]: string } = {}) => ({
  sasl: true,
  listenerConfig: { 'sasl.enabled.mechanisms': 'OAUTHBEARER', 'oauthbearer.sasl.jaas.config': jaas, ...others },
});
const internal = (props?: InternalListenerProps) => ListenerType.internal(props);
const clusterIp = () => ListenerType.clusterIp();
const nodePort = (props?: NodePortListenerProps) => ListenerType.nodePort(props);
const loadBalancer = (props?: LoadBalancerListenerProps) => ListenerType.loadBalancer(props);
const route = () => ListenerType.route();
const ofIngress = () => ListenerType.ingress({ ...ingress, hostTemplate: TEMPLATE });
const tlsRoute = () => ListenerType.tlsRoute({ ...ingress, gateways: [{ name: 'gateway' }], hostTemplate: TEMPLATE });

/** A field of `configuration`, a type that has none such and one that has. */
const MISPLACED: [field: string, value: unknown, without: () => ListenerType, has: () => ListenerType][] = [
  ['useServiceDnsDomain', true, loadBalancer, clusterIp],
  ['ipFamilyPolicy', 'SingleStack', internal, clusterIp],
  ['ipFamilies', ['IPv4'], internal, nodePort],
  ['publishNotReadyAddresses', true, internal, loadBalancer],
  ['perBrokerLabelsTemplate', {}, internal, route],
  ['perBrokerAnnotationsTemplate', {}, internal, ofIngress],
  ['class', 'nginx', nodePort, loadBalancer],
  ['preferredNodePortAddressType', 'ExternalDNS', loadBalancer, nodePort],
  ['externalTrafficPolicy', 'Local', clusterIp, nodePort],
  ['loadBalancerSourceRanges', [], nodePort, loadBalancer],
  ['finalizers', [], nodePort, loadBalancer],
  ['allocateLoadBalancerNodePorts', false, nodePort, loadBalancer],
  ['createBootstrapService', false, nodePort, loadBalancer],
  ['hostTemplate', TEMPLATE, nodePort, route],
  ['parentRefs', [{ name: 'gateway' }], route, tlsRoute],
];

const MISPLACED_ENDPOINT: typeof MISPLACED = [
  ['nodePort', 30000, clusterIp, loadBalancer],
  ['loadBalancerIP', '203.0.113.1', nodePort, loadBalancer],
  ['externalIPs', ['203.0.113.1'], loadBalancer, nodePort],
  ['host', 'x.example.com', nodePort, route],
  ['labels', {}, internal, clusterIp],
  ['annotations', {}, internal, tlsRoute],
];

const RULES = [
  ...LISTENER_RULES,
  ...LISTENER_ADDRESS_RULES,
  ...LISTENER_CONFIGURATION_RULES,
  ...OAUTH_LISTENER_RULES,
  ...CUSTOM_LISTENER_RULES,
];

describeRules(RULES, {
  'listener-name': {
    remedy: "choose a name such as 'tls' or 'scram1'",
    cases: ['', 'TLS', 'my-tls', 'twelvetwelve'].map((name) => [
      named(name),
      [`[test/my-cluster/listener-${name}] the listener name '${name}' does not match ^[a-z0-9]{1,11}$`],
      named('elevenchars'),
    ]),
  },
  'listener-port': {
    remedy: 'choose a port from 9092 on, such as 9093',
    cases: (
      [
        [9091, 9092],
        [9404, 9403],
        [9999, 10000],
        [65536, 65535],
        [9092.5, 9092],
        [NaN, 9093],
      ] as const
    ).map(([port, right]) => [
      withProps({ port }),
      [`${LISTENER} listener 'tls' cannot have port ${port}`],
      withProps({ port: right }),
    ]),
  },
  'listener-tls-required': {
    remedy: 'leave tls at true',
    cases: [
      [
        withProps({ tls: false }),
        [`${LISTENER} listener 'tls' has TLS off, and client certificates are part of TLS`],
        withProps({ tls: false, authentication: ListenerAuthentication.none() }),
      ],
      [
        custom({ trustedClients: COMPANY_CA }, { tls: false }),
        [`${LISTENER} listener 'tls' has TLS off, and client certificates are part of TLS`],
        custom({ trustedClients: COMPANY_CA }),
      ],
      [
        custom({ listenerConfig: { 'ssl.client.auth': 'requested' } }, { tls: false }),
        [`${LISTENER} listener 'tls' has TLS off, and client certificates are part of TLS`],
        custom({ listenerConfig: { 'ssl.client.auth': 'none' } }, { tls: false }),
      ],
      [
        withProps({
          tls: false,
          authentication: ListenerAuthentication.none(),
          certificate: certificate(),
          type: nodePort(),
        }),
        [`${LISTENER} listener 'tls' has TLS off, and its own certificate would never be shown`],
        withProps({ authentication: ListenerAuthentication.none(), certificate: certificate(), type: nodePort() }),
      ],
      ...[route, ofIngress, tlsRoute].map((type): [Declare, string[], Declare] => [
        withProps({ tls: false, authentication: ListenerAuthentication.none(), type: type() }),
        [`${LISTENER} listener 'tls' has TLS off, and type ${type().name} routes by the name in the TLS handshake`],
        withProps({ tls: false, authentication: ListenerAuthentication.none(), type: loadBalancer() }),
      ]),
    ],
  },
  'listener-clear-credentials': {
    remedy: 'leave tls at true, or say unencryptedCredentials: true where the network is trusted',
    cases: [
      [
        withProps({ tls: false, authentication: ListenerAuthentication.scramSha512() }),
        [`${LISTENER} listener 'tls' on port 9093 has TLS off, and clients would send their credentials in clear`],
        withProps({ tls: false, authentication: ListenerAuthentication.scramSha512(), unencryptedCredentials: true }),
      ],
      [
        custom(plain(), { tls: false }),
        [`${LISTENER} listener 'tls' on port 9093 has TLS off, and clients would send their credentials in clear`],
        custom(plain(), { tls: true }),
      ],
    ],
  },
  'listener-hosts': {
    remedy: "give hostTemplate, such as 'broker-{nodeId}.kafka.example.com', or a host for each broker in brokerHosts",
    cases: [
      [
        onBrokers(1, { type: ListenerType.ingress(ingress) }),
        [`${LISTENER} listener 'tls' has no host name for broker 0`],
        onBrokers(1, { type: ListenerType.ingress({ ...ingress, hostTemplate: TEMPLATE }) }),
      ],
      [
        onBrokers(3, { type: ListenerType.ingress({ ...ingress, brokerHosts: { 1: 'b-1.example.com' } }) }),
        [`${LISTENER} listener 'tls' has no host name for broker 0 and broker 2`],
        onBrokers(3, {
          type: ListenerType.ingress({
            ...ingress,
            brokerHosts: { 0: 'b-0.example.com', 1: 'b-1.example.com', 2: 'b-2.example.com' },
          }),
        }),
      ],
      [
        onBrokers(1, { type: ListenerType.tlsRoute({ ...ingress, gateways: [{ name: 'gateway' }] }) }),
        [`${LISTENER} listener 'tls' has no host name for broker 0`],
        onBrokers(1, {
          type: ListenerType.tlsRoute({
            ...ingress,
            gateways: [{ name: 'gateway' }],
            brokerHosts: { 0: 'b-0.example.com' },
          }),
        }),
      ],
      [
        onBrokers(1, { type: ListenerType.ingress(ingress) }),
        [`${LISTENER} listener 'tls' has no host name for broker 0`],
        // OpenShift chooses what is missing.
        onBrokers(1, { type: route() }),
      ],
    ],
  },
  'listener-host-names': {
    remedy: "write host names such as 'kafka.example.com', and templates with {nodeId} or {nodePodName} in them",
    cases: [
      [
        withProps({ type: ListenerType.ingress({ bootstrapHost: 'https://kafka', hostTemplate: TEMPLATE }) }),
        [`${LISTENER} listener 'tls': 'https://kafka' is no host name`],
        withProps({ type: ListenerType.ingress({ bootstrapHost: 'kafka', hostTemplate: TEMPLATE }) }),
      ],
      [
        withProps({ type: ListenerType.route({ hostTemplate: 'broker_{nodeId}.example.com' }) }),
        [`${LISTENER} listener 'tls': 'broker_{nodeId}.example.com' is no host name`],
        withProps({ type: ListenerType.route({ hostTemplate: '{nodePodName}.example.com' }) }),
      ],
      [
        withProps({ type: ListenerType.route({ hostTemplate: 'broker.example.com' }) }),
        [`${LISTENER} listener 'tls': 'broker.example.com' is the same host for every broker`],
        withProps({ type: ListenerType.route({ hostTemplate: 'broker{nodeId}.example.com' }) }),
      ],
      [
        withProps({ type: nodePort({ externalName: 'nodes:9094' }) }),
        [`${LISTENER} listener 'tls': 'nodes:9094' is no host name`],
        withProps({ type: nodePort({ externalName: 'nodes.example.com' }) }),
      ],
      [
        withProps({ type: loadBalancer({ externalName: '' }) }),
        [`${LISTENER} listener 'tls': '' is no host name`],
        withProps({ type: loadBalancer() }),
      ],
      [
        withProps({ type: nodePort({ advertisedHosts: { 0: 'Node0' } }) }),
        [`${LISTENER} listener 'tls': 'Node0' is no host name`],
        withProps({ type: nodePort({ advertisedHosts: { 0: 'node0' } }) }),
      ],
    ],
  },
  'listener-broker-ids': {
    remedy: 'use the ids of the brokers, which count up from 0 over the node pools in the order of their names',
    cases: [
      ...['1', '-1', 'first'].map((id): [Declare, string[], Declare] => [
        withProps({ type: nodePort({ advertisedHosts: { [id]: 'node.example.com' } }) }),
        [`${LISTENER} listener 'tls' has a host for broker ${id}, and the cluster has 1 nodes`],
        withProps({ type: nodePort({ advertisedHosts: { 0: 'node.example.com' } }) }),
      ]),
      [
        withProps({
          type: ListenerType.ingress({ ...ingress, hostTemplate: TEMPLATE, brokerHosts: { 1: 'b.example.com' } }),
        }),
        [`${LISTENER} listener 'tls' has a host for broker 1, and the cluster has 1 nodes`],
        withProps({
          type: ListenerType.ingress({ ...ingress, hostTemplate: TEMPLATE, brokerHosts: { 0: 'b.example.com' } }),
        }),
      ],
    ],
  },
  'listener-gateways': {
    remedy: "name at least one: gateways: [{ name: 'kafka-gateway' }]",
    cases: [
      [
        withProps({ type: ListenerType.tlsRoute({ ...ingress, gateways: [], hostTemplate: TEMPLATE }) }),
        [`${LISTENER} listener 'tls' has no Gateway to hang on`],
        withProps({ type: tlsRoute() }),
      ],
    ],
  },
  'listener-node-port': {
    remedy: "choose one from the cluster's range, which is 30000 to 32767 unless it was changed",
    cases: [0, 65536, 30000.5].map((port) => [
      withProps({ type: nodePort({ bootstrapNodePort: port }) }),
      [`${LISTENER} listener 'tls' cannot have node port ${port}`],
      withProps({ type: nodePort({ bootstrapNodePort: 30000 }) }),
    ]),
  },
  'listener-connections': {
    remedy: 'give the number of connections, or leave the limit out',
    cases: [
      [
        withProps({ maxConnections: 0 }),
        [`${LISTENER} listener 'tls' cannot have maxConnections 0`],
        withProps({ maxConnections: 1 }),
      ],
      [
        withProps({ maxConnectionCreationRate: 1.5 }),
        [`${LISTENER} listener 'tls' cannot have maxConnectionCreationRate 1.5`],
        withProps({ maxConnectionCreationRate: 1 }),
      ],
    ],
  },
  'listener-peers': {
    remedy: "give labels, NetworkPeer.namespace('name') for all pods of a namespace, or a range such as 203.0.113.0/24",
    cases: [
      [
        (chart) => listener(chart).allowFrom(NetworkPeer.pods({ labels: {} })),
        [`${LISTENER} listener 'tls' lets pods in that have no labels to know them by`],
        (chart) => listener(chart).allowFrom(NetworkPeer.namespace('flink')),
      ],
      ...(
        [
          ['203.0.113.0', '203.0.113.0/24'],
          ['203.0.113.0/33', '203.0.113.0/32'],
          ['203.0.113/24', '0.0.0.0/0'],
          ['2001:db8::/129', '2001:db8::/128'],
          ['203.0.113.0/24/1', '::/0'],
          ['203.0.113.0/', '203.0.113.0/8'],
        ] as const
      ).map(([wrong, right]): [Declare, string[], Declare] => [
        (chart) => listener(chart).allowFrom(NetworkPeer.ipBlock(wrong)),
        [`${LISTENER} listener 'tls': '${wrong}' is no range of addresses`],
        (chart) => listener(chart).allowFrom(NetworkPeer.ipBlock(right)),
      ]),
    ],
  },
  'listener-configuration': {
    remedy: 'remove the field, or choose the type that has it',
    cases: [
      ...MISPLACED.map(([field, value, without, has]): [Declare, string[], Declare] => [
        withProps({ type: without(), configuration: { [field]: value } }),
        [`${LISTENER} listener 'tls' of type ${without().name} has no ${field}`],
        withProps({ type: has(), configuration: field === 'parentRefs' ? {} : { [field]: value } }),
      ]),
      ...MISPLACED_ENDPOINT.map(([field, value, without, has]): [Declare, string[], Declare] => [
        withProps({ type: without(), configuration: { bootstrap: { [field]: value } } }),
        [`${LISTENER} listener 'tls' of type ${without().name} has no bootstrap.${field}`],
        withProps({ type: has(), configuration: { bootstrap: { [field]: value } } }),
      ]),
      ...MISPLACED_ENDPOINT.map(([field, value, without, has]): [Declare, string[], Declare] => [
        withProps({ type: without(), configuration: { brokers: [{ broker: 0, [field]: value }] } }),
        [`${LISTENER} listener 'tls' of type ${without().name} has no brokers[].${field}`],
        withProps({ type: has(), configuration: { brokers: [{ broker: 0, [field]: value }] } }),
      ]),
    ],
  },
  'listener-configuration-twice': {
    remedy: 'remove the field from configuration, or the property that it repeats',
    cases: [
      [
        withProps({ maxConnections: 10, configuration: { maxConnections: 20 } }),
        [`${LISTENER} listener 'tls' has two values for maxConnections`],
        withProps({ maxConnections: 10, configuration: { advertisedPortTemplate: '9000+{nodeId}' } }),
      ],
      [
        withProps({
          type: loadBalancer({ externalName: 'a.example.com' }),
          configuration: { bootstrap: { alternativeNames: ['b'] } },
        }),
        [`${LISTENER} listener 'tls' has two values for bootstrap.alternativeNames`],
        withProps({
          type: loadBalancer({ externalName: 'a.example.com' }),
          configuration: { bootstrap: { labels: { a: 'b' } } },
        }),
      ],
    ],
  },
  'listener-certificate': {
    remedy: 'give certificate, issued in the namespace of the Kafka cluster, with both parts in one Secret',
    cases: [
      [
        withProps({ configuration: { brokerCertChainAndKey: { secretName: 's', certificate: 'c', key: 'k' } } }),
        [`${LISTENER} listener 'tls' has a certificate in configuration, and clients would trust the cluster CA`],
        withProps({ type: nodePort(), certificate: certificate() }),
      ],
      ...(['certificate', 'privateKey'] as const).map((part): [Declare, string[], Declare] => [
        withProps({ type: nodePort(), certificate: certificate({ [part]: SecretKey.existing('my-tls', '') }) }),
        [`${LISTENER} listener 'tls' has a certificate or a key in no key of a Secret`],
        withProps({ type: nodePort(), certificate: certificate({ [part]: SecretKey.existing('my-tls', 'k') }) }),
      ]),
      [
        withProps({
          type: nodePort(),
          certificate: certificate({ privateKey: SecretKey.existing('my-key', 'tls.key') }),
        }),
        [`${LISTENER} listener 'tls': the certificate is in Secret my-tls, its key in my-key`],
        withProps({ type: nodePort(), certificate: certificate() }),
      ],
      [
        withProps({ type: nodePort(), certificate: certificateIn('kafka') }),
        [`${LISTENER} listener 'tls': the certificate kafka/my-tls:tls.crt is not in namespace flink`],
        withProps({ type: nodePort(), certificate: certificateIn('flink') }),
      ],
    ],
  },
  'listener-certificate-names': {
    remedy: 'add the name to the DNS names of the certificate, with a wildcard for those of all brokers',
    cases: [
      [
        withProps({ certificate: certificate({ commonName: 'kafka' }) }),
        [
          `${LISTENER} listener 'tls': the certificate 'kafka' is not valid for my-cluster-kafka-bootstrap.flink.svc`,
          `${LISTENER} listener 'tls': the certificate 'kafka' is not valid for my-cluster-dual-role-0.my-cluster-kafka-brokers.flink.svc`,
        ],
        withProps({
          certificate: serverFor('my-cluster-kafka-bootstrap.flink.svc', '*.my-cluster-kafka-brokers.flink.svc'),
        }),
      ],
      [
        onBrokers(3, {
          certificate: serverFor(
            'my-cluster-kafka-bootstrap.flink.svc',
            'my-cluster-dual-role-0.my-cluster-kafka-brokers.flink.svc',
            'my-cluster-dual-role-1.my-cluster-kafka-brokers.flink.svc',
          ),
        }),
        [
          `${LISTENER} listener 'tls': the certificate 'kafka' is not valid for my-cluster-dual-role-2.my-cluster-kafka-brokers.flink.svc`,
        ],
        onBrokers(3, { certificate: serverFor('*.flink.svc', '*.my-cluster-kafka-brokers.flink.svc') }),
      ],
      [
        withProps({
          type: internal({ useServiceDnsDomain: true }),
          certificate: serverFor('*.flink.svc', '*.my-cluster-kafka-brokers.flink.svc'),
        }),
        [
          `${LISTENER} listener 'tls': the certificate 'kafka' is not valid for my-cluster-dual-role-0.my-cluster-kafka-brokers.flink.svc.cluster.local`,
        ],
        withProps({
          type: internal({ useServiceDnsDomain: true }),
          certificate: serverFor('*.flink.svc', '*.my-cluster-kafka-brokers.flink.svc.cluster.local'),
        }),
      ],
      [
        withProps({ type: clusterIp(), certificate: serverFor('my-cluster-kafka-tls-bootstrap.flink.svc') }),
        [`${LISTENER} listener 'tls': the certificate 'kafka' is not valid for my-cluster-dual-role-tls-0.flink.svc`],
        withProps({ type: clusterIp(), certificate: serverFor('*.flink.svc') }),
      ],
      [
        withProps({ type: ofIngress(), certificate: serverFor('kafka.example.com') }),
        [`${LISTENER} listener 'tls': the certificate 'kafka' is not valid for b-0.example.com`],
        withProps({ type: ofIngress(), certificate: serverFor('*.example.com') }),
      ],
      [
        withProps({
          type: nodePort({ externalName: 'nodes.example.com', bootstrapNodePort: 30000 }),
          certificate: serverFor('example.com'),
        }),
        [`${LISTENER} listener 'tls': the certificate 'kafka' is not valid for nodes.example.com`],
        withProps({
          type: nodePort({ externalName: 'nodes.example.com', bootstrapNodePort: 30000 }),
          certificate: serverFor('nodes.example.com'),
        }),
      ],
      [
        withProps({ type: loadBalancer({ externalName: 'lb.example.com' }), certificate: serverFor('*.com') }),
        [`${LISTENER} listener 'tls': the certificate 'kafka' is not valid for lb.example.com`],
        withProps({ type: loadBalancer({ externalName: 'lb.example.com' }), certificate: serverFor('lb.example.com') }),
      ],
    ],
  },
  'oauth-audience': {
    remedy: "give audience: 'kafka', or say acceptAnyAudience: true",
    cases: [
      [
        oauth({ audience: undefined }),
        [`${LISTENER} listener 'tls' does not check the audience of tokens`],
        oauth({ audience: undefined, acceptAnyAudience: true }),
      ],
      [
        oauth({ acceptAnyAudience: true }),
        [`${LISTENER} listener 'tls' has an audience and accepts any`],
        oauth({ acceptAnyAudience: false }),
      ],
    ],
  },
  'oauth-times': {
    remedy:
      'make jwksExpiry longer than jwksRefresh (at least 60 seconds more), reauthentication longer than nothing, and give whole seconds',
    cases: [
      [
        oauth({ jwksRefresh: Duration.seconds(301) }),
        [`${LISTENER} listener 'tls' fetches signing keys every 301 s and drops them after 360 s`],
        oauth({ jwksRefresh: Duration.seconds(300) }),
      ],
      [
        oauth({ jwksRefresh: Duration.seconds(60), jwksExpiry: Duration.seconds(119) }),
        [`${LISTENER} listener 'tls' fetches signing keys every 60 s and drops them after 119 s`],
        oauth({ jwksRefresh: Duration.seconds(60), jwksExpiry: Duration.seconds(120) }),
      ],
      [
        oauth({ reauthentication: Duration.millis(0) }),
        [`${LISTENER} listener 'tls' would never ask clients to authenticate again`],
        oauth({ reauthentication: Duration.millis(1) }),
      ],
      [
        oauth({ jwksRefresh: Duration.millis(1500) }),
        [`${LISTENER} listener 'tls' cannot count 1.5 s`],
        oauth({ jwksRefresh: Duration.millis(1000) }),
      ],
      [
        oauth({ connectTimeout: Duration.seconds(0) }),
        [`${LISTENER} listener 'tls' cannot count 0 s`],
        oauth({ connectTimeout: Duration.seconds(1) }),
      ],
      [
        oauth({ readTimeout: Duration.millis(1) }),
        [`${LISTENER} listener 'tls' cannot count 0.001 s`],
        oauth({ readTimeout: Duration.minutes(1) }),
      ],
    ],
  },
  'oauth-endpoints': {
    remedy: 'use https URLs, and for introspection give audience and the introspectionEndpointUri of the issuer',
    cases: [
      ...(['issuerUri', 'jwksEndpointUri', 'tokenEndpointUri', 'introspectionEndpointUri'] as const).map(
        (property): [Declare, string[], Declare] => [
          oauth({ issuer: issuer({ [property]: 'http://sso' }) }),
          [`${LISTENER} listener 'tls': http://sso is not https`],
          oauth({ issuer: issuer({ [property]: 'https://sso' }) }),
        ],
      ),
      [
        oauth({ introspectionClientSecret: SecretKey.existing('kafka-client', 'secret') }),
        [`${LISTENER} listener 'tls' has a secret for token introspection, but no endpoint or client id for it`],
        oauth({
          issuer: issuer({ introspectionEndpointUri: 'https://sso/introspect' }),
          introspectionClientSecret: SecretKey.existing('kafka-client', 'secret'),
        }),
      ],
    ],
  },
  'oauth-claims': {
    remedy:
      "name the claim, such as 'preferred_username'; give fallbackUsernameClaim together with fallbackUsernamePrefix",
    cases: [
      ...(['audience', 'usernameClaim', 'fallbackUsernameClaim'] as const).map(
        (property): [Declare, string[], Declare] => [
          oauth({ [property]: ' ' }),
          [`${LISTENER} listener 'tls' has an empty ${property}`],
          oauth({ [property]: 'azp' }),
        ],
      ),
      [
        oauth({ fallbackUsernamePrefix: 'client-' }),
        [`${LISTENER} listener 'tls' has a prefix for names from no claim`],
        oauth({ fallbackUsernamePrefix: 'client-', fallbackUsernameClaim: 'azp' }),
      ],
    ],
  },
  'broker-trust': {
    remedy:
      'give the authority by a Secret key in the namespace of the Kafka cluster: TrustedCertificates.fromSecret(name, key)',
    cases: [
      [
        custom({ trustedClients: TrustedCertificates.allFromSecret('company-ca') }),
        [`${LISTENER} listener 'tls' trusts company-ca:*.crt, which is not a single file`],
        custom({ trustedClients: COMPANY_CA }),
      ],
      [
        oauth({
          issuer: issuer({ trust: TrustedCertificates.fromSecret('company-ca', 'ca.crt', { namespace: 'sso' }) }),
        }),
        [`${LISTENER} listener 'tls' trusts sso/company-ca:ca.crt, which brokers in namespace flink cannot mount`],
        oauth({
          issuer: issuer({ trust: TrustedCertificates.fromSecret('company-ca', 'ca.crt', { namespace: 'flink' }) }),
        }),
      ],
    ],
  },
  'custom-keystore': {
    remedy: 'remove ssl.keystore.*, and give the listener a certificate instead',
    cases: [
      [
        custom({ listenerConfig: { 'ssl.keystore.type': 'PEM' } }),
        [`${LISTENER} listener 'tls' sets ssl.keystore.type`],
        custom({ listenerConfig: { 'ssl.protocol': 'TLSv1.3' } }),
      ],
    ],
  },
  'custom-sasl': {
    remedy: "set sasl: true together with 'sasl.enabled.mechanisms', or neither",
    cases: [
      [
        custom({ sasl: true, listenerConfig: { 'plain.sasl.jaas.config': PLAIN_MODULE } }),
        [`${LISTENER} listener 'tls' logs clients in by SASL, but no mechanism is enabled`],
        custom(plain()),
      ],
      [
        custom({ sasl: true, listenerConfig: { 'sasl.enabled.mechanisms': ' ' } }),
        [`${LISTENER} listener 'tls' logs clients in by SASL, but no mechanism is enabled`],
        // Kerberos is set up for the whole JVM.
        custom({ sasl: true, listenerConfig: { 'sasl.enabled.mechanisms': 'GSSAPI' } }),
      ],
      [
        custom({ ...plain(), sasl: false }),
        [`${LISTENER} listener 'tls' has SASL settings, but sasl is false`],
        custom({ sasl: false, listenerConfig: { 'connections.max.reauth.ms': '1000' } }),
      ],
    ],
  },
  'custom-jaas': {
    remedy:
      'write it as "module required name=\\"value\\" ;" without line breaks, under <mechanism in lower case>.sasl.jaas.config',
    cases: [
      [
        custom(plain({ 'plain.sasl.jaas.config': 'a.Module required' })),
        [`${LISTENER} listener 'tls': plain.sasl.jaas.config is not one line that ends in ';'`],
        custom(plain({ 'plain.sasl.jaas.config': 'a.Module required; ' })),
      ],
      [
        custom(plain({ 'plain.sasl.jaas.config': 'a.Module required\n  user_a="b" ;' })),
        [`${LISTENER} listener 'tls': plain.sasl.jaas.config is not one line that ends in ';'`],
        custom(plain({ 'plain.sasl.jaas.config': 'a.Module required user_a="b" ;' })),
      ],
      [
        custom(plain({ 'sasl.jaas.config': PLAIN_MODULE, 'plain.sasl.jaas.config': PLAIN_MODULE })),
        [`${LISTENER} listener 'tls': sasl.jaas.config is for no mechanism`],
        custom(plain({ 'plain.sasl.jaas.config': PLAIN_MODULE })),
      ],
      [
        custom(plain({ 'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256', 'plain.sasl.jaas.config': PLAIN_MODULE })),
        [`${LISTENER} listener 'tls' has no scram-sha-256.sasl.jaas.config`],
        custom(
          plain({
            'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256',
            'plain.sasl.jaas.config': PLAIN_MODULE,
            'scram-sha-256.sasl.jaas.config': 'org.apache.kafka.common.security.scram.ScramLoginModule required ;',
          }),
        ),
      ],
    ],
  },
  'custom-oauth-sub': {
    remedy: 'add unsecuredLoginStringClaim_sub="unused", or use ListenerAuthentication.oauth()',
    cases: [
      [
        custom(bearer(`${BEARER_MODULE} oauth.client.id="a" ;`)),
        [`${LISTENER} listener 'tls': oauthbearer.sasl.jaas.config lacks unsecuredLoginStringClaim_sub`],
        custom(bearer(`${BEARER_MODULE} unsecuredLoginStringClaim_sub="unused" oauth.client.id="a" ;`)),
      ],
      [
        custom(bearer(`${BEARER_MODULE} oauth.client.id="a" ;`)),
        [`${LISTENER} listener 'tls': oauthbearer.sasl.jaas.config lacks unsecuredLoginStringClaim_sub`],
        custom(bearer(`${BEARER_MODULE} ;`)),
      ],
      [
        custom(bearer(`${BEARER_MODULE} oauth.client.id="a" ;`)),
        [`${LISTENER} listener 'tls': oauthbearer.sasl.jaas.config lacks unsecuredLoginStringClaim_sub`],
        custom(
          bearer(`${BEARER_MODULE} oauth.client.id="a" ;`, {
            'oauthbearer.sasl.login.callback.handler.class': 'a.Handler',
          }),
        ),
      ],
    ],
  },
  'custom-files': {
    remedy: "add mounts: [BrokerMount.secret('name', { keys: ['file'] })], or give trustedClients",
    cases: [
      [
        custom({ listenerConfig: { 'ssl.truststore.location': '/mnt/files/ca.crt' } }),
        [`${LISTENER} listener 'tls': ssl.truststore.location speaks of /mnt/files/ca.crt, which nothing mounts`],
        custom({
          listenerConfig: { 'ssl.truststore.location': '/mnt/files/ca.crt' },
          mounts: [BrokerMount.secret('files')],
        }),
      ],
      [
        custom({
          listenerConfig: { 'ssl.truststore.location': '/mnt/files/ca.crt' },
          mounts: [BrokerMount.secret('files', { keys: ['other.crt'] })],
        }),
        [`${LISTENER} listener 'tls': ssl.truststore.location speaks of /mnt/files/ca.crt, which nothing mounts`],
        withProps(
          {
            authentication: ListenerAuthentication.custom({
              sasl: false,
              listenerConfig: { 'ssl.truststore.location': '/mnt/files/ca.crt' },
            }),
          },
          { pods: { mounts: [BrokerMount.secret('files', { keys: ['ca.crt'] })] } },
        ),
      ],
    ],
  },
});

function certificateIn(namespace: string) {
  return certificate({
    certificate: SecretKey.existing('my-tls', 'tls.crt', { namespace }),
    privateKey: SecretKey.existing('my-tls', 'tls.key', { namespace }),
  });
}

function serverFor(...dnsNames: string[]) {
  return certificate({ commonName: 'kafka', dnsNames });
}
