import { Chart } from 'cdk8s';
import {
  ClientCredentials,
  ConfluentRestProxy,
  ConfluentRestProxyProps,
  ConfluentSchemaRegistry,
  ConfluentSchemaRegistryProps,
  ExistingCertificate,
  ExternalKafka,
  ExternalKafkaAuthentication,
  KafkaConnection,
  KafkaTopic,
  SaslMechanism,
  SchemaRegistryCredentials,
  SecretKey,
  TrustedCertificates,
} from '../../../lib';
import { CONFLUENT_SERVER_RULES } from '../../../lib/clients/confluent/confluent-server-rules';
import { CONFLUENT_REST_PROXY_RULES } from '../../../lib/clients/confluent/rest-proxy-rules';
import { CONFLUENT_SCHEMA_REGISTRY_RULES } from '../../../lib/clients/confluent/schema-registry-rules';
import { World, certificate, faultsBy } from '../world';

const RULES = [...CONFLUENT_SERVER_RULES, ...CONFLUENT_SCHEMA_REGISTRY_RULES, ...CONFLUENT_REST_PROXY_RULES];
const CERTIFICATE = certificate(ConfluentSchemaRegistry.dnsNames('registry', 'flink'));
const CLIENTS = TrustedCertificates.fromSecret('client-ca', 'ca.crt');
const USERS = SecretKey.existing('users', 'users.properties');

function registry(chart: Chart, props: Partial<ConfluentSchemaRegistryProps>, world = new World(chart)): void {
  const connection = world.connect(world.user('registry-user'));
  new ConfluentSchemaRegistry(chart, 'registry', { connection, certificate: CERTIFICATE, ...props });
}

function proxy(chart: Chart, props: Partial<ConfluentRestProxyProps>): void {
  const world = new World(chart);
  const connection = world.connect(world.user('rest-user'));
  new ConfluentRestProxy(chart, 'rest', { connection, unencrypted: true, ...props });
}

const CASES: Record<string, [(chart: Chart) => void, string[]]> = {
  'confluent-encryption': [
    (chart) => {
      registry(chart, { certificate: undefined });
      new ConfluentRestProxy(chart, 'rest', {
        connection: chart.node.findChild('tls-registry-user-here-connection') as KafkaConnection,
        certificate: certificate(ConfluentRestProxy.dnsNames('rest', 'flink')),
        unencrypted: true,
      });
    },
    [
      "[test/registry] the requests of schema registry 'registry' would cross the network in clear; give certificate, or say unencrypted: true where the network is trusted (confluent-encryption)",
      "[test/rest] REST Proxy 'rest' is unencrypted and has a certificate, which it would never show; give certificate, or say unencrypted: true where the network is trusted (confluent-encryption)",
    ],
  ],
  'confluent-certificate-names': [
    (chart) => registry(chart, { certificate: certificate(['registry.example.com']) }),
    [
      "[test/registry] the certificate 'registry' of schema registry 'registry' is not valid for registry.flink.svc; issue it with the dnsNames() of the construct (confluent-certificate-names)",
      "[test/registry] the certificate 'registry' of schema registry 'registry' is not valid for registry-0.registry-instances.flink.svc; issue it with the dnsNames() of the construct (confluent-certificate-names)",
    ],
  ],
  'confluent-certificate-secret': [
    (chart) =>
      registry(chart, {
        certificate: new ExistingCertificate({
          commonName: 'registry',
          certificate: CERTIFICATE.certificate,
          issuer: CERTIFICATE.issuer,
          dnsNames: CERTIFICATE.dnsNames,
          privateKey: SecretKey.existing('registry-key', 'tls.key'),
        }),
      }),
    [
      "[test/registry] schema registry 'registry' finds its certificate in registry-tls:tls.crt and the key in registry-key:tls.key; put both into one Secret, as cert-manager does (confluent-certificate-secret)",
    ],
  ],
  'confluent-namespace': [
    (chart) =>
      registry(chart, { clientTrust: TrustedCertificates.fromSecret('client-ca', 'ca.crt', { namespace: 'pki' }) }),
    [
      "[test/registry] schema registry 'registry' in namespace 'flink' cannot mount pki/client-ca:ca.crt; make them in the namespace of the connection, or connect from the namespace where they are (confluent-namespace)",
    ],
  ],
  'confluent-name': [
    (chart) => proxy(chart, { name: 'r'.repeat(53) }),
    [
      `[test/rest] the name '${'r'.repeat(53)}' of 53 characters does not fit; use at most 52 characters (confluent-name)`,
    ],
  ],
  'confluent-replicas': [
    (chart) => registry(chart, { replicas: 0.5 }),
    [
      "[test/registry] schema registry 'registry' cannot have 0.5 pods; leave replicas out, or give a whole number (confluent-replicas)",
    ],
  ],
  'confluent-client-trust': [
    (chart) => {
      registry(chart, { clientTrust: CLIENTS, replicas: 2 });
      new ConfluentRestProxy(chart, 'rest', {
        connection: chart.node.findChild('tls-registry-user-here-connection') as KafkaConnection,
        unencrypted: true,
        clientTrust: CLIENTS,
      });
    },
    [
      "[test/registry] the pods of schema registry 'registry' would trust client-ca:ca.crt and not each other; give certificate, and for several pods have one authority issue the certificates of server and clients (confluent-client-trust)",
      "[test/rest] REST Proxy 'rest' cannot ask for client certificates without HTTPS; give certificate, and for several pods have one authority issue the certificates of server and clients (confluent-client-trust)",
    ],
  ],
  'confluent-basic-authentication': [
    (chart) => {
      registry(chart, { basicAuthentication: { users: USERS, roles: ['a,b'], realm: 'two words' } });
      new ConfluentRestProxy(chart, 'rest', {
        connection: chart.node.findChild('tls-registry-user-here-connection') as KafkaConnection,
        unencrypted: true,
        basicAuthentication: { users: USERS, roles: [] },
      });
    },
    [
      "no role of schema registry 'registry' can be named 'a,b'",
      "the realm of schema registry 'registry' cannot be named 'two words'",
      "the passwords for REST Proxy 'rest' would cross the network in clear",
      "REST Proxy 'rest' lets no role in",
    ].map(
      (text) =>
        `[test/${text.includes('REST') ? 'rest' : 'registry'}] ${text}; give certificate and roles, such as roles: ['user'] (confluent-basic-authentication)`,
    ),
  ],
  'confluent-oauth-audience': [
    (chart) => {
      const kafka = new ExternalKafka(chart, 'kafka', {
        bootstrapServers: ['kafka.example.com:9093'],
        authentication: ExternalKafkaAuthentication.sasl([SaslMechanism.OAUTHBEARER]),
      });
      const connection = new KafkaConnection(chart, 'connection', {
        listener: kafka,
        credentials: ClientCredentials.oauth({
          tokenEndpointUri: 'https://sso.example.com/token',
          clientId: 'rest',
          clientSecret: SecretKey.existing('sso', 'secret'),
          audience: 'kafka',
        }),
      });
      new ConfluentRestProxy(chart, 'rest', { connection, unencrypted: true });
    },
    [
      "[test/rest] REST Proxy 'rest' cannot ask for tokens for audience 'kafka'; leave audience out, and have the identity provider put it into the tokens of the client (confluent-oauth-audience)",
    ],
  ],
  'confluent-config': [
    (chart) =>
      registry(chart, { config: { 'Debug.b.c': 'true', 'host.name': 'me', 'kafkastore.ssl.key.password': 'x' } }),
    [
      "the image of schema registry 'registry' cannot take the property 'Debug.b.c'",
      "schema registry 'registry' already has a value for 'host.name'",
      "'kafkastore.ssl.key.password' of schema registry 'registry' would be readable for everybody",
    ].map(
      (text) =>
        `[test/registry] ${text}; leave the property out; what the construct derives is changed by its other properties (confluent-config)`,
    ),
  ],
  'schema-registry-topic': [
    (chart) => {
      const world = new World(chart);
      const topic = new KafkaTopic(chart, 'schemas', { cluster: world.cluster, partitions: 2 });
      registry(chart, { topic }, world);
      const other = new ExternalKafka(chart, 'other', {
        bootstrapServers: ['kafka.example.com:9093'],
        authentication: ExternalKafkaAuthentication.none(),
      });
      new ConfluentSchemaRegistry(chart, 'lost', {
        connection: chart.node.findChild('tls-registry-user-here-connection') as KafkaConnection,
        unencrypted: true,
        topic: other.topic('_schemas'),
      });
    },
    [
      "[test/registry] topic 'schemas' of schema registry 'registry' has 2 partitions",
      "[test/registry] topic 'schemas' of schema registry 'registry' is not compacted",
      "[test/lost] schema registry 'lost' connects to 'my-cluster', where topic '_schemas' of 'other' is not",
    ].map(
      (text) =>
        `${text}; leave topic out, or give it partitions: 1 and config: { 'cleanup.policy': 'compact' } (schema-registry-topic)`,
    ),
  ],
  'schema-registry-user': [
    (chart) => {
      registry(chart, {
        clientCredentials: SchemaRegistryCredentials.basic('etl', SecretKey.existing('etl', 'password')),
      });
      new ConfluentSchemaRegistry(chart, 'other', {
        connection: chart.node.findChild('tls-registry-user-here-connection') as KafkaConnection,
        certificate: certificate(ConfluentSchemaRegistry.dnsNames('other', 'flink')),
        topic: chart.node.findChild('registry').node.findChild('Topic') as KafkaTopic,
        clientCredentials: SchemaRegistryCredentials.certificate(CERTIFICATE),
      });
    },
    [
      "[test/registry] schema registry 'registry' asks for no password, and its clients would send one; give clientCredentials that fit clientTrust and basicAuthentication, or leave them out (schema-registry-user)",
      "[test/other] schema registry 'other' asks for no certificate, and its clients would show one; give clientCredentials that fit clientTrust and basicAuthentication, or leave them out (schema-registry-user)",
    ],
  ],
  'rest-proxy-propagation': [
    (chart) => {
      const kafka = new ExternalKafka(chart, 'kafka', {
        bootstrapServers: ['kafka.example.com:9093'],
        authentication: ExternalKafkaAuthentication.none(),
      });
      proxy(chart, {
        connection: new KafkaConnection(chart, 'connection', { listener: kafka }),
        licensedPropagation: {
          license: SecretKey.existing('confluent', 'license'),
          keyStore: SecretKey.existing('principals', 'keystore.p12'),
          keyStorePassword: SecretKey.existing('principals', 'password'),
        },
      });
    },
    [
      "[test/rest] REST Proxy 'rest' asks its clients for no certificate, by which it would know them",
      "[test/rest] REST Proxy 'rest' logs in to Kafka without a certificate, so that it cannot show those of its clients",
    ].map(
      (text) =>
        `${text}; give clientTrust, and a connection to a listener for mutual TLS; or run one proxy for each user (rest-proxy-propagation)`,
    ),
  ],
  'rest-proxy-propagation-namespace': [
    (chart) =>
      proxy(chart, {
        unencrypted: undefined,
        certificate: certificate(ConfluentRestProxy.dnsNames('rest', 'flink')),
        clientTrust: CLIENTS,
        licensedPropagation: {
          license: SecretKey.existing('confluent', 'license', { namespace: 'ops' }),
          keyStore: SecretKey.existing('principals', 'keystore.p12'),
          keyStorePassword: SecretKey.existing('principals', 'password'),
        },
      }),
    [
      "[test/rest] REST Proxy 'rest' in namespace 'flink' cannot mount ops/confluent:license; make them in the namespace of the connection (rest-proxy-propagation-namespace)",
    ],
  ],
};

test.each(Object.entries(CASES))('fails by %s', (_, [build, messages]) =>
  expect(faultsBy(RULES, build)).toEqual(messages),
);

test('every rule has a case', () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.map(({ id }) => id).sort());
});
