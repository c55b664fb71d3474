import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderErrorTable } from '../../lib/checks/error-table';
import { RULE_CATALOGUE } from '../../lib/checks/rule-catalogue';

const ERRORS = join(__dirname, '..', '..', 'docs', 'errors.md');

test('docs/errors.md is what the rules say: npm run errors writes it', () => {
  expect(readFileSync(ERRORS, 'utf8')).toBe(renderErrorTable());
});

test('every rule is a row of four cells', () => {
  const rows = renderErrorTable()
    .split('\n')
    .filter((line) => /^\| (?!---|What is checked)/.test(line));
  expect(rows).toHaveLength(RULE_CATALOGUE.flatMap(({ rules }) => rules).length);
  expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 6)).toEqual([]);
});
