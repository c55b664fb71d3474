import { cell, renderTable } from './markdown';
import { RULE_CATALOGUE, RuleGroup } from './rule-catalogue';

const INTRODUCTION = `# What is checked

Everything in these tables is checked when manifests are written, and all faults are reported together, each with the path
of its construct, what is wrong, what to write instead, and the name of the rule in parentheses.

<!-- Written by tools/error-table.ts from the rules themselves. -->
`;

/** All rules as a page of documentation, in Markdown. */
export function renderErrorTable(): string {
  return [INTRODUCTION, ...RULE_CATALOGUE.map(renderGroup)].join('\n');
}

/** The mistakes that are made most, for the README. */
export const FREQUENT = [
  'connection-credentials',
  'connection-namespace',
  'connection-anonymous',
  'connection-address',
  'user-without-listener',
  'user-acls-without-authorizer',
  'user-certificate-subject',
  'listener-clear-credentials',
  'listener-certificate-names',
  'oauth-audience',
  'custom-files',
  'kafka-config-forbidden',
  'cluster-name',
  'topic-resource-name',
  'acl-resource-name',
  'unknown-secret-key',
  'duplicate-secret',
  'kafka-table-file',
  'flink-sql-secret',
  'realm-placeholders',
];

/** A short table of errors, in Markdown. */
export function renderFrequentErrors(): string {
  const rules = RULE_CATALOGUE.flatMap((group) => group.rules).filter(({ id }) => FREQUENT.includes(id));
  const rows = FREQUENT.flatMap((id) => rules.filter((rule) => rule.id === id)).map(({ id, holds, remedy }) => [
    cell(holds),
    cell(remedy),
    `\`${id}\``,
  ]);
  return renderTable(['What is checked', 'What to do', 'Rule'], rows);
}

function renderGroup({ title, rules }: RuleGroup): string {
  const rows = rules.map(({ id, holds, remedy, source }) => [cell(holds), cell(remedy), `\`${id}\``, cell(source)]);
  return `## ${title}\n\n${renderTable(['What is checked', 'What to do', 'Rule', 'Source'], rows)}`;
}
