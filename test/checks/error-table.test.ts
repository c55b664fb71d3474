import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FREQUENT, renderErrorTable, renderFrequentErrors } from '../../lib/checks/error-table';
import { RULE_CATALOGUE } from '../../lib/checks/rule-catalogue';

const ROOT = join(__dirname, '..', '..');
const ERRORS = join(ROOT, 'docs', 'errors.md');

test('docs/errors.md is what the rules say: npm run errors writes it', () => {
  expect(readFileSync(ERRORS, 'utf8')).toBe(renderErrorTable());
});

test('the table in the README is what the rules say, and has a row for each rule that it is to show', () => {
  const rows = renderFrequentErrors().trimEnd().split('\n').slice(2);
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain(renderFrequentErrors());
  expect(rows).toHaveLength(FREQUENT.length);
});

test('every rule is a row of four cells', () => {
  const rows = renderErrorTable()
    .split('\n')
    .filter((line) => /^\| (?!---|What is checked)/.test(line));
  expect(rows).toHaveLength(RULE_CATALOGUE.flatMap(({ rules }) => rules).length);
  expect(rows.filter((row) => row.split(/(?<!\\)\|/).length !== 6)).toEqual([]);
});
