import { Chart } from 'cdk8s';
import { RuleText } from '../../lib/validation/rule';
import { faults } from './synth';

/** Declares something in a chart. */
export type Declare = (chart: Chart) => unknown;

/** How a rule speaks, and what it speaks about. */
export interface RuleCases {
  /** What each message advises. */
  readonly remedy: string;
  /** A way to break the rule, the faults that it is to find, each as `[path] fault`, and the nearest thing that is right. */
  readonly cases: readonly (readonly [fails: Declare, found: readonly string[], passes: Declare])[];
}

/** Runs the cases of each rule, and demands that every rule has one. Whole messages are compared. */
export function describeRules(rules: readonly RuleText[], table: Readonly<Record<string, RuleCases>>): void {
  test('every rule has a case', () => {
    expect(Object.keys(table).sort()).toEqual(rules.map(({ id }) => id).sort());
  });

  for (const [id, { remedy, cases }] of Object.entries(table)) {
    describe(id, () => {
      test.each(cases.map(([fails, found]) => ({ fails, found })))('fails: $found.0', ({ fails, found }) => {
        // What breaks this rule may well break others: those messages are expected in their own cases.
        const messages = faults(fails).filter((message) => message.endsWith(` (${id})`));
        expect(messages).toEqual(found.map((fault) => `${fault}; ${remedy} (${id})`));
      });

      test.each(cases.map(([, found, passes]) => ({ found, passes })))('passes next to: $found.0', ({ passes }) => {
        expect(faults(passes)).toEqual([]);
      });
    });
  }
}
