import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { renderLoginModes, renderLoginTable, withLoginTables } from '../../lib/checks/login-table';
import { SYSTEM_CATALOGUE } from '../../lib/checks/system-catalogue';
import { LOGIN_MODES } from '../../lib/connection/login-mode';

const ROOT = join(__dirname, '..', '..');
const PAGES = [
  join(ROOT, 'README.md'),
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(ROOT, 'docs', name)),
];

test.each(PAGES)('%s says of ways to log in what the rules say: npm run errors writes it', (page) => {
  const text = readFileSync(page, 'utf8');
  expect(text).toBe(withLoginTables(text));
});

test('each system has a row in the README', () => {
  const readme = readFileSync(PAGES[0], 'utf8');
  expect(readme).toContain(renderLoginTable());
  expect(new Set(SYSTEM_CATALOGUE.map(({ system }) => system)).size).toBe(SYSTEM_CATALOGUE.length);
});

test('a way that a system refuses is told with the reason, and all others are taken', () => {
  const table = renderLoginModes({
    system: 'Abacus',
    refused: { 'SASL GSSAPI': 'it has no Kerberos' },
    source: 'here',
  });
  expect(table).toContain('| SASL GSSAPI | no: it has no Kerberos |\n');
  expect(table.match(/\| yes \|/g)).toHaveLength(LOGIN_MODES.length - 1);
});

test('a page cannot have the table of a system that nobody knows', () => {
  expect(() => withLoginTables('<!-- login modes: Abacus -->\n<!-- end -->')).toThrow(
    'the documentation has login modes of Abacus, which the catalogue does not know',
  );
});
