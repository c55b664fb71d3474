/** A statement that connects SingleStore to Kafka, read back from its SQL. */
export interface ReadStatement {
  /** What is before `KAFKA`. */
  readonly before: string;
  readonly brokers: string;
  readonly topic: string;
  readonly config: Record<string, string>;
  readonly credentials: Record<string, string>;
  /** What follows, to the end of all statements. */
  readonly after: string;
}

/** What a backslash and a character mean in a string of MySQL's dialect; any other character means itself. */
const ESCAPED: Record<string, string> = { '0': '\0', b: '\b', n: '\n', r: '\r', t: '\t', Z: '\x1a' };

/** Reads a statement as the engine would: SQL strings with backslashes, and JSON in them. */
export function readStatement(sql: string): ReadStatement {
  const [, before] = /^([^]*?)KAFKA '/.exec(sql) ?? [];
  if (before === undefined) throw new Error(`no KAFKA in: ${sql}`);
  const url = readString(sql, before.length + 'KAFKA '.length);
  const config = readClause(sql, 'CONFIG', url.end);
  const credentials = readClause(sql, 'CREDENTIALS', config.end);
  const slash = url.text.lastIndexOf('/');
  return {
    before,
    brokers: url.text.slice(0, slash),
    topic: url.text.slice(slash + 1),
    config: config.values,
    credentials: credentials.values,
    after: sql.slice(credentials.end).trim(),
  };
}

/** The string of SQL that begins at `start`, and where it ends. */
export function readString(sql: string, start: number): { readonly text: string; readonly end: number } {
  if (sql[start] !== "'") throw new Error(`no string at: ${sql.slice(start, start + 40)}`);
  let text = '';
  for (let at = start + 1; at < sql.length; at++) {
    if (sql[at] === '\\') text += ESCAPED[sql[++at]] ?? sql[at];
    else if (sql[at] !== "'") text += sql[at];
    else if (sql[at + 1] === "'") text += sql[++at];
    else return { text, end: at + 1 };
  }
  throw new Error(`a string does not end: ${sql.slice(start)}`);
}

function readClause(sql: string, keyword: string, from: number) {
  const [begin] = new RegExp(`^\\s*${keyword} (?=')`).exec(sql.slice(from)) ?? [];
  if (begin === undefined) return { values: {}, end: from };
  const { text, end } = readString(sql, from + begin.length);
  return { values: JSON.parse(text) as Record<string, string>, end };
}
