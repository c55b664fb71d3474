import { execFileSync } from 'node:child_process';
import { ClientCredentials, JavaClientSettings, ListenerAuthentication, SecretKey } from '../../lib';
import { ClientFiles } from '../../lib/connection/client-files';
import { preparedFolders } from '../../lib/connection/prepared-files';
import { CLIENT_SECRET, JAAS, Quoting } from '../../lib/connection/quoting';
import { parseJaas } from '../support/jaas';
import { Random } from '../support/random';
import { testChart } from '../support/synth';
import { connect, listener } from '../support/worlds';

const AWKWARD = '$ \\ \' " ; { } # % + & = / a Z 0 9 . - _ ä ß € 😀'.split(' ').concat(' ');

/** Values of awkward characters, and those that a mistake would be most likely to spoil. */
function values(): string[] {
  const random = new Random(20_261);
  const made = Array.from({ length: 30 }, () => Array.from({ length: 24 }, () => random.pick(AWKWARD)).join(''));
  return [...made, '"', '\\', '\\"', '%', '%41', '+', '${dir:/x:y}', "'; rm -rf /'"];
}

/** What the program of an init container makes of a file with this content. */
function written({ filter }: Quoting, value: string): string {
  return execFileSync('/bin/sh', ['-ec', filter], { input: value, encoding: 'utf8' });
}

test('a password that is quoted for JAAS is read as it was', () => {
  const read = values().map(
    (value) => parseJaas(`Module required password="${written(JAAS, value)}" ;`).options.password,
  );
  expect(read).toEqual(values());
});

test('a client secret that is quoted is read as it was, by JAAS and then by the identity provider', () => {
  const read = values().map((value) => {
    const { secret } = parseJaas(`Module required secret="${written(CLIENT_SECRET, value)}" ;`).options;
    return formDecoded(secret);
  });
  expect(read).toEqual(values());
});

test('a client secret that is quoted looks the same in base64 and in base64 for URLs', () => {
  const headers = [...values(), '???', '>>>', '~~~'].map((value) => `etl:${written(CLIENT_SECRET, value)}`);
  expect(headers.filter((header) => /[+/]/.test(Buffer.from(header).toString('base64')))).toEqual([]);
});

test('a client secret of letters and digits stays as it is, for providers that decode nothing', () => {
  expect(written(CLIENT_SECRET, 'aZ09.-_')).toBe('aZ09.-_');
});

/** As `application/x-www-form-urlencoded` is read. */
function formDecoded(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

const kinds = (alphanumeric?: boolean) =>
  [
    ['jaas', ClientCredentials.plain('etl', SecretKey.existing('login', 'password', { alphanumeric }))],
    [
      'form',
      ClientCredentials.oauth({
        tokenEndpointUri: 'https://sso.example.com/token',
        clientId: 'etl',
        clientSecret: SecretKey.existing('login', 'password', { alphanumeric }),
      }),
    ],
  ] as const;

function clientWith(credentials: ClientCredentials): { settings: string; files: ClientFiles } {
  const chart = testChart();
  const to = listener(chart, { authentication: ListenerAuthentication.custom({ sasl: true }) });
  const connection = connect(chart, { listener: to, credentials });
  return { settings: JavaClientSettings.render(connection)['sasl.jaas.config'], files: ClientFiles.of([connection]) };
}

test.each(kinds())('a value of unknown make is quoted (%s) by an init container', (name, credentials) => {
  const { settings, files } = clientWith(credentials);
  expect(settings).toContain(`\${dir:/opt/login-${name}:password}`);
  expect(preparedFolders(files).at(-1)).toEqual({
    container: `${name}-login`,
    volume: `login-${name}`,
    path: `/opt/login-${name}`,
    source: { name: 'login-raw', secretName: 'login', keys: ['password'] },
    command: [
      '/bin/sh',
      '-ec',
      `cat /source/password | ${(name === 'jaas' ? JAAS : CLIENT_SECRET).filter} > /opt/login-${name}/password`,
    ],
  });
});

test.each(kinds(true))('a value of letters and digits is read as it is (instead of %s)', (_, credentials) => {
  const { settings, files } = clientWith(credentials);
  expect(settings).toContain('${dir:/opt/login:password}');
  expect(files.quoted).toEqual([]);
});
