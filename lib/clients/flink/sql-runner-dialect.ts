/** Statements as Flink sees them, without `;` at their ends. */
export interface SqlScript {
  /** What comes before the job: tables and settings. */
  readonly statements: readonly string[];
  /** The INSERT statements, which run as one job. */
  readonly inserts: readonly string[];
}

/** How the runner recognizes the beginning and the end of a statement set. */
const SET_BEGIN = 'EXECUTE STATEMENT SET BEGIN';
const SET_END = 'END;';

/**
 * A script as the SQL runner reads it.
 *
 * Outside a statement set the runner ends a statement at every `;`, in quotes and comments too, unless a backslash
 * stands before it, and drops that backslash as it does any other. A statement set it takes as it is, from the four
 * words with single spaces to the first `END;`.
 *
 * @see streamshub/flink-sql 0.4.0, flink-sql-runner/.../SqlRunner.java (parseStatements)
 */
export function renderForRunner({ statements, inserts }: SqlScript): string {
  const isSet = inserts.length > 1;
  const single = isSet ? statements : [...statements, ...inserts];
  const rendered = single.map((statement) => `${statement.replace(/[\\;]/g, '\\$&')};`);
  if (!isSet) return rendered.join('\n');
  // The line break keeps a statement that ends in END, or in a comment, apart from its semicolon.
  const set = [SET_BEGIN, ...inserts.map((statement) => `${statement}\n;`), SET_END].join('\n');
  return [...rendered, set].join('\n');
}

/** The words in a script that the runner would take for the limits of a statement set. */
export function misleadingWords({ statements, inserts }: SqlScript): string[] {
  const all = [...statements, ...inserts].join('\n').toUpperCase();
  return [
    ...(all.includes(SET_BEGIN) ? [SET_BEGIN] : []),
    ...(inserts.length > 1 && inserts.join('\n').toUpperCase().includes(SET_END) ? [SET_END] : []),
  ];
}
