/**
 * Parts of the names of settings whose values are secret.
 *
 * @see Apache Flink 2.1, GlobalConfiguration.SENSITIVE_KEYS
 */
const SENSITIVE = [
  'password',
  'secret',
  'fs.azure.account.key',
  'apikey',
  'api-key',
  'auth-params',
  'service-key',
  'token',
  'basic-auth',
  'jaas.config',
  'http-headers',
];

/** Settings whose names contain one of these words and whose values are no secrets: names of Secrets, and switches. */
const HARMLESS_NAME = /^kubernetes\.|^security\.delegation\.|credentials-source$/;
const HARMLESS_VALUE = /^(true|false|)$/;

/** Whether `value` is a secret by the name of its setting, and stands there in clear. */
export function isLiteralSecret(name: string, value: string): boolean {
  const sensitive = SENSITIVE.some((word) => name.toLowerCase().includes(word)) && !HARMLESS_NAME.test(name);
  return sensitive && !HARMLESS_VALUE.test(value) && !/\$\{[^}]+\}/.test(value);
}

/** Whether a text has a password, a private key or a runner's `{{secret:}}` in it. */
export function secretFaults(text: string): string[] {
  return [
    ...(/\{\{\s*secret:/.test(text) ? ["has '{{secret:', for which the job would have to read Secrets"] : []),
    ...(/(password|secret)\s*=\s*"(?!\$\{)[^"]/i.test(text) ? ['has a password in clear'] : []),
    ...(/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text) ? ['has a private key in clear'] : []),
  ];
}
