import { settingFault } from '../../lib/strimzi/kafka-settings';
import { anyCase, boolean, decimal, int, long, oneOf, someOf, text } from '../../lib/strimzi/setting-type';

test.each([
  ['boolean', boolean(), ['true', 'FALSE'], ['1', 'yes', '']],
  ['int', int(), ['0', '-2147483648', '2147483647', '+5'], ['2147483648', '1.0', '1e3', '', 'x']],
  ['int from 1', int(1), ['1', '2147483647'], ['0', '-1']],
  ['int from 1 to 9', int(1, 9), ['1', '9'], ['0', '10']],
  ['long', long(), ['-9223372036854775808', '9223372036854775807'], ['9223372036854775808', '1.5']],
  ['long from -1', long(-1), ['-1', '9223372036854775807'], ['-2']],
  ['decimal', decimal(), ['0.5', '-1', '1e3'], ['', 'x', '0,5']],
  ['decimal from 0 to 1', decimal(0, 1), ['0', '1', '.5'], ['-0.1', '1.1']],
  ['oneOf', oneOf('a', 'b'), ['a', 'b'], ['A', 'a,b', '']],
  ['anyCase', anyCase('a', 'b'), ['a', 'B'], ['c']],
  ['someOf', someOf('a', 'b'), ['a', 'b, a'], ['a,c', '']],
  ['text', text(), ['', 'anything'], []],
])('%s', (_, type, right, wrong) => {
  expect(right.filter((value) => !type.accepts(value))).toEqual([]);
  expect(wrong.filter((value) => type.accepts(value))).toEqual([]);
});

test.each([
  [int(), 'a whole number'],
  [int(1), 'a whole number, 1 or more'],
  [int(1, 9), 'a whole number from 1 to 9'],
  [long(-1), 'a whole number, -1 or more'],
  [decimal(), 'a number'],
  [decimal(0, 1), 'a number from 0 to 1'],
])('%# says what it expects', (type, expects) => {
  expect(type.expects).toBe(expects);
});

test('a value is judged as it is written', () => {
  const settings = { list: someOf('a', 'b'), number: int(1) };
  expect(settingFault(settings, 'list', ['a', 'b'])).toBeUndefined();
  expect(settingFault(settings, 'number', ' 5 ')).toBeUndefined();
  expect(settingFault(settings, 'number', 0)).toBe("number is '0', not a whole number, 1 or more");
  expect(settingFault(settings, 'toString', 'unknown')).toBeUndefined();
});
