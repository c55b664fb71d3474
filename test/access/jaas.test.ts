import { jaasLine } from '../../lib/access/jaas';
import { parseJaas } from '../support/jaas';

test('an entry is one line that ends in a semicolon', () => {
  expect(jaasLine('a.Module', { name: 'value', none: undefined })).toBe('a.Module required name="value" ;');
});

test('an entry without options is one as well', () => {
  expect(jaasLine('a.Module', {})).toBe('a.Module required ;');
});

test.each([
  'plain',
  '',
  'a"b',
  'a\\b',
  'a\\"b',
  'a\nb\r',
  "it's; x=1",
  'über',
  '${dir:/opt/a:b}',
  "'kafka' in @.groups",
])('Kafka reads %j as it was written', (value) => {
  const line = jaasLine('a.Module', { before: '1', 'with.dots': value, after: '2' });
  expect(line).not.toMatch(/[\r\n]/);
  expect(parseJaas(line)).toEqual({
    module: 'a.Module',
    flag: 'required',
    options: { before: '1', 'with.dots': value, after: '2' },
  });
});
