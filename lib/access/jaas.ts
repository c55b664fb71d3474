/**
 * One entry of a JAAS configuration on a single line, as `sasl.jaas.config` takes it.
 *
 * Values are quoted, and quotes and backslashes in them escaped.
 *
 * @see Apache Kafka 4.3.1, clients/.../security/JaasConfig.java (a StreamTokenizer reads it)
 */
export function jaasLine(loginModule: string, options: Record<string, string | undefined>): string {
  const written = Object.entries(options)
    .filter((option): option is [string, string] => option[1] !== undefined)
    .map(([name, value]) => `${name}="${escape(value)}"`);
  return [loginModule, 'required', ...written].join(' ') + ' ;';
}

function escape(value: string): string {
  return value.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
}
