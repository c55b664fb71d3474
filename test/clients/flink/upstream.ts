/**
 * How the SQL runner 0.4.0 takes a script apart: the first statement set is kept as it is and comes last, everything
 * else ends at semicolons, and a backslash only keeps the character after it.
 */
export function runnerStatements(environment: string): string[] {
  const trimmed = environment.trim();
  const script = trimmed.endsWith(';') ? trimmed : `${trimmed};`;
  const lower = script.toLowerCase();
  const begin = lower.indexOf('execute statement set begin');
  const end = begin < 0 ? -1 : lower.indexOf('end;', begin + 'execute statement set begin'.length);
  const set = end < 0 ? '' : script.slice(begin, end + 'end;'.length);
  const rest = set === '' ? script : script.split(set).join('').trim();
  const statements: string[] = [];
  let current = '';
  for (let i = 0; i < rest.length; i++) {
    if (rest[i] === '\\') {
      i += 1;
      current += rest[i] ?? '';
    } else {
      current += rest[i];
      if (rest[i] === ';') {
        statements.push(current.trim());
        current = '';
      }
    }
  }
  return set === '' ? statements : [...statements, set];
}

/**
 * What a container finds in a variable that a manifest gives a `value`: the kubelet goes through it byte by byte, `$$`
 * is a dollar sign, `$(NAME)` another variable, and a dollar sign before anything else is kept with the byte after it.
 */
export function kubeletValue(value: string, variables: Readonly<Record<string, string>>): string {
  const bytes = Buffer.from(value);
  const pieces: Buffer[] = [];
  const dollar = '$'.charCodeAt(0);
  for (let i = 0; i < bytes.length; i++) {
    const next = bytes[i + 1];
    if (bytes[i] !== dollar || next === undefined) {
      pieces.push(bytes.subarray(i, i + 1));
    } else if (next === dollar) {
      pieces.push(bytes.subarray(i, i + 1));
      i += 1;
    } else if (next === '('.charCodeAt(0) && bytes.indexOf(')', i) > 0) {
      const end = bytes.indexOf(')', i);
      const name = bytes.subarray(i + 2, end).toString();
      pieces.push(Buffer.from(variables[name] ?? `$(${name})`));
      i = end;
    } else {
      pieces.push(Buffer.from(`$${String.fromCharCode(next)}`));
      i += 1;
    }
  }
  return Buffer.concat(pieces).toString();
}

/** The characters of a string or quoted name as Flink's parser reads them, and what follows it. */
export function unquoted(sql: string): { value: string; rest: string } {
  const quote = sql[0];
  let value = '';
  for (let i = 1; i < sql.length; i++) {
    if (sql[i] !== quote) value += sql[i];
    else if (sql[i + 1] === quote) value += sql[i++];
    else return { value, rest: sql.slice(i + 1) };
  }
  throw new Error(`no end of ${sql}`);
}
