import { Chart, Duration, Size } from 'cdk8s';
import {
  DeliveryGuarantee,
  ExistingSchemaRegistry,
  FlinkColumn,
  FlinkInsertProps,
  FlinkJarJob,
  FlinkSqlJob,
  FlinkSqlJobProps,
  FlinkSqlRunner,
  FlinkType,
  FlinkUpgrade,
  FlinkVersion,
  FlinkWatermark,
  KafkaCluster,
  KafkaTable,
  KafkaTableProps,
  KafkaTopic,
  ScanStartup,
  SchemaRegistryCredentials,
  SecretKey,
  TableFormat,
  TrustedCertificates,
} from '../../../lib';
import { FLINK_DEPLOYMENT_RULES } from '../../../lib/clients/flink/flink-deployment-rules';
import { FLINK_JAR_JOB_RULES } from '../../../lib/clients/flink/flink-jar-job-rules';
import { FLINK_SQL_JOB_RULES } from '../../../lib/clients/flink/flink-sql-job-rules';
import { KAFKA_TABLE_RULES } from '../../../lib/clients/flink/kafka-table-rules';
import { faults } from '../../support/synth';
import { CHECKPOINTS, CopyJob, FlinkWorld, text } from './world';

type Build = (chart: Chart) => unknown;

/** The job that copies `Source` to `Target`, with settings of its own. */
function job(props: FlinkSqlJobProps, change: (job: CopyJob, world: FlinkWorld) => void = () => {}): Build {
  return (chart) => {
    const world = new FlinkWorld(chart);
    const connection = world.scram();
    change(world.copy(world.table({ connection }), world.table({ connection, topic: world.target }), props), world);
  };
}

/** The job, with a source of its own. */
function source(
  props: Partial<KafkaTableProps>,
  settings: FlinkSqlJobProps = {},
  login: 'scram' | 'oauth' = 'scram',
): Build {
  return (chart) => {
    const world = new FlinkWorld(chart);
    const connection = world[login]();
    world.copy(world.table({ connection, ...props }), world.table({ connection, topic: world.target }), settings);
  };
}

/** The job, with an INSERT of its own besides the first. */
function insert(props: Partial<FlinkInsertProps>): Build {
  return job({}, ({ job, from, into }) => job.insert({ into, from: [from], query: 'SELECT id FROM Source', ...props }));
}

function jar(props: object): Build {
  return (chart) =>
    new FlinkJarJob(chart, 'etl', {
      image: 'example.com/etl:1.0.0',
      flinkVersion: FlinkVersion.V2_2,
      jarUri: 'local:///opt/etl/etl.jar',
      ...props,
    });
}

function exactly(transactionalIdPrefix: string, minutes?: number): DeliveryGuarantee {
  const transactionTimeout = minutes === undefined ? undefined : Duration.minutes(minutes);
  return DeliveryGuarantee.exactlyOnce({ transactionalIdPrefix, transactionTimeout });
}

/** Both tables of the copying job write to topics of their own, under these prefixes. */
function twoSinks(first: string, second: string): Build {
  return (chart) => {
    const world = new FlinkWorld(chart);
    const connection = world.scram();
    const sink = (prefix: string) => world.table({ connection, topic: world.target, delivery: exactly(prefix) });
    const { job, from } = world.copy(world.table({ connection }), sink(first), { checkpointing: CHECKPOINTS });
    job.insert({ into: job.addTable('Other', sink(second)), from: [from], query: 'SELECT id FROM Source' });
  };
}

const DEPLOYMENT_CASES: Record<string, [Build, string[]]> = {
  'flink-name': [
    job({ jobName: 'Sales' }),
    ["no Flink job can be named 'Sales'; choose a name such as 'sales-etl' (flink-name)"],
  ],
  'flink-version': [
    jar({ flinkVersion: FlinkVersion.of('v2_4') }),
    ["job 'etl' is for Flink v2_4, which is not served; use v1_20, v2_0, v2_1, v2_2 (flink-version)"],
  ],
  'flink-image-version': [
    (chart) => {
      const image = 'quay.io/streamshub/flink-sql-runner:0.4.0';
      job({ runner: FlinkSqlRunner.of({ image, flinkVersion: FlinkVersion.V2_2 }) })(chart);
      jar({ jobName: 'jar', image: 'flink:2.1.1-java17' })(new Chart(chart, 'jar', { namespace: 'flink' }));
    },
    [
      "job 'etl' is for Flink v2_2, its image quay.io/streamshub/flink-sql-runner:0.4.0 contains v2_1; give the flinkVersion of the image (flink-image-version)",
      "job 'jar' is for Flink v2_2, its image flink:2.1.1-java17 contains v2_1; give the flinkVersion of the image (flink-image-version)",
    ],
  ],
  'flink-parallelism': [
    job({ parallelism: 0, taskSlots: 1.5 }),
    [
      "job 'etl' cannot have a parallelism of 0; give a whole number, 1 or more (flink-parallelism)",
      "TaskManagers of job 'etl' cannot have 1.5 slots; give a whole number, 1 or more (flink-parallelism)",
    ],
  ],
  'flink-resources': [
    job({
      jobManager: { cpu: 0, memory: Size.mebibytes(703) },
      taskManager: { cpu: 1, memory: Size.kibibytes(1048577) },
    }),
    [
      "the JobManager of job 'etl' cannot have 0 processors; give cpu above 0 and memory of at least 704 MiB for the JobManager, 768 MiB for TaskManagers (flink-resources)",
      "the JobManager of job 'etl' cannot work with 703 MiB; give cpu above 0 and memory of at least 704 MiB for the JobManager, 768 MiB for TaskManagers (flink-resources)",
      "a TaskManager of job 'etl' cannot have 1024.0009765625 MiB, which is not whole; give cpu above 0 and memory of at least 704 MiB for the JobManager, 768 MiB for TaskManagers (flink-resources)",
    ],
  ],
  'flink-checkpointing': [
    job({ checkpointing: { interval: Duration.millis(9) } }),
    [
      "job 'etl' cannot save its state every 9 ms; give a longer interval, such as Duration.minutes(1) (flink-checkpointing)",
    ],
  ],
  'flink-upgrade-directories': [
    job({ upgrade: FlinkUpgrade.savepoint(' '), checkpointing: { interval: Duration.minutes(1) } }),
    [
      "job 'etl' is upgraded by savepoint, and has no folder for checkpoints; give checkpointing: { interval, directory: 's3://...' } and the upgrade a folder, or use FlinkUpgrade.stateless() (flink-upgrade-directories)",
      "job 'etl' is upgraded by savepoint, and has no folder for it; give checkpointing: { interval, directory: 's3://...' } and the upgrade a folder, or use FlinkUpgrade.stateless() (flink-upgrade-directories)",
    ],
  ],
  'flink-configuration': [
    job({ flinkConfiguration: { 'kubernetes.cluster-id': 'other', 'state.savepoints.dir': 's3://a' } }),
    [
      "job 'etl' sets kubernetes.cluster-id: the operator sets it; leave it out of flinkConfiguration (flink-configuration)",
      "job 'etl' sets state.savepoints.dir: use upgrade: FlinkUpgrade.savepoint(); leave it out of flinkConfiguration (flink-configuration)",
    ],
  ],
  'flink-configuration-secret': [
    job({
      flinkConfiguration: {
        's3.secret-key': 'planted',
        'env.java.opts.all': '-Dx={{secret:flink/a/b}}',
        'security.delegation.tokens.enabled': 'false',
      },
    }),
    [
      "job 'etl' sets s3.secret-key to a value in clear; have the program read it from a file that is mounted from a Secret (flink-configuration-secret)",
      "job 'etl' sets env.java.opts.all to a value in clear; have the program read it from a file that is mounted from a Secret (flink-configuration-secret)",
    ],
  ],
  'flink-connection-namespace': [
    job({ namespace: 'jobs' }),
    [
      "job 'etl' is in namespace 'jobs', its connection 'own-my-user-here-connection' in 'flink'; make the connection with the namespace of the job (flink-connection-namespace)",
    ],
  ],
};

const OPTION =
  'use the property: startup, delivery, keyFields ..., TableFormat for key.* and value.*, clientProperties for properties.* (kafka-table-option)';
const SETTING =
  'use a name of the consumer, the producer or the admin client, such as fetch.min.bytes (kafka-client-setting)';
const KEY =
  'name columns made by FlinkColumn.physical(), in kafka tables with keyFormat, in upsert tables as primaryKey (kafka-table-key)';
const EXACTLY_ONCE =
  'give the job checkpointing, a transactionalIdPrefix, and a transactionTimeout above the interval and up to 15 minutes (kafka-table-exactly-once)';
const FILE = "refer to nothing but files of the connection, and in settings of Kafka's client only (kafka-table-file)";
const SECRET =
  'holds a secret in clear, or a reference that needs rights on Secrets; have the connection bring it, which reads it from a mounted file (kafka-table-secret)';

const TABLE_CASES: Record<string, [Build, string[]]> = {
  'flink-identifier': [
    job({}, ({ job, from }) => {
      job.addTable('', from.table);
      job.addTable('a\tb', KafkaTable.kafka({ ...from.table._details, columns: [text('id'), text('')] }));
    }),
    [
      "no table can be named ''; give a name; any other character is quoted (flink-identifier)",
      "no table can be named 'a?b'; give a name; any other character is quoted (flink-identifier)",
      "table 'a?b' cannot have a column ''; give a name; any other character is quoted (flink-identifier)",
    ],
  ],
  'flink-columns': [
    source({ columns: [FlinkColumn.computed('id', '1'), FlinkColumn.computed('id', '2')] }),
    [
      "table 'Source' has no column for its records; give each column once, and at least one by FlinkColumn.physical() (flink-columns)",
      "table 'Source' has two columns 'id'; give each column once, and at least one by FlinkColumn.physical() (flink-columns)",
    ],
  ],
  'flink-type': [
    source({
      columns: [
        'INT',
        ' ',
        'MAP<INT, INT',
        'DECIMAL(1',
        "INT) WITH ('a' = 'b')",
        'INT; DROP',
        'ROW<`a;` INT>',
        'MAP<INT)',
      ].map((type, i) => FlinkColumn.physical(`c${i}`, FlinkType.of(type))),
    }),
    [1, 2, 3, 4, 5, 7].map(
      (i) =>
        `column 'c${i}' of table 'Source' has no type that Flink could read; use FlinkType.STRING, FlinkType.timestamp(3) ..., or FlinkType.of() with nothing but the type (flink-type)`,
    ),
  ],
  'flink-expression': [
    source({
      columns: [text('id'), FlinkColumn.computed('c', 'id; DROP'), FlinkColumn.computed('d', 'id -- all')],
      watermark: FlinkWatermark.of('id', "'open"),
    }),
    [
      "the expression of column 'c' of table 'Source' has a ';' outside quotes; give one expression, without semicolon and with quotes that end (flink-expression)",
      "the expression of column 'd' of table 'Source' has a comment; give one expression, without semicolon and with quotes that end (flink-expression)",
      "the expression of the watermark of table 'Source' has a quote or comment that does not end; give one expression, without semicolon and with quotes that end (flink-expression)",
    ],
  ],
  'flink-metadata': [
    source({
      columns: [
        text('id'),
        FlinkColumn.metadata('time', FlinkType.timestamp()),
        FlinkColumn.metadata('v', FlinkType.INT, 'value.ts'),
      ],
    }),
    [
      "table 'Source' asks for metadata 'time'; use one of topic, partition, headers, leader-epoch, offset, timestamp, timestamp-type, or value. and what the format offers (flink-metadata)",
    ],
  ],
  'flink-watermark': [
    source({ watermark: FlinkWatermark.delayed('time', Duration.seconds(1)) }),
    ["table 'Source' has a watermark on 'time', and no such column; name a column with a time (flink-watermark)"],
  ],
  'kafka-table-key': [
    (chart) => {
      const world = new FlinkWorld(chart);
      const common = {
        topic: world.topic,
        connection: world.scram(),
        columns: [text('id'), text('a;b')],
        valueFormat: TableFormat.csv(),
      };
      const { job } = world.copy(KafkaTable.kafka(common), KafkaTable.kafka(common));
      job.addTable('A', KafkaTable.upsertKafka({ ...common, keyFormat: TableFormat.csv(), primaryKey: [] }));
      job.addTable(
        'B',
        KafkaTable.upsertKafka({ ...common, keyFormat: TableFormat.csv(), primaryKey: ['key', 'a;b'] }),
      );
      job.addTable('C', KafkaTable.kafka({ ...common, keyFormat: TableFormat.csv(), keyFields: ['id', 'id', 'a;b'] }));
      job.addTable('D', KafkaTable.kafka({ ...common, keyFields: ['id'] }));
      job.addTable('E', KafkaTable.kafka({ ...common, keyFormat: TableFormat.csv() }));
    },
    [
      `table 'A' is an upsert table without a primary key; ${KEY}`,
      `table 'B' has 'key' in its key, and no such column in its records; ${KEY}`,
      `table 'C' has 'id' twice in its key; ${KEY}`,
      `table 'C' has a column with a semicolon in its key; ${KEY}`,
      `table 'D' has a key without a format; ${KEY}`,
      `table 'E' has a format for a key without columns; ${KEY}`,
    ],
  ],
  'kafka-table-topic': [
    (chart) => {
      const world = new FlinkWorld(chart);
      const connection = world.connect(world.user('my-user'));
      const cluster = KafkaCluster.fromClusterName(chart, 'other', { clusterName: 'other' });
      const topic = new KafkaTopic(chart, 'elsewhere', { cluster });
      world.copy(world.table({ connection, topic }), world.table({ connection }));
    },
    [
      "table 'Source' connects to cluster 'my-cluster', its topic 'elsewhere' is in 'other'; make the topic in the cluster of the listener (kafka-table-topic)",
    ],
  ],
  'kafka-table-group': [
    source({ startup: ScanStartup.groupOffsets() }),
    [
      "table 'Source' begins at the offsets of a group, and has none; give group, or another startup (kafka-table-group)",
    ],
  ],
  'kafka-table-startup': [
    source({ startup: ScanStartup.timestamp(1.5) }),
    ["table 'Source' cannot begin at 1.5; give such as Date.UTC(2026, 0, 31) (kafka-table-startup)"],
  ],
  'kafka-table-exactly-once': [
    (chart) => {
      source({ delivery: exactly('', 16) })(chart);
      const other = new Chart(chart, 'other', { namespace: 'flink' });
      source({ delivery: exactly('b', 1) }, { checkpointing: CHECKPOINTS })(other);
    },
    [
      `table 'Source' is written exactly once by a job without checkpoints; ${EXACTLY_ONCE}`,
      `table 'Source' is written exactly once under no transactional id; ${EXACTLY_ONCE}`,
      `transactions of table 'Source' may take 960 seconds, more than brokers allow; ${EXACTLY_ONCE}`,
      `transactions of table 'Source' end after 60 seconds, checkpoints are 60 apart; ${EXACTLY_ONCE}`,
    ],
  ],
  'kafka-table-option': [
    source({
      options: {
        'sink.partitioner': 'fixed',
        topic: 'other',
        'properties.group.id': 'g',
        'value.csv.null-literal': 'x',
      },
      keyFields: ['id'],
      keyFormat: TableFormat.avroConfluent(new ExistingSchemaRegistry({ confluentUrl: 'https://a' }), {
        url: 'https://b',
      }),
    }),
    ['topic', 'properties.group.id', 'value.csv.null-literal', 'key.avro-confluent.url'].map(
      (option) => `table 'Source' sets the option ${option}; ${OPTION}`,
    ),
  ],
  'kafka-client-setting': [
    source({
      clientProperties: {
        'fetch.min.bytes': '1',
        'security.protocoll': 'SSL',
        'security.protocol': 'PLAINTEXT',
        'ssl.endpoint.identification.algorithm': '',
      },
    }),
    [
      `table 'Source' sets security.protocoll, which Kafka's client does not know; ${SETTING}`,
      `table 'Source' sets security.protocol: the connection sets it; ${SETTING}`,
      `table 'Source' sets ssl.endpoint.identification.algorithm: host names and certificates are checked; ${SETTING}`,
    ],
  ],
  'kafka-client-id': [
    source({ clientProperties: { 'client.id': 'etl' } }, { parallelism: 2 }),
    ["the 2 instances of table 'Source' would share one client.id; leave client.id out (kafka-client-id)"],
  ],
  'kafka-class-name': [
    source({
      clientProperties: {
        'interceptor.classes': 'org.apache.kafka.clients.consumer.Spy',
        'metric.reporters': 'org.apache.flink.kafka.shaded.org.apache.kafka.common.metrics.JmxReporter',
      },
    }),
    [
      "the option properties.interceptor.classes of table 'Source' names a class that the connector does not have; put org.apache.flink.kafka.shaded. in front (kafka-class-name)",
    ],
  ],
  'kafka-table-secret': [
    source({
      valueFormat: TableFormat.csv({ 'auth.token': 'planted' }),
      options: { 'sink.partitioner': '{{secret:flink/a/b}}' },
      clientProperties: { 'client.rack': 'x password="planted"' },
    }),
    ['value.csv.auth.token', 'properties.client.rack', 'sink.partitioner'].map(
      (option) => `the option ${option} of table 'Source' ${SECRET}`,
    ),
  ],
  'kafka-table-file': [
    source({
      valueFormat: TableFormat.csv({
        a: '${dir:/opt/my-user:password}',
        b: '/opt/flink/conf/x',
        c: '/opt/other/ca.crt',
      }),
      clientProperties: {
        'client.rack': '${dir:/opt/my-user:password}',
        'client.id': '${dir:/opt/my-user:user.key}',
        'client.dns.lookup': '${file:/opt/my-user/password:x}',
        'fetch.min.bytes': '${env:PASSWORD}',
      },
    }),
    [
      `table 'Source' has \${dir:/opt/my-user:password} in value.csv.a, where nothing resolves it; ${FILE}`,
      `table 'Source' has /opt/other/ca.crt in value.csv.c, where nothing is mounted; ${FILE}`,
      `table 'Source' has \${dir:/opt/my-user:user.key} in properties.client.id, which the connection does not mount; ${FILE}`,
      `table 'Source' has \${file:/opt/my-user/password:x} in properties.client.dns.lookup, which the connection does not mount; ${FILE}`,
      `table 'Source' has \${env:PASSWORD} in properties.fetch.min.bytes, which the connection does not mount; ${FILE}`,
    ],
  ],
  'registry-path': [
    source({
      valueFormat: TableFormat.avroConfluent(
        new ExistingSchemaRegistry({ confluentUrl: 'http://registry:8080/apis/ccompat/v6' }),
      ),
    }),
    ["table 'Source' uses http://registry:8080/apis/ccompat/v6; use /apis/ccompat/v7 (registry-path)"],
  ],
  'registry-password': [
    source({
      valueFormat: TableFormat.avroConfluent(
        new ExistingSchemaRegistry({
          confluentUrl: 'https://registry',
          credentials: SchemaRegistryCredentials.basic('etl', SecretKey.existing('registry', 'password')),
        }),
      ),
    }),
    [
      "table 'Source' would have the password for https://registry in its text; use SchemaRegistryCredentials.certificate(), or let the pods of the job in by the network alone (registry-password)",
    ],
  ],
  'registry-trust-namespace': [
    source({
      valueFormat: TableFormat.avroConfluent(
        new ExistingSchemaRegistry({
          confluentUrl: 'https://registry',
          trust: TrustedCertificates.fromSecret('ca', 'ca.crt', { namespace: 'pki' }),
        }),
      ),
    }),
    [
      "table 'Source' in namespace 'flink' cannot mount pki/ca:ca.crt; have them copied there, and name the copy by TrustedCertificates.fromSecret() (registry-trust-namespace)",
    ],
  ],
  'flink-oauth-runner': [
    source(
      {},
      {
        runner: FlinkSqlRunner.of({
          image: 'example.com/runner:1.0.0',
          flinkVersion: FlinkVersion.V2_1,
          strimziOauth: false,
        }),
      },
      'oauth',
    ),
    ['Source', 'Target'].map(
      (table) =>
        `table '${table}' logs in by OAuth 2.0, for which example.com/runner:1.0.0 has no client; use FlinkSqlRunner.V0_4_0, or an image with the client (flink-oauth-runner)`,
    ),
  ],
};

const STATEMENT =
  'give one query without a semicolon at its end or in comments, and a job.insert() for each INSERT (flink-sql-statement)';
const TABLES =
  'name in from what the query reads, and make tables by job.addTable(); a column may not be named like a table that is not read (flink-insert-tables)';
const PREFIX = 'give each sink a transactionalIdPrefix of its own (flink-transactional-prefix)';

const SQL_CASES: Record<string, [Build, string[]]> = {
  'flink-insert': [
    (chart) => new FlinkSqlJob(chart, 'etl'),
    ["job 'etl' has no INSERT; add job.insert({ into, from, query }) (flink-insert)"],
  ],
  'flink-table-name': [
    job({}, ({ job, from }) => job.addTable('Target', from.table)),
    ["job 'etl' has two tables 'Target'; name each table differently (flink-table-name)"],
  ],
  'flink-insert-tables': [
    (chart) => {
      const world = new FlinkWorld(chart);
      const connection = world.scram();
      const { job, from, into } = world.copy(
        world.table({ connection }),
        world.table({ connection, topic: world.target }),
      );
      const stranger = new FlinkSqlJob(chart, 'other').addTable('Stranger', from.table);
      job.insert({ into, from: [stranger], query: 'SELECT id FROM Stranger, Source' });
      job.insert({ into, from: [from], query: "SELECT 'Source' -- Source" });
    },
    [
      `the INSERT into 'Target' uses 'Stranger', which is no table of job 'etl'; ${TABLES}`,
      `the query into 'Target' reads 'Source', and the INSERT does not say so; ${TABLES}`,
      `the INSERT into 'Target' says that it reads 'Source', and its query does not; ${TABLES}`,
    ],
  ],
  'flink-sql-statement': [
    insert({ query: 'SELECT id FROM Source; -- all; of it' }),
    [
      `the query into 'Target' has a ';' outside quotes; ${STATEMENT}`,
      `the query into 'Target' has a ';' in a comment; ${STATEMENT}`,
    ],
  ],
  'flink-sql-hint': [
    insert({ query: "SELECT id FROM Source /*+ OPTIONS('scan.startup.mode' = 'latest-offset') */" }),
    ["the query into 'Target' overrides options of a table; give the options to KafkaTable (flink-sql-hint)"],
  ],
  'flink-sql-secret': [
    (chart) => {
      const sessionSettings = { 'my.password': 'planted' };
      job({ sessionSettings }, ({ job, from, into }) =>
        job.insert({ into, from: [from], query: "SELECT '{{secret:flink/a/b}}' FROM Source" }),
      )(chart);
    },
    [
      "the query into 'Target' has '{{secret:', for which the job would have to read Secrets; have the connection of a table bring it, which reads it from a mounted file (flink-sql-secret)",
      "job 'etl' sets my.password to a value in clear; have the connection of a table bring it, which reads it from a mounted file (flink-sql-secret)",
    ],
  ],
  'flink-sql-setting': [
    job({ sessionSettings: { 'a b': '1', 'pipeline.name': "it's", 'table.exec.state.ttl': '1 h; 2 h' } }),
    ['a b', 'pipeline.name'].map(
      (setting) =>
        `job 'etl' cannot set '${setting}'; use names without blanks, and names and values without quotes and line breaks (flink-sql-setting)`,
    ),
  ],
  'flink-sql-characters': [
    insert({ query: "SELECT '\u0007'\tFROM\nSource" }),
    [
      "job 'etl' has a control character in its statements; write the character in another way, such as U&'\\0007' (flink-sql-characters)",
    ],
  ],
  'flink-sql-set-words': [
    insert({ query: "SELECT 'weekend;' FROM Source" }),
    [
      "job 'etl' has 'END;' in a statement; write the text in another way, such as with two blanks, or in two parts joined by || (flink-sql-set-words)",
    ],
  ],
  'flink-sql-size': [
    (chart) => {
      const world = new FlinkWorld(chart);
      const connection = world.scram();
      const { job, from, into } = world.copy(
        world.table({ connection }),
        world.table({ connection, topic: world.target }),
      );
      const left = 128 * 1024 - Buffer.byteLength(`SQL_STATEMENTS=${job._rendered()}\0`);
      const frame = "\nEXECUTE STATEMENT SET BEGIN\n\n;\n;\nEND;INSERT INTO `Target`\nSELECT '' FROM Source".length - 1;
      job.insert({ into, from: [from], query: `SELECT '${'x'.repeat(left - frame + 1)}' FROM Source` });
    },
    ["the statements of job 'etl' take 131073 bytes; split the job (flink-sql-size)"],
  ],
  'flink-transactional-prefix': [
    twoSinks('etl-', 'etl-'),
    [`table 'Other' of job 'etl' and table 'Target' of job 'etl' both write transactions 'etl-'; ${PREFIX}`],
  ],
};

const JAR_CASES: Record<string, [Build, string[]]> = {
  'flink-jar': [
    jar({ jarUri: 'http://example.com/etl.jar' }),
    [
      "job 'etl' cannot get its jar from 'http://example.com/etl.jar'; use local:///opt/... for a jar in the image, or an https:// address (flink-jar)",
    ],
  ],
  'flink-jar-secret': [
    jar({ args: ['--user=a', '--jaas=x password="planted";', '--jaas=x password="${dir:/opt/a:b}";'] }),
    [
      "argument 2 of job 'etl' has a password in clear; have the program read it from a file that is mounted from a Secret (flink-jar-secret)",
    ],
  ],
  'flink-jar-topic': [
    (chart) => {
      const world = new FlinkWorld(chart);
      const cluster = KafkaCluster.fromClusterName(chart, 'other', { clusterName: 'other' });
      const jarJob = jar({})(chart) as FlinkJarJob;
      jarJob.addSink({
        topic: new KafkaTopic(chart, 'elsewhere', { cluster }),
        connection: world.connect(world.user('my-user')),
      });
    },
    [
      "job 'etl' connects to cluster 'my-cluster', its topic 'elsewhere' is in 'other'; make the topic in the cluster of the listener (flink-jar-topic)",
    ],
  ],
};

const ROOMS = [
  { rules: FLINK_DEPLOYMENT_RULES, cases: DEPLOYMENT_CASES },
  { rules: KAFKA_TABLE_RULES, cases: TABLE_CASES },
  { rules: FLINK_SQL_JOB_RULES, cases: SQL_CASES },
  { rules: FLINK_JAR_JOB_RULES, cases: JAR_CASES },
];

describe.each(ROOMS)('rules %#', ({ rules, cases }) => {
  test('each has a case', () => {
    expect(Object.keys(cases)).toEqual(rules.map(({ id }) => id));
  });

  test.each(Object.entries(cases))('fails by %s', (id, [build, expected]) => {
    const messages = faults((chart) => build(chart)).map((message) => message.replace(/^\[[^\]]*\] /, ''));
    expect(messages.filter((message) => message.endsWith(`(${id})`))).toEqual(expected);
  });
});

test('fails at the path of the job', () => {
  const [first] = faults((chart) => {
    new FlinkSqlJob(chart, 'etl');
  });
  expect(first).toMatch(/^\[test\/etl\] job 'etl' has no INSERT/);
});

test('fails by the rules for images and volumes, too', () => {
  const build = jar({ image: 'example.com/etl:latest' });
  expect(faults((chart) => build(chart))).toEqual([
    "[test/etl] the image 'example.com/etl:latest' does not say which version to run; add a tag that is never moved, or a digest: image@sha256:... (workload-image)",
  ]);
});

test('sinks of one job, and jobs of other clusters, may have prefixes of their own', () => {
  expect(faults((chart) => void twoSinks('a-', 'b-')(chart))).toEqual([]);
});

test('fails when another job writes under the same prefix, at both', () => {
  const build = (chart: Chart) => {
    const world = new FlinkWorld(chart);
    const connection = world.scram();
    for (const jobName of ['first', 'second']) {
      const job = new FlinkSqlJob(chart, jobName, { checkpointing: CHECKPOINTS });
      const [from, into] = [
        job.addTable('Source', world.table({ connection })),
        job.addTable('Target', world.table({ connection, delivery: exactly('etl-') })),
      ];
      job.insert({ into, from: [from], query: 'SELECT id FROM Source' });
    }
  };
  expect(faults(build)).toEqual([
    `[test/first] table 'Target' of job 'first' and table 'Target' of job 'second' both write transactions 'etl-'; ${PREFIX}`,
    `[test/second] table 'Target' of job 'second' and table 'Target' of job 'first' both write transactions 'etl-'; ${PREFIX}`,
  ]);
});

test('a secret that has to be quoted may be referred to where an init container writes it', () => {
  const build = (chart: Chart) => {
    const world = new FlinkWorld(chart);
    const connection = world.oauth();
    world.copy(world.table({ connection }), world.table({ connection, topic: world.target }));
  };
  expect(faults(build)).toEqual([]);
});
