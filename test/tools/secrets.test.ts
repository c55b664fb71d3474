import { leaksOf } from '../../tools/secrets';

const password = { name: 'state/db/password', text: 'Q7fRzP0kWm3xYb\n' };
const key = {
  name: 'state/ca/key',
  text: '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\nByqGSM49AgEG\n-----END PRIVATE KEY-----\n',
};
const file = (text: string) => [{ name: 'dist/kafka.k8s.yaml', text }];
const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['a password', password, 'value: Q7fRzP0kWm3xYb'],
  ['a password in base64', password, `password: ${base64('Q7fRzP0kWm3xYb')}`],
  ['a password with its line end in base64', password, `password: ${base64('Q7fRzP0kWm3xYb\n')}`],
  ['a key, indented', key, '  key: |\n    -----BEGIN PRIVATE KEY-----\n    MIGHAgEAMBMG\n'],
  ['a key in base64', key, `key: ${base64(key.text)}`],
])('fails on %s', (_, secret, text) => {
  expect(leaksOf(secret, file(text))).toEqual([{ secret: secret.name, file: 'dist/kafka.k8s.yaml' }]);
});

test('lets the name of a secret and the frame of another key pass', () => {
  expect(leaksOf(password, file('key: password'))).toEqual([]);
  expect(leaksOf(key, file('-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n'))).toEqual([]);
});
