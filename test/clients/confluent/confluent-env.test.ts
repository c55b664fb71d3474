import {
  confluentEnvironment,
  isExpressible,
  propertyValue,
  variableName,
} from '../../../lib/clients/confluent/confluent-env';
import { Random } from '../../support/random';
import { convertKey } from './image';
import { parseProperties } from './parse-properties';

test.each([
  ['kafkastore.ssl.truststore.location', 'SCHEMA_REGISTRY_KAFKASTORE_SSL_TRUSTSTORE_LOCATION'],
  ['some_thing', 'SCHEMA_REGISTRY_SOME__THING'],
  ['some-thing.else', 'SCHEMA_REGISTRY_SOME___THING_ELSE'],
])('the image takes %s by %s', (property, variable) => {
  expect(variableName('SCHEMA_REGISTRY_', property)).toBe(variable);
});

test('the image finds every property that it is said to take, and no other', () => {
  const random = new Random(8);
  let lost = 0;
  for (let round = 0; round < 2000; round++) {
    const property = Array.from({ length: 1 + random.below(8) }, () =>
      random.pick(['a', 'b', '9', '.', '_', '-', 'A']),
    ).join('');
    const found = convertKey(variableName('', property)) === property;
    if (isExpressible(property)) expect([property, found]).toEqual([property, true]);
    else if (!found) lost++;
  }
  expect(lost).toBeGreaterThan(500);
});

test('a part of one character between dots is not taken', () => {
  expect(convertKey(variableName('', 'one.b.three'))).toBe('one.b_three');
  expect(isExpressible('one.b.three')).toBe(false);
  expect(isExpressible('one.two.c')).toBe(true);
});

test('a value comes out of the file of properties as it went in', () => {
  const random = new Random(9);
  const characters = [' ', '\t', '\f', '\n', '\r', '\\', '=', ':', '#', '!', 'ä', '€', '\u{1f600}', '$', '(', 'a', '1'];
  for (let round = 0; round < 500; round++) {
    const value = Array.from({ length: random.below(9) }, () => random.pick(characters)).join('');
    expect(parseProperties(`key=${propertyValue(value)}\n`)).toEqual({ key: value });
    expect(propertyValue(value)).toMatch(/^[\x20-\x7e]*$/);
  }
});

test('Kubernetes is kept from replacing what looks like one of its variables', () => {
  const environment = confluentEnvironment('X_', { 'some.value': '$(HOME) ${dir:/opt/user:password}' });
  expect(environment.X_SOME_VALUE.value).toBe('$$(HOME) ${dir:/opt/user:password}');
});
