import { Chart, Duration, Testing } from 'cdk8s';
import {
  DeliveryGuarantee,
  ExistingCertificate,
  ExistingSchemaRegistry,
  FlinkColumn,
  FlinkType,
  FlinkWatermark,
  KafkaAuthorization,
  KafkaTable,
  ListenerAuthentication,
  ScanStartup,
  SchemaRegistryCredentials,
  SecretKey,
  TableFormat,
  TrustedCertificates,
} from '../../../lib';
import { Manifest, find, testChart } from '../../support/synth';
import { FlinkWorld, REGISTRY, text } from './world';

/** The table that `build` makes, as a CREATE TABLE statement. */
function sql(build: (world: FlinkWorld) => KafkaTable, chart: Chart = testChart()): string {
  return build(new FlinkWorld(chart, KafkaAuthorization.none()))._sql('Sales');
}

/** The options of the table that `build` makes. */
function options(build: (world: FlinkWorld) => KafkaTable): Record<string, string> {
  return build(new FlinkWorld(testChart()))._options();
}

test('a table without encryption says where the brokers are, and nothing of files', () => {
  const built = sql((world) => {
    const listener = world.cluster.addListener('plain', {
      port: 9092,
      tls: false,
      authentication: ListenerAuthentication.none(),
    });
    return KafkaTable.kafka({
      topic: world.topic,
      connection: world.connect(undefined, listener),
      columns: [
        text('user_id'),
        FlinkColumn.metadata('purchase_time', FlinkType.timestamp(), 'timestamp'),
        FlinkColumn.metadata('offset', FlinkType.BIGINT),
        FlinkColumn.computed('day', "DATE_FORMAT(purchase_time, 'yyyy-MM-dd')"),
      ],
      watermark: FlinkWatermark.delayed('purchase_time', Duration.seconds(1)),
      valueFormat: TableFormat.csv({ 'ignore-parse-errors': 'true' }),
      group: 'sales-record-group',
      startup: ScanStartup.latest(),
      bounded: true,
    });
  });
  expect(built).toBe(`CREATE TABLE \`Sales\` (
  \`user_id\` STRING,
  \`purchase_time\` TIMESTAMP(3) METADATA FROM 'timestamp',
  \`offset\` BIGINT METADATA FROM 'offset' VIRTUAL,
  \`day\` AS DATE_FORMAT(purchase_time, 'yyyy-MM-dd'),
  WATERMARK FOR \`purchase_time\` AS \`purchase_time\` - INTERVAL '1' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'flink.sales.records',
  'properties.bootstrap.servers' = 'my-cluster-kafka-bootstrap.flink.svc:9092',
  'properties.security.protocol' = 'PLAINTEXT',
  'properties.group.id' = 'sales-record-group',
  'value.format' = 'csv',
  'value.csv.ignore-parse-errors' = 'true',
  'scan.startup.mode' = 'latest-offset',
  'scan.bounded.mode' = 'latest-offset'
)`);
});

test('a table with a certificate has the key by reference, and classes as the connector has them', () => {
  expect(options((world) => world.table({ connection: world.connect(world.user('my-user')) }))).toEqual({
    connector: 'kafka',
    topic: 'flink.sales.records',
    'properties.bootstrap.servers': 'my-cluster-kafka-bootstrap.flink.svc:9093',
    'properties.security.protocol': 'SSL',
    'properties.ssl.truststore.type': 'PEM',
    'properties.ssl.truststore.location': '/opt/my-cluster-cluster-ca-cert/ca.crt',
    'properties.ssl.keystore.type': 'PEM',
    'properties.ssl.keystore.certificate.chain': '${dir:/opt/my-user:user.crt}',
    'properties.ssl.keystore.key': '${dir:/opt/my-user:user.key}',
    'properties.config.providers': 'dir',
    'properties.config.providers.dir.class':
      'org.apache.flink.kafka.shaded.org.apache.kafka.common.config.provider.DirectoryConfigProvider',
    'properties.config.providers.dir.param.allowed.paths': '/opt/my-user',
    'value.format': 'csv',
    'scan.startup.mode': 'earliest-offset',
  });
});

test('a registry with an authority of its own is trusted by a PEM file, for keys and for values', () => {
  const registry = options((world) =>
    world.table({
      connection: world.scram(),
      keyFormat: TableFormat.avroConfluent(REGISTRY, { subject: 'ids' }),
      keyFields: ['id', 'day'],
      valueFormat: TableFormat.avroConfluent(REGISTRY),
    }),
  );
  const rendered = Object.fromEntries(Object.entries(registry).filter(([option]) => /^(key|value)\./.test(option)));
  expect(rendered).toEqual({
    'key.fields': 'id;day',
    'key.format': 'avro-confluent',
    'key.avro-confluent.url': 'https://registry.flink.svc:8443/apis/ccompat/v7',
    'key.avro-confluent.ssl.truststore.location': '/opt/registry-ca/ca.crt',
    'key.avro-confluent.properties.schema.registry.ssl.truststore.type': 'PEM',
    'key.avro-confluent.subject': 'ids',
    'value.format': 'avro-confluent',
    'value.avro-confluent.url': 'https://registry.flink.svc:8443/apis/ccompat/v7',
    'value.avro-confluent.ssl.truststore.location': '/opt/registry-ca/ca.crt',
    'value.avro-confluent.properties.schema.registry.ssl.truststore.type': 'PEM',
  });
});

test('a registry that asks for certificates is shown one, from a file that is mounted', () => {
  const registry = new ExistingSchemaRegistry({
    confluentUrl: 'https://registry.example.com',
    credentials: SchemaRegistryCredentials.certificate(
      new ExistingCertificate({
        commonName: 'etl',
        certificate: SecretKey.existing('etl-tls', 'tls.crt'),
        privateKey: SecretKey.existing('etl-tls', 'tls.key'),
        issuer: TrustedCertificates.fromSecret('registry-ca', 'ca.crt'),
      }),
    ),
  });
  const build = (world: FlinkWorld, connection = world.scram()) =>
    world.table({ connection, valueFormat: TableFormat.avroConfluent(registry) });
  expect(options(build)).toMatchObject({
    'value.avro-confluent.ssl.keystore.location': '/opt/etl-tls-keys/keystore.pem',
    'value.avro-confluent.properties.schema.registry.ssl.keystore.type': 'PEM',
  });
  const chart = testChart();
  const world = new FlinkWorld(chart);
  const connection = world.scram();
  world.copy(build(world, connection), world.table({ connection, topic: world.target }));
  const { podTemplate } = find(Testing.synth(chart) as Manifest[], 'FlinkDeployment').spec;
  const [main] = podTemplate.spec.containers;
  expect(main.volumeMounts).toContainEqual({ name: 'etl-tls-keys', mountPath: '/opt/etl-tls-keys', readOnly: true });
});

test('an upsert table has a primary key and no place to begin', () => {
  const built = sql((world) =>
    KafkaTable.upsertKafka({
      topic: world.topic,
      connection: world.scram(),
      columns: [text('user'), FlinkColumn.physical('count', FlinkType.BIGINT.notNull())],
      primaryKey: ['user'],
      keyFormat: TableFormat.raw(),
      valueFormat: TableFormat.json(),
    }),
  );
  expect(built).toContain(
    "  `count` BIGINT NOT NULL,\n  PRIMARY KEY (`user`) NOT ENFORCED\n) WITH (\n  'connector' = 'upsert-kafka',",
  );
  expect(built).toContain("'key.format' = 'raw',\n  'value.format' = 'json'\n)");
  expect(built).not.toContain('scan.startup');
});

test.each([
  [ScanStartup.earliest(), { 'scan.startup.mode': 'earliest-offset' }],
  [ScanStartup.latest(), { 'scan.startup.mode': 'latest-offset' }],
  [ScanStartup.groupOffsets(), { 'scan.startup.mode': 'group-offsets', 'properties.auto.offset.reset': 'earliest' }],
  [
    ScanStartup.timestamp(1700000000000),
    { 'scan.startup.mode': 'timestamp', 'scan.startup.timestamp-millis': '1700000000000' },
  ],
])('start %#', (startup, expected) => {
  expect(startup._options()).toEqual(expected);
});

test.each([
  [DeliveryGuarantee.atLeastOnce(), {}],
  [
    DeliveryGuarantee.exactlyOnce({ transactionalIdPrefix: 'etl-' }),
    {
      'sink.delivery-guarantee': 'exactly-once',
      'sink.transactional-id-prefix': 'etl-',
      'properties.transaction.timeout.ms': '900000',
    },
  ],
  [
    DeliveryGuarantee.exactlyOnce({ transactionalIdPrefix: 'etl-', transactionTimeout: Duration.minutes(2) }),
    {
      'sink.delivery-guarantee': 'exactly-once',
      'sink.transactional-id-prefix': 'etl-',
      'properties.transaction.timeout.ms': '120000',
    },
  ],
])('delivery %#', (delivery, expected) => {
  expect(delivery._options()).toEqual(expected);
});

test.each([
  [FlinkType.decimal(10, 2), 'DECIMAL(10, 2)'],
  [FlinkType.timestampLtz(), 'TIMESTAMP_LTZ(3)'],
  [FlinkType.array(FlinkType.map(FlinkType.STRING, FlinkType.INT)), 'ARRAY<MAP<STRING, INT>>'],
  [FlinkType.row({ 'a b': FlinkType.DATE, 'c`': FlinkType.BOOLEAN }), 'ROW<`a b` DATE, `c``` BOOLEAN>'],
  [FlinkType.of('TIME(3)'), 'TIME(3)'],
])('type %#', (type, expected) => {
  expect(type.sql).toBe(expected);
});

test.each([
  [Duration.millis(1500), "`t` - INTERVAL '1.5' SECOND"],
  [Duration.minutes(2), "`t` - INTERVAL '120' SECOND(3)"],
  [Duration.seconds(0), "`t` - INTERVAL '0' SECOND"],
])('watermark %#', (delay, expected) => {
  expect(FlinkWatermark.delayed('t', delay).expression).toBe(expected);
});
