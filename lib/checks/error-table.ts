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

function renderGroup({ title, rules }: RuleGroup): string {
  const rows = rules.map(({ id, holds, remedy, source }) => [cell(holds), cell(remedy), `\`${id}\``, cell(source)]);
  const lines = [['What is checked', 'What to do', 'Rule', 'Source'], ['---', '---', '---', '---'], ...rows];
  return `## ${title}\n\n${lines.map((line) => `| ${line.join(' | ')} |\n`).join('')}`;
}

/** Text that means itself in a table. */
function cell(text: string): string {
  return text.replace(/[\\|*_`[\]]/g, '\\$&').replace(/</g, '&lt;');
}
