const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * A character string of SQL, as MySQL and SingleStore read it: a backslash begins an escape sequence.
 *
 * @see SingleStore 9.0, "String Literals"
 */
export function sqlString(value: string): string {
  return `'${value.replace(/[\\'\n\r\t]/g, (character) => ESCAPES[character])}'`;
}

/** What stands for the content of a file in the text of a statement. */
export function fileMark(path: string): string {
  return `\${${path}}`;
}

/** Text of a statement in which nothing is taken for the mark of a file. */
export function withoutMarks(sql: string): string {
  return sql.replace(/\$\{/g, `${fileMark('$')}{`);
}

/** A JSON text as a character string of SQL. Values of `files` are those of files, which are put in later. */
export function sqlJson(
  values: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): string {
  const members = Object.entries(values)
    .map(([key, value]) => sqlString(`${JSON.stringify(key)}: ${JSON.stringify(value)}`))
    .map((text) => withoutMarks(text.slice(1, -1)));
  const filled = Object.entries(files).map(([key, path]) => `"${key}": "${fileMark(path)}"`);
  return `'{${[...members, ...filled].join(', ')}}'`;
}
