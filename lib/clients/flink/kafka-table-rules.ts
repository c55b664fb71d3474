import { BUNDLE_FILE, ClientFiles, KEY_STORE_FILE, secretFolder } from '../../connection/client-files';
import { Rule, faultIf, repeated } from '../../validation/rule';
import { FlinkColumn, KAFKA_METADATA } from './flink-column';
import { FlinkJobSettings } from './flink-job-settings';
import { isLiteralSecret, secretFaults } from './flink-secrets';
import type { FlinkSqlRunner } from './flink-sql-runner';
import { FlinkType } from './flink-type';
import { KAFKA_CLIENT_CONFIGS } from './kafka-client-configs';
import type { KafkaTable } from './kafka-table';
import { isSqlIdentifier } from './sql-literal';
import { sqlFaults, sqlPieces } from './sql-text';

/** A table with its name, in the job that it belongs to. */
export interface TableInJob {
  readonly name: string;
  readonly table: KafkaTable;
  readonly runner: FlinkSqlRunner;
  readonly settings: FlinkJobSettings;
  readonly namespace: string;
  readonly files: ClientFiles;
}

const CONNECTOR = 'Apache Flink SQL connector for Kafka 4.0.1';

/** What brokers allow unless `transaction.max.timeout.ms` says otherwise (Kafka 4.3.1, TransactionStateManagerConfig). */
const LONGEST_TRANSACTION = 15 * 60 * 1000;

/** Options that have a property of their own. */
const OWNED_OPTIONS = [
  'connector',
  'topic',
  'topic-pattern',
  'format',
  'key.format',
  'key.fields',
  'value.format',
  'scan.startup.mode',
  'scan.startup.timestamp-millis',
  'scan.bounded.mode',
  'sink.delivery-guarantee',
  'sink.transactional-id-prefix',
];

/** Settings of Kafka's client that follow from the connection or from a property, or that Flink sets itself. */
const OWNED_SETTINGS: readonly (readonly [RegExp, string])[] = [
  [
    /^(bootstrap\.servers|security\.protocol|sasl\.(mechanism|jaas\.config)|config\.providers(\..*)?)$/,
    'the connection sets it',
  ],
  [/^sasl\.(login|client)\.callback\.handler\.class$/, 'the connection sets it'],
  [/^ssl\.(truststore|keystore|key)\./, 'the connection sets it'],
  [
    /^ssl\.(endpoint\.identification\.algorithm|engine\.factory\.class|trustmanager\.algorithm)$/,
    'host names and certificates are checked',
  ],
  [/^group\.id$/, 'use group'],
  [/^auto\.offset\.reset$/, 'use startup'],
  [/^transactional\.id$|^transaction\.timeout\.ms$/, 'use delivery'],
  [/^(key|value)\.(de)?serializer$|^enable\.auto\.commit$/, 'Flink sets it'],
];

export const KAFKA_TABLE_RULES: readonly Rule<TableInJob>[] = [
  {
    id: 'flink-identifier',
    holds: 'Tables and columns have names, without control characters.',
    remedy: 'give a name; any other character is quoted',
    source: 'Apache Calcite 1.36, quoted identifiers',
    faults: ({ name, table }) => [
      ...faultIf(!isSqlIdentifier(name), `no table can be named '${printable(name)}'`),
      ...table._details.columns
        .filter((column) => !isSqlIdentifier(column.name))
        .map((column) => `table '${printable(name)}' cannot have a column '${printable(column.name)}'`),
    ],
  },
  {
    id: 'flink-columns',
    holds: 'A table has columns that are part of its records, each with a name of its own.',
    remedy: 'give each column once, and at least one by FlinkColumn.physical()',
    source: 'Apache Flink 2.1, .../operations/SchemaBuilderUtil ("A column named ... already exists")',
    faults: ({ name, table }) => {
      const { columns } = table._details;
      const names = columns.map((column) => column.name);
      return [
        ...faultIf(physical(columns).length === 0, `table '${name}' has no column for its records`),
        ...repeated(names).map((column) => `table '${name}' has two columns '${column}'`),
      ];
    },
  },
  {
    id: 'flink-type',
    holds: 'The type of a column is a single type of Flink SQL.',
    remedy: 'use FlinkType.STRING, FlinkType.timestamp(3) ..., or FlinkType.of() with nothing but the type',
    source: 'Apache Flink 2.1, "Data Types"',
    faults: ({ name, table }) =>
      table._details.columns
        .filter((column) => column._details.kind !== 'computed' && !isType(column._details.type))
        .map((column) => `column '${column.name}' of table '${name}' has no type that Flink could read`),
  },
  {
    id: 'flink-expression',
    holds: 'Computed columns and watermarks are single expressions.',
    remedy: 'give one expression, without semicolon and with quotes that end',
    source: 'Apache Flink 2.1, CREATE TABLE',
    faults: ({ name, table }) =>
      expressionsOf(table).flatMap(({ of, expression }) =>
        expressionFaults(expression).map((fault) => `the expression of ${of} of table '${name}' ${fault}`),
      ),
  },
  {
    id: 'flink-metadata',
    holds: 'A metadata column names metadata that Kafka or the format has.',
    remedy: `use one of ${Object.keys(KAFKA_METADATA).join(', ')}, or value. and what the format offers`,
    source: CONNECTOR + ', KafkaDynamicSource.ReadableMetadata',
    faults: ({ name, table }) =>
      table._details.columns.flatMap(({ _details }) => {
        const isOffered =
          _details.kind !== 'metadata' || _details.from in KAFKA_METADATA || /^value\../.test(_details.from);
        return isOffered ? [] : [`table '${name}' asks for metadata '${_details.from}'`];
      }),
  },
  {
    id: 'flink-watermark',
    holds: 'A watermark is on a column of its table.',
    remedy: 'name a column with a time',
    source: 'Apache Flink 2.1, CREATE TABLE ... WATERMARK',
    faults: ({ name, table: { _details } }) => {
      const { watermark, columns } = _details;
      return faultIf(
        watermark !== undefined && !columns.some((column) => column.name === watermark.column),
        `table '${name}' has a watermark on '${watermark?.column}', and no such column`,
      );
    },
  },
  {
    id: 'kafka-table-key',
    holds: 'The key of a table is made of columns of its records, and has a format: always in upsert tables.',
    remedy:
      'name columns made by FlinkColumn.physical(), in kafka tables with keyFormat, in upsert tables as primaryKey',
    source:
      CONNECTOR +
      ', KafkaConnectorOptionsUtil.createKeyFormatProjection, UpsertKafkaDynamicTableFactory.validateSource',
    faults: ({ name, table }) => keyFaults(table).map((fault) => `table '${name}' ${fault}`),
  },
  {
    id: 'kafka-table-topic',
    holds: 'The topic of a table is in the cluster that its connection reaches.',
    remedy: 'make the topic in the cluster of the listener',
    source: 'Strimzi 1.2.0: topics are kept per cluster',
    faults: ({ name, table: { topic, connection } }) =>
      faultIf(
        topic.clusterId !== connection.listener.clusterId,
        `table '${name}' connects to cluster '${connection.listener.clusterName}', its topic '${topic.topicName}' is in '${topic.clusterName}'`,
      ),
  },
  {
    id: 'kafka-table-group',
    holds: 'A table that is read from the offsets of its group has one, and a group has a name.',
    remedy: 'give group, or another startup',
    source: CONNECTOR + ', KafkaSourceBuilder ("Property group.id is required")',
    faults: ({ name, table }) => [
      ...faultIf(
        table.group === undefined && table._startup()?._details.kind === 'group',
        `table '${name}' begins at the offsets of a group, and has none`,
      ),
      ...faultIf(table.group === '', `table '${name}' has a group without a name`),
    ],
  },
  {
    id: 'kafka-table-startup',
    holds: 'A time to begin at is in whole milliseconds since 1970.',
    remedy: 'give such as Date.UTC(2026, 0, 31)',
    source: CONNECTOR + ', scan.startup.timestamp-millis',
    faults: ({ name, table }) => {
      const startup = table._startup()?._details;
      if (startup?.kind !== 'timestamp') return [];
      const { milliseconds } = startup;
      return faultIf(
        !Number.isSafeInteger(milliseconds) || milliseconds < 0,
        `table '${name}' cannot begin at ${milliseconds}`,
      );
    },
  },
  {
    id: 'kafka-table-exactly-once',
    holds:
      'Records are written exactly once only by jobs with checkpoints, under a transactional id, before it expires.',
    remedy:
      'give the job checkpointing, a transactionalIdPrefix, and a transactionTimeout above the interval and up to 15 minutes',
    source:
      CONNECTOR + ', KafkaSink (transactions are committed at checkpoints); Kafka 4.3.1, transaction.max.timeout.ms',
    faults: ({ name, table: { delivery }, settings: { checkpointing } }) => {
      const transactions = delivery._transactions;
      if (!transactions) return [];
      const timeout = delivery._timeoutMillis();
      const interval = checkpointing?.interval.toMilliseconds() ?? 0;
      return [
        ...faultIf(!checkpointing, `table '${name}' is written exactly once by a job without checkpoints`),
        ...faultIf(
          transactions.transactionalIdPrefix === '',
          `table '${name}' is written exactly once under no transactional id`,
        ),
        ...faultIf(
          timeout > LONGEST_TRANSACTION,
          `transactions of table '${name}' may take ${timeout / 1000} seconds, more than brokers allow`,
        ),
        ...faultIf(
          timeout <= interval,
          `transactions of table '${name}' end after ${timeout / 1000} seconds, checkpoints are ${interval / 1000} apart`,
        ),
      ];
    },
  },
  {
    id: 'kafka-table-option',
    holds: 'Further options of a table are ones without a property of their own.',
    remedy:
      'use the property: startup, delivery, keyFields ..., TableFormat for key.* and value.*, clientProperties for properties.*',
    source: CONNECTOR + ', KafkaConnectorOptions',
    faults: ({ name, table }) => [
      ...Object.keys(table._details.options ?? {})
        .filter((option) => isOwnedOption(table, option))
        .map((option) => `table '${name}' sets the option ${option}`),
      ...table._formats().flatMap(({ part, format }) => {
        const own = Object.keys(format._own());
        return own
          .filter((option) => option in format._given)
          .map((option) => `table '${name}' sets the option ${part}.${format.name}.${option}`);
      }),
    ],
  },
  {
    id: 'kafka-client-setting',
    holds: 'Settings of Kafka’s client exist, and do not follow from something else.',
    remedy: 'use a name of the consumer, the producer or the admin client, such as fetch.min.bytes',
    source: 'Apache Kafka 3.9.1, configNames(); Flink does not look at properties.*',
    faults: ({ name, table }) =>
      Object.keys(table._details.clientProperties ?? {}).flatMap((setting) => {
        const owned = OWNED_SETTINGS.find(([pattern]) => pattern.test(setting));
        if (owned) return [`table '${name}' sets ${setting}: ${owned[1]}`];
        return faultIf(
          !KAFKA_CLIENT_CONFIGS.has(setting),
          `table '${name}' sets ${setting}, which Kafka's client does not know`,
        );
      }),
  },
  {
    id: 'kafka-client-id',
    holds: 'A job with several instances leaves the client id to Flink.',
    remedy: 'leave client.id out',
    source: CONNECTOR + ': instances with one client.id clash (InstanceAlreadyExistsException)',
    faults: ({ name, table, settings: { parallelism } }) =>
      faultIf(
        parallelism > 1 && 'client.id' in (table._details.clientProperties ?? {}),
        `the ${parallelism} instances of table '${name}' would share one client.id`,
      ),
  },
  {
    id: 'kafka-class-name',
    holds: 'Classes of Kafka’s client are named as the connector has them.',
    remedy: 'put org.apache.flink.kafka.shaded. in front',
    source: CONNECTOR + ' and 5.0.0: flink-sql-connector-kafka relocates org.apache.kafka',
    faults: ({ name, table }) =>
      Object.entries(table._options())
        .filter(([, value]) => /(?<!org\.apache\.flink\.kafka\.shaded\.)org\.apache\.kafka\./.test(value))
        .map(([option]) => `the option ${option} of table '${name}' names a class that the connector does not have`),
  },
  {
    id: 'kafka-table-secret',
    holds: 'No option of a table is a secret.',
    remedy: 'have the connection bring it, which reads it from a mounted file',
    source: 'Apache Flink 2.1: SHOW CREATE TABLE and error messages print options',
    faults: ({ name, table }) =>
      Object.entries(table._options())
        .filter(([option, value]) => isLiteralSecret(option, value) || secretFaults(value).length > 0)
        .map(
          ([option]) =>
            `the option ${option} of table '${name}' holds a secret in clear, or a reference that needs rights on Secrets`,
        ),
  },
  {
    id: 'kafka-table-file',
    holds: 'Every file that an option speaks of is mounted, and within reach of its config provider.',
    remedy: "refer to nothing but files of the connection, and in settings of Kafka's client only",
    source:
      'Apache Kafka 3.9.1, DirectoryConfigProvider: a placeholder that it cannot resolve stays as it is, without an error',
    faults: ({ name, table, files }) => fileFaults(table, files).map((fault) => `table '${name}' ${fault}`),
  },
  {
    id: 'registry-path',
    holds: 'A schema registry is reached by a version of its API that it still has.',
    remedy: 'use /apis/ccompat/v7',
    source: 'Apicurio Registry 3.3.3 answers 404 on ccompat/v6; 2.6 and 3 have v7',
    faults: ({ name, table }) =>
      table.registries
        .filter(({ confluentUrl }) => /\/apis\/ccompat\/v6(\/|$)/.test(confluentUrl))
        .map(({ confluentUrl }) => `table '${name}' uses ${confluentUrl}`),
  },
  {
    id: 'registry-password',
    holds: 'A table reaches its schema registry by a certificate, or without credentials.',
    remedy: 'use SchemaRegistryCredentials.certificate(), or let the pods of the job in by the network alone',
    source:
      'Apache Flink 2.1, RegistryAvroFormatFactory: basic-auth.user-info is the password itself, and would stand in the SQL',
    faults: ({ name, table }) =>
      table.registries
        .filter(({ credentials }) => credentials?._details.kind === 'basic')
        .map(({ confluentUrl }) => `table '${name}' would have the password for ${confluentUrl} in its text`),
  },
  {
    id: 'registry-trust-namespace',
    holds: 'The certificates of a registry’s authority, and those for it, are in the namespace of the job.',
    remedy: 'have them copied there, and name the copy by TrustedCertificates.fromSecret()',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: ({ name, table, namespace }) =>
      table.registries
        .flatMap(({ trust, credentials }) => [trust, ...(credentials?._keys() ?? [])])
        .filter((key) => key?.namespace !== undefined && key.namespace !== namespace)
        .map((key) => `table '${name}' in namespace '${namespace}' cannot mount ${key?.toString()}`),
  },
  {
    id: 'flink-oauth-runner',
    holds: 'Only images with Strimzi’s OAuth client connect by OAuth 2.0.',
    remedy: 'use FlinkSqlRunner.V0_4_0, or an image with the client',
    source: 'streamshub/flink-sql: the client is in the images since 0.3.0',
    faults: ({ name, table, runner }) =>
      faultIf(
        table.connection.credentials._details.kind === 'oauth' && !runner.strimziOauth,
        `table '${name}' logs in by OAuth 2.0, for which ${runner.image} has no client`,
      ),
  },
];

function printable(name: string): string {
  // eslint-disable-next-line no-control-regex
  return name.replace(/[\x00-\x1f\x7f]/g, '?');
}

function physical(columns: readonly FlinkColumn[]): string[] {
  return columns.filter((column) => column._details.kind === 'physical').map((column) => column.name);
}

function isType({ sql }: FlinkType): boolean {
  const pieces = sqlPieces(sql);
  const code = pieces.map((piece) => (piece.kind === 'code' ? piece.text : '')).join('');
  return (
    pieces.every(({ kind }) => kind === 'code' || kind === 'identifier') &&
    code.trim() !== '' &&
    !code.includes(';') &&
    isBalanced(code)
  );
}

/** Whether every bracket is closed by its like, in order. */
function isBalanced(code: string): boolean {
  const closing: Record<string, string> = { '(': ')', '<': '>' };
  const open: string[] = [];
  for (const character of code) {
    if (character in closing) open.push(closing[character]);
    else if (character === ')' || character === '>') if (open.pop() !== character) return false;
  }
  return open.length === 0;
}

function expressionsOf({ _details: { columns, watermark } }: KafkaTable): { of: string; expression: string }[] {
  return [
    ...columns.flatMap(({ name, _details }) =>
      _details.kind === 'computed' ? [{ of: `column '${name}'`, expression: _details.expression }] : [],
    ),
    ...(watermark ? [{ of: 'the watermark', expression: watermark.expression }] : []),
  ];
}

/** An expression stands in the middle of a statement, so a comment would hide what comes after it. */
function expressionFaults(expression: string): string[] {
  const hasComment = sqlPieces(expression).some(({ kind }) => kind === 'comment');
  return [...sqlFaults(expression), ...faultIf(hasComment, 'has a comment')];
}

function keyFaults({ _details }: KafkaTable): string[] {
  const columns = physical(_details.columns);
  const key = (_details.connector === 'upsert-kafka' ? _details.primaryKey : _details.keyFields) ?? [];
  return [
    ...key
      .filter((name) => !columns.includes(name))
      .map((name) => `has '${name}' in its key, and no such column in its records`),
    ...repeated(key).map((name) => `has '${name}' twice in its key`),
    // The connector splits the list at semicolons.
    ...faultIf(
      _details.connector === 'kafka' && key.some((name) => name.includes(';')),
      'has a column with a semicolon in its key',
    ),
    ...faultIf(_details.connector === 'upsert-kafka' && key.length === 0, 'is an upsert table without a primary key'),
    ...faultIf(_details.keyFormat === undefined && key.length > 0, 'has a key without a format'),
    ...faultIf(
      _details.connector === 'kafka' && _details.keyFormat !== undefined && key.length === 0,
      'has a format for a key without columns',
    ),
  ];
}

function isOwnedOption(table: KafkaTable, option: string): boolean {
  const prefixes = ['properties.', ...table._formats().map(({ part, format }) => `${part}.${format.name}.`)];
  return OWNED_OPTIONS.includes(option) || prefixes.some((prefix) => option.startsWith(prefix));
}

function fileFaults(table: KafkaTable, files: ClientFiles): string[] {
  const allowed = (table._connectionSettings()['config.providers.dir.param.allowed.paths'] ?? '').split(',');
  return Object.entries(table._options()).flatMap(([option, value]) => [
    ...placeholdersIn(value).flatMap(({ written, provider, path, key }) => {
      if (!option.startsWith('properties.')) return [`has ${written} in ${option}, where nothing resolves it`];
      const isResolved = provider === 'dir' && allowed.includes(path) && isMounted(files, `${path}/${key}`);
      return faultIf(!isResolved, `has ${written} in ${option}, which the connection does not mount`);
    }),
    ...pathsIn(value)
      .filter((path) => !isMounted(files, path))
      .map((path) => `has ${path} in ${option}, where nothing is mounted`),
  ]);
}

/**
 * What Kafka's client would ask a config provider for.
 *
 * @see Apache Kafka 3.9.1, clients/.../config/ConfigTransformer.java
 */
function placeholdersIn(value: string): { written: string; provider: string; path: string; key: string }[] {
  const found = [...value.matchAll(/\$\{([^:}]*):([^:}]*)(?::([^}]*))?\}/g)];
  return found.map(([written, provider, path, key = '']) => ({ written, provider, path, key }));
}

/** Files below `/opt` that are not part of the image. */
function pathsIn(value: string): string[] {
  return [...value.matchAll(/(?:^|["=])(\/opt\/(?!flink\/|streamshub\/)[^\s",;]+\/[^\s",;]+)/g)].map(
    ([, path]) => path,
  );
}

function isMounted(files: ClientFiles, path: string): boolean {
  const mounted = [
    ...[...files.secrets, ...files.quoted].flatMap(({ path: folder, keys }) => keys.map((key) => `${folder}/${key}`)),
    ...files.bundles.map(({ secretName }) => `${secretFolder(secretName)}/${BUNDLE_FILE}`),
    ...files.keyStores.map(({ path: folder }) => `${folder}/${KEY_STORE_FILE}`),
  ];
  return mounted.includes(path);
}
