import { App } from 'cdk8s';
import {
  AclOperation,
  AclResource,
  ClientCredentials,
  ConsumerGroup,
  ExternalKafka,
  ExternalKafkaAuthentication,
  ExternalKafkaProps,
  ExternalKafkaUser,
  JavaClientSettings,
  KafkaConnection,
  SaslMechanism,
  SecretKey,
  TransactionalId,
  TrustedCertificates,
} from '../../lib';
import { EXTERNAL_KAFKA_RULES } from '../../lib/external/external-kafka-rules';
import { messagesOf } from '../../lib/validation/rule';
import { faultsOf, testChart } from '../support/synth';
import { COMPANY_CA, certificate } from '../support/worlds';

const SCRAM = ExternalKafkaAuthentication.sasl([SaslMechanism.SCRAM_SHA_512]);
const PASSWORD = SecretKey.existing('login', 'password', { alphanumeric: true });
const BROKERS = ['b-1.kafka.example.com:9096', 'b-2.kafka.example.com:9096'];

function kafka(props: Partial<ExternalKafkaProps> = {}, chart = testChart()): ExternalKafka {
  return new ExternalKafka(chart, 'msk', { bootstrapServers: BROKERS, authentication: SCRAM, ...props });
}

const kerberos = ClientCredentials.kerberos({
  principal: 'etl@EXAMPLE.COM',
  keytab: SecretKey.existing('etl', 'keytab'),
});
const oauth = ClientCredentials.oauth({
  tokenEndpointUri: 'https://sso.example.com/token',
  clientId: 'etl',
  clientSecret: PASSWORD,
});
const sasl = (mechanism: SaslMechanism) => ExternalKafkaAuthentication.sasl([mechanism]);

describe('every protocol and mechanism makes a connection', () => {
  test.each<[string, string | undefined, Partial<ExternalKafkaProps>, ClientCredentials]>([
    [
      'PLAINTEXT',
      undefined,
      { tls: false, authentication: ExternalKafkaAuthentication.none() },
      ClientCredentials.none(),
    ],
    ['SSL', undefined, { authentication: ExternalKafkaAuthentication.none() }, ClientCredentials.none()],
    [
      'SSL',
      undefined,
      { authentication: ExternalKafkaAuthentication.tls() },
      ClientCredentials.certificate(certificate()),
    ],
    ['SASL_SSL', 'PLAIN', { authentication: sasl(SaslMechanism.PLAIN) }, ClientCredentials.plain('etl', PASSWORD)],
    [
      'SASL_SSL',
      'SCRAM-SHA-256',
      { authentication: sasl(SaslMechanism.SCRAM_SHA_256) },
      ClientCredentials.scramSha256('etl', PASSWORD),
    ],
    ['SASL_SSL', 'SCRAM-SHA-512', { authentication: SCRAM }, ClientCredentials.scramSha512('etl', PASSWORD)],
    ['SASL_SSL', 'OAUTHBEARER', { authentication: sasl(SaslMechanism.OAUTHBEARER) }, oauth],
    ['SASL_SSL', 'GSSAPI', { authentication: sasl(SaslMechanism.GSSAPI) }, kerberos],
    [
      'SASL_PLAINTEXT',
      'SCRAM-SHA-512',
      { tls: false, unencryptedCredentials: true },
      ClientCredentials.scramSha512('etl', PASSWORD),
    ],
  ])('%s %s', (protocol, mechanism, props, credentials) => {
    const chart = testChart();
    const connection = new KafkaConnection(chart, 'connection', { listener: kafka(props, chart), credentials });
    expect(faultsOf(App.of(chart))).toEqual([]);
    const settings = JavaClientSettings.render(connection);
    expect(settings).toMatchObject({ 'bootstrap.servers': BROKERS.join(','), 'security.protocol': protocol });
    expect(settings['sasl.mechanism']).toBe(mechanism);
  });
});

test('what clients trust is the given authority, or the public ones', () => {
  const chart = testChart();
  const connect = (id: string, trust?: TrustedCertificates) =>
    JavaClientSettings.render(
      new KafkaConnection(chart, `${id}-connection`, {
        listener: new ExternalKafka(chart, id, { bootstrapServers: BROKERS, authentication: SCRAM, trust }),
        credentials: ClientCredentials.scramSha512('etl', PASSWORD),
      }),
    )['ssl.truststore.location'];
  expect([connect('own', COMPANY_CA), connect('public')]).toEqual(['/opt/company-ca/ca.crt', undefined]);
});

test.each<[string, Partial<ExternalKafkaProps>, ClientCredentials, string]>([
  [
    'a password at certificates',
    { authentication: ExternalKafkaAuthentication.tls() },
    ClientCredentials.plain('etl', PASSWORD),
    'it asks for a certificate',
  ],
  [
    'a certificate at SCRAM',
    {},
    ClientCredentials.certificate(certificate()),
    'it asks for SCRAM-SHA-512, not for what the client has',
  ],
  ['PLAIN at SCRAM', {}, ClientCredentials.plain('etl', PASSWORD), 'it asks for SCRAM-SHA-512, not for PLAIN'],
  [
    'a password where none is asked',
    { authentication: ExternalKafkaAuthentication.none() },
    ClientCredentials.plain('etl', PASSWORD),
    'it asks for no credentials, and would know the client as ANONYMOUS',
  ],
])('fails by connection-credentials for %s', (_, props, credentials, fault) => {
  const chart = testChart();
  new KafkaConnection(chart, 'connection', { listener: kafka(props, chart), credentials });
  expect(faultsOf(App.of(chart))).toEqual([
    `[${chart.node.path}/connection] a client without a user cannot log in to Kafka 'msk': ${fault}; connect the user to a listener that fits, or give the user another authentication (connection-credentials)`,
  ]);
});

test('a user of one Kafka cannot connect to another', () => {
  const chart = testChart();
  const other = new ExternalKafka(chart, 'other', { bootstrapServers: BROKERS, authentication: SCRAM });
  const user = new ExternalKafkaUser(chart, 'etl', {
    kafka: kafka({}, chart),
    credentials: ClientCredentials.scramSha512('etl', PASSWORD),
  });
  new KafkaConnection(chart, 'connection', { listener: other, user });
  expect(faultsOf(App.of(chart))).toEqual([
    expect.stringContaining("Kafka 'other' is of cluster 'other', user 'etl' of 'msk'"),
  ]);
});

const CLEAR = 'use TLS, or say unencryptedCredentials: true (external-kafka-clear-credentials)';
const ADDRESS = "write 'broker.example.com:9093', without a protocol before it (external-kafka-address)";
const TLS = 'leave tls out, or leave out the trust and the client certificates (external-kafka-tls)';

test.each<[string, Partial<ExternalKafkaProps>, string[]]>([
  ['no address', { bootstrapServers: [] }, [`Kafka 'msk' has no address; ${ADDRESS}`]],
  ...['broker', 'SSL://broker:9093', 'broker:0', 'broker:70000', 'a:1,b:2'].map(
    (address): [string, Partial<ExternalKafkaProps>, string[]] => [
      `the address ${address}`,
      { bootstrapServers: [address] },
      [`Kafka 'msk' cannot be reached at '${address}'; ${ADDRESS}`],
    ],
  ),
  [
    'no mechanism',
    { authentication: ExternalKafkaAuthentication.sasl([]) },
    [
      "Kafka 'msk' takes no SASL mechanism; name one, such as ExternalKafkaAuthentication.sasl([SaslMechanism.SCRAM_SHA_512]) (external-kafka-mechanism)",
    ],
  ],
  [
    'trust without TLS',
    { tls: false, trust: COMPANY_CA, unencryptedCredentials: true },
    [`Kafka 'msk' has an authority to trust, but no TLS; ${TLS}`],
  ],
  [
    'certificates without TLS',
    { tls: false, authentication: ExternalKafkaAuthentication.tls() },
    [`Kafka 'msk' asks for client certificates, but has no TLS; ${TLS}`],
  ],
  [
    'passwords in clear',
    { tls: false },
    [`clients of Kafka 'msk' would log in over connections that are not encrypted; ${CLEAR}`],
  ],
])('fails for %s', (_, props, expected) => {
  expect(messagesOf(EXTERNAL_KAFKA_RULES, kafka(props))).toEqual(expected);
});

test('rights are told to whoever runs that Kafka, in the words of its own command', () => {
  const to = kafka({ bootstrapServers: ['b:9093'] });
  const user = new ExternalKafkaUser(to, 'user', {
    kafka: to,
    credentials: ClientCredentials.scramSha512("o'neill", PASSWORD),
  });
  to.topic('sales').grantConsume(user, ConsumerGroup.prefix('etl-'));
  to.topic('orders').grantProduceInTransactions(user, TransactionalId.literal('tx'));
  user.addAcl({ resource: AclResource.cluster(), operations: [AclOperation.DESCRIBE_CONFIGS] });
  const add = (rest: string) =>
    `kafka-acls.sh --bootstrap-server b:9093 --command-config admin.properties --add --allow-principal 'User:o'\\''neill' ${rest}`;
  expect(user.aclCommands.sort()).toEqual(
    [
      add("--operation Read --topic 'sales' --resource-pattern-type literal"),
      add("--operation Read --group 'etl-' --resource-pattern-type prefixed"),
      add("--operation Write --topic 'orders' --resource-pattern-type literal"),
      add("--operation Write --transactional-id 'tx' --resource-pattern-type literal"),
      add('--operation DescribeConfigs --cluster'),
    ].sort(),
  );
});

test.each([
  ['a certificate', ClientCredentials.certificate(certificate()), 'my-user', 'User:CN=my-user'],
  ['a password', ClientCredentials.plain('etl', PASSWORD), 'etl', 'User:etl'],
  ['a keytab', kerberos, 'reader', 'User:reader'],
])('a user with %s is who its credentials say', (_, credentials, name, principal) => {
  const to = kafka();
  const user = new ExternalKafkaUser(to, 'reader', { kafka: to, credentials });
  expect([user.userName, user.principal.toString()]).toEqual([name, principal]);
});
