/** A character string of SQL. */
export function sqlString(value: string): string {
  return `'${value.replace(/'/g, "''")}'`;
}

/** A name in SQL, whatever its characters are. */
export function sqlIdentifier(name: string): string {
  return `\`${name.replace(/`/g, '``')}\``;
}

/** Whether quoting makes a name of `name`: it needs a character, and none that no editor shows. */
export function isSqlIdentifier(name: string): boolean {
  // eslint-disable-next-line no-control-regex
  return name !== '' && !/[\x00-\x1f\x7f]/.test(name);
}
