import { SecretKey, TrustedCertificates } from '../../lib';
import { ClientFiles } from '../../lib/connection/client-files';
import { CLIENT_FILES_RULES } from '../../lib/connection/client-files-rules';
import { messagesOf } from '../../lib/validation/rule';

const REMEDY =
  'use names of Secrets of at most 56 characters that differ in more than dots and dashes, none of them tmp or java-truststore, and each Secret either by keys or as a whole (secret-volume)';

function faultsOf(secretNames: readonly string[], wholeSecretNames: readonly string[] = []): string[] {
  const files = ClientFiles.of([]);
  for (const name of secretNames) files.addKey(SecretKey.existing(name, 'user.crt'));
  for (const name of wholeSecretNames) files.addTrust(TrustedCertificates.allFromSecret(name));
  return messagesOf(CLIENT_FILES_RULES, files);
}

test('Secrets of different names have volumes of their own', () => {
  expect(faultsOf(['my-user', 'your-user'], ['my-cluster-cluster-ca-cert'])).toEqual([]);
});

test.each([
  ['a name that is too long', ['u'.repeat(57)], [], `the name of Secret '${'u'.repeat(57)}' is too long for a volume`],
  ['names that differ in dots only', ['my.user', 'my-user'], [], "two volumes would be named 'my-user'"],
  ['a Secret that is needed by keys and as a whole', ['ca'], ['ca'], "two volumes would be named 'ca'"],
  ['a Secret that is called like a bundle', ['ca-bundle'], ['ca'], "two volumes would be named 'ca-bundle'"],
  ['a Secret that is called like another volume', ['tmp'], [], "two volumes would be named 'tmp'"],
])('fails by secret-volume for %s', (_, names, whole, fault) => {
  expect(faultsOf(names, whole)).toEqual([`${fault}; ${REMEDY}`]);
});
