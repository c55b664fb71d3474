import { Rule, faultIf } from '../../validation/rule';
import { isLiteralSecret, secretFaults } from './flink-secrets';
import type { FlinkInsertProps, FlinkSqlJob } from './flink-sql-job';
import { misleadingWords } from './sql-runner-dialect';
import { namesIn, sqlFaults, sqlPieces } from './sql-text';

const RUNNER = 'streamshub/flink-sql 0.4.0, flink-sql-runner/.../SqlRunner.java';

/** The longest string in the environment of a process, with its name, `=` and the byte at its end. */
const LONGEST_VARIABLE = 128 * 1024;

export const FLINK_SQL_JOB_RULES: readonly Rule<FlinkSqlJob>[] = [
  {
    id: 'flink-insert',
    holds: 'A job writes something.',
    remedy: 'add job.insert({ into, from, query })',
    source: 'Flink Kubernetes operator 1.15.0: a program that submits no job fails',
    faults: (job) => faultIf(job._inserts().length === 0, `job '${job.jobName}' has no INSERT`),
  },
  {
    id: 'flink-table-name',
    holds: 'The tables of a job have different names.',
    remedy: 'name each table differently',
    source: 'Apache Flink 2.1, TableAlreadyExistException',
    faults: (job) => {
      const names = job.tables.map(({ name }) => name);
      return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map(
        (name) => `job '${job.jobName}' has two tables '${name}'`,
      );
    },
  },
  {
    id: 'flink-insert-tables',
    holds: 'An INSERT reads the tables that it says it reads, and these and its target are tables of the job.',
    remedy:
      'name in from what the query reads, and make tables by job.addTable(); a column may not be named like a table that is not read',
    source: 'rights and files follow from the tables that an INSERT names',
    faults: (job) => job._inserts().flatMap((insert) => tableFaults(job, insert)),
  },
  {
    id: 'flink-sql-statement',
    holds: 'The query of an INSERT is one statement.',
    remedy: 'give one query without a semicolon at its end or in comments, and a job.insert() for each INSERT',
    source: RUNNER + ': a semicolon ends a statement, in comments too',
    faults: (job) =>
      job
        ._inserts()
        .flatMap(({ into, query }) => sqlFaults(query).map((fault) => `the query into '${into.name}' ${fault}`)),
  },
  {
    id: 'flink-sql-hint',
    holds: 'The options of a table are stated once, with the table.',
    remedy: 'give the options to KafkaTable',
    source: 'Apache Flink 2.1, SQL hints: OPTIONS overrides what a connection says',
    faults: (job) =>
      job._inserts().flatMap(({ into, query }) =>
        faultIf(
          sqlPieces(query).some(({ kind, text }) => kind === 'comment' && /^\/\*\+[^]*\bOPTIONS\s*\(/i.test(text)),
          `the query into '${into.name}' overrides options of a table`,
        ),
      ),
  },
  {
    id: 'flink-sql-secret',
    holds: 'Neither queries nor settings hold secrets, or references that need rights on Secrets.',
    remedy: 'have the connection of a table bring it, which reads it from a mounted file',
    source: 'streamshub/flink-sql 0.4.0, KubernetesSecretInterpolator: it reads Secrets over the Kubernetes API',
    faults: (job) => [
      ...job
        ._inserts()
        .flatMap(({ into, query }) => secretFaults(query).map((fault) => `the query into '${into.name}' ${fault}`)),
      ...Object.entries(job._sessionSettings)
        .filter(([setting, value]) => isLiteralSecret(setting, value) || secretFaults(value).length > 0)
        .map(([setting]) => `job '${job.jobName}' sets ${setting} to a value in clear`),
    ],
  },
  {
    id: 'flink-sql-setting',
    holds: 'Settings of the session are written as the runner recognizes them.',
    remedy: 'use names without blanks, and names and values without quotes and line breaks',
    source: RUNNER + " (SET 'key' = 'value', taken without SQL's quoting)",
    faults: (job) =>
      Object.entries(job._sessionSettings)
        .filter(([setting, value]) => !/^[^\s']+$/.test(setting) || /['\r\n\u0085\u2028\u2029]/.test(value))
        .map(([setting]) => `job '${job.jobName}' cannot set '${setting}'`),
  },
  {
    id: 'flink-sql-characters',
    holds: 'Statements have no control characters but tabs and line breaks.',
    remedy: "write the character in another way, such as U&'\\0007'",
    source: 'Linux: an environment variable ends at a NUL; YAML 1.2: control characters are not printable',
    faults: (job) => {
      // eslint-disable-next-line no-control-regex
      const found = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(job.statements.join(''));
      return faultIf(found, `job '${job.jobName}' has a control character in its statements`);
    },
  },
  {
    id: 'flink-sql-set-words',
    holds: 'Statements do not contain what the runner takes for the limits of a statement set.',
    remedy: 'write the text in another way, such as with two blanks, or in two parts joined by ||',
    source: RUNNER + ' (STATEMENT_SET_PATTERN)',
    faults: (job) =>
      misleadingWords(job._script()).map((words) => `job '${job.jobName}' has '${words}' in a statement`),
  },
  {
    id: 'flink-sql-size',
    holds: 'All statements of a job together fit into an environment variable.',
    remedy: 'split the job',
    source: 'Linux, MAX_ARG_STRLEN: 128 KiB for each string',
    faults: (job) => {
      const size = Buffer.byteLength(`SQL_STATEMENTS=${job._rendered()}\0`);
      return faultIf(size > LONGEST_VARIABLE, `the statements of job '${job.jobName}' take ${size} bytes`);
    },
  },
  {
    id: 'flink-transactional-prefix',
    holds: 'No two sinks of a cluster begin their transactional ids alike: they would abort each other’s transactions.',
    remedy: 'give each sink a transactionalIdPrefix of its own',
    source: 'Apache Flink SQL connector for Kafka 4.0.1, sink.transactional-id-prefix',
    faults: (job) => prefixFaults(job),
  },
];

function tableFaults(job: FlinkSqlJob, { into, from, query }: FlinkInsertProps): string[] {
  const names = namesIn(query);
  const unknown = [into, ...from].filter((table) => !job.tables.includes(table));
  const unread = from.filter(({ name }) => !names.has(name));
  const unsaid = job.tables.filter((table) => names.has(table.name) && !from.includes(table));
  return [
    ...unknown.map(
      ({ name }) => `the INSERT into '${into.name}' uses '${name}', which is no table of job '${job.jobName}'`,
    ),
    ...unread.map(({ name }) => `the INSERT into '${into.name}' says that it reads '${name}', and its query does not`),
    ...unsaid.map(({ name }) => `the query into '${into.name}' reads '${name}', and the INSERT does not say so`),
  ];
}

/** A sink that writes in transactions. */
interface TransactionalSink {
  readonly owner: string;
  readonly key: string;
  readonly prefix: string;
}

function prefixFaults(job: FlinkSqlJob): string[] {
  const own = transactionalSinks(job);
  if (own.length === 0) return [];
  const others = job.node.root.node
    .findAll()
    .filter((construct) => construct !== job && construct.constructor === job.constructor)
    .flatMap((construct) => transactionalSinks(construct as FlinkSqlJob));
  return own.flatMap((sink, index) => {
    const rival = [...own.slice(0, index), ...others].find(({ key }) => key === sink.key);
    return rival ? [`${sink.owner} and ${rival.owner} both write transactions '${sink.prefix}'`] : [];
  });
}

/** The sinks by cluster and prefix. Several INSERT statements into one table are sinks of their own. */
function transactionalSinks(job: FlinkSqlJob): TransactionalSink[] {
  return job._inserts().flatMap(({ into: { name, table } }) => {
    const prefix = table.delivery._transactions?.transactionalIdPrefix;
    if (prefix === undefined) return [];
    return [
      {
        owner: `table '${name}' of job '${job.jobName}'`,
        key: `${table.connection.listener.clusterId} ${prefix}`,
        prefix,
      },
    ];
  });
}
