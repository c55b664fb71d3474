import { isDnsLabel, isDnsSubdomain, toObjectName } from '../../lib/kubernetes/names';

test.each([
  ['a', true],
  ['a-1', true],
  ['1a', true],
  ['a'.repeat(63), true],
  ['a'.repeat(64), false],
  ['', false],
  ['-a', false],
  ['a-', false],
  ['A', false],
  ['a.b', false],
  ['a_b', false],
])('%s is a DNS label: %s', (name, is) => {
  expect(isDnsLabel(name)).toBe(is);
});

test.each([
  ['a.b-c.1', true],
  ['a'.repeat(253), true],
  ['a'.repeat(254), false],
  ['a..b', false],
  ['.a', false],
  ['a.-b', false],
  ['a_b', false],
  ['A', false],
])('%s is a DNS subdomain: %s', (name, is) => {
  expect(isDnsSubdomain(name)).toBe(is);
});

test.each([
  ['flink.sales.records', 'flink.sales.records'],
  ['My_Topic', 'my-topic'],
  ['my-topic', 'my-topic'],
  ['__consumer_offsets', 'consumer-offsets'],
  ['sales._internal_', 'sales.internal'],
  ['a..b', 'a.b'],
  ['A-b_C.d', 'a-b-c.d'],
  ['___', ''],
])('the object of %s is named %j', (name, object) => {
  expect(toObjectName(name)).toBe(object);
});
