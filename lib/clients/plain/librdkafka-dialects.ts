import { CLIENT_SECRET } from '../../connection/quoting';
import { LibrdkafkaSettings } from '../../connection/librdkafka-settings';

/** Settings for a program of one's own, as JSON. */
export function librdkafkaJson({ settings, secretFiles, formEncoded }: LibrdkafkaSettings): string {
  return `${JSON.stringify({ settings, secretFiles, formEncoded }, null, 2)}\n`;
}

/** The part of a file of kcat that is no secret. */
export function kcatLines({ settings }: LibrdkafkaSettings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/**
 * Whether kcat reads a value of its file as it is.
 *
 * @see kcat 1.7.1, kcat.c (read_conf_file): lines of at most 510 bytes without what is blank at their ends, and without
 * the backslashes of `\:` and `\=`
 */
export function isReadableByKcat(setting: string, value: string): boolean {
  return Buffer.byteLength(`${setting}=${value}`) <= 510 && !/\\[:=]|\s$|[\r\n]/.test(value);
}

/**
 * A shell script that writes the complete file of kcat.
 *
 * It ends with an error where kcat would read another value than the one of the Secret.
 */
export function kcatScript({ secretFiles, formEncoded }: LibrdkafkaSettings, from: string, to: string): string {
  const secrets = Object.entries(secretFiles).map(([name, path]) => {
    const filter = formEncoded.includes(name) ? CLIENT_SECRET.filter : 'cat';
    // What is put behind the value keeps the line breaks at its end, which the shell would leave out.
    return `value=$(${filter} < ${path}; echo .); value=\${value%.}
case $value in
  *'\\='* | *'\\:'* | *[[:space:]] | *'
'*) echo 'kcat cannot read a ${name} like that of ${path}' >&2; exit 1 ;;
esac
printf '%s=%s\\n' ${name} "$value" >> ${to}`;
  });
  return [`cat ${from} > ${to}`, ...secrets].join('\n');
}
