import { App } from 'cdk8s';
import { Construct } from 'constructs';
import { Rule, enforce, faultIf, faultMessage, messagesOf } from '../../lib/validation/rule';
import { asVerified } from '../../lib/validation/verified';
import { faultsOf, testChart } from '../support/synth';

const RULES: Rule<{ readonly age: number }>[] = [
  {
    id: 'age-known',
    holds: 'Everybody has an age.',
    remedy: 'give one',
    source: 'here',
    faults: ({ age }) => faultIf(Number.isNaN(age), 'nobody knows the age'),
  },
  {
    id: 'age-limits',
    holds: 'Ages are 0 to 150, and whole.',
    remedy: 'count again',
    source: 'here',
    faults: ({ age }) => [
      ...faultIf(age < 0 || age > 150, `${age} is no age`),
      ...faultIf(age % 1 > 0, `${age} is not whole`),
    ],
  },
];

test('a message says what is wrong, what to do and which rule says so', () => {
  expect(faultMessage(RULES[0], 'nobody knows the age')).toBe('nobody knows the age; give one (age-known)');
});

test.each([
  [30, []],
  [NaN, ['nobody knows the age; give one (age-known)']],
  [150.5, ['150.5 is no age; count again (age-limits)', '150.5 is not whole; count again (age-limits)']],
])('every fault of %s has a message', (age, messages) => {
  expect(messagesOf(RULES, { age })).toEqual(messages);
});

test('a construct reports the faults of its subject as it is at the end', () => {
  const chart = testChart();
  const subject = { age: 200 };
  enforce(new Construct(chart, 'person'), RULES, subject);
  expect(faultsOf(App.of(chart))).toEqual(['[test/person] 200 is no age; count again (age-limits)']);
  subject.age = 20;
  expect(faultsOf(App.of(chart))).toEqual([]);
});

test('rules that are known to hold are not asked again', () => {
  const chart = testChart();
  enforce(new Construct(chart, 'person'), RULES, { age: 200 });
  const { root } = chart.node;
  asVerified(root, () => expect(faultsOf(App.of(chart))).toEqual([]));
  expect(faultsOf(App.of(chart))).toHaveLength(1);
});
