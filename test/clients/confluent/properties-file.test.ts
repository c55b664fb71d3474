import { prefixed, propertiesFile, withoutProviders } from '../../../lib/clients/confluent/properties-file';
import { parseProperties } from './parse-properties';
import { Random } from '../../support/random';

test('a reader of properties files finds exactly the values that were written', () => {
  const random = new Random(20261122);
  const characters = [
    '\\',
    '\n',
    '\r',
    '\t',
    ' ',
    '=',
    ':',
    '#',
    '!',
    '"',
    "'",
    '$',
    '{',
    '}',
    'é',
    '€',
    '😀',
    'a',
    'Z',
    '0',
  ];
  for (let round = 0; round < 200; round++) {
    const text = Array.from({ length: random.below(12) }, () => random.pick(characters)).join('');
    expect(parseProperties(propertiesFile({ 'some.setting': text, other: 'x' }))).toEqual({
      'some.setting': text,
      other: 'x',
    });
  }
});

test('providers are stated once, whatever the settings of a connection say', () => {
  const settings = { 'config.providers': 'dir', 'config.providers.dir.class': 'C', 'security.protocol': 'SSL' };
  expect(prefixed('client.', withoutProviders(settings))).toEqual({ 'client.security.protocol': 'SSL' });
});
