import { Construct } from 'constructs';
import { noteRules } from './first-use';
import { isVerified } from './verified';

/** What the documentation says about a rule. */
export interface RuleText {
  /** Stable name, shown at the end of each message and in the table of errors. */
  readonly id: string;
  /** What must hold, as one sentence for the table of errors. */
  readonly holds: string;
  /** What to write instead. */
  readonly remedy: string;
  /** The upstream project, version and file or page that the rule mirrors, or why we ask for it. */
  readonly source: string;
}

/**
 * One thing that must hold for a construct of type `T`.
 *
 * Rules are data: the constructs enforce them, the documentation lists them, the tests go through them by id.
 */
export interface Rule<T> extends RuleText {
  /** Says what is wrong with the subject: one text for each fault, none if the rule holds. */
  readonly faults: (subject: T) => string[];
}

/** The message of one fault, as the user reads it after the construct's path. */
export function faultMessage(rule: RuleText, fault: string): string {
  return `${fault}; ${rule.remedy} (${rule.id})`;
}

/** All messages of `rules` about `subject`. */
export function messagesOf<T>(rules: readonly Rule<T>[], subject: T): string[] {
  return rules.flatMap((rule) => rule.faults(subject).map((fault) => faultMessage(rule, fault)));
}

/** Has `construct` report every fault that `rules` find in `subject` when the app is synthesized. */
export function enforce<T>(construct: Construct, rules: readonly Rule<T>[], subject: T): void {
  noteRules(construct);
  construct.node.addValidation({ validate: () => (isVerified(construct.node.root) ? [] : messagesOf(rules, subject)) });
}

/** The one-element list that a rule returns for a broken condition, or nothing. */
export function faultIf(broken: boolean, fault: string): string[] {
  return broken ? [fault] : [];
}

/** The values that are there more than once, each of them once. */
export function repeated<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
