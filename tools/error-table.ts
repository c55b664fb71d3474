/*
 * Writes what the rules say into the documentation: docs/errors.md, the table of errors in the README, and the tables of
 * ways to log in on every page that has one: `npm run errors`.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderErrorTable, renderFrequentErrors } from '../lib/checks/error-table';
import { withLoginTables } from '../lib/checks/login-table';

const root = join(__dirname, '..');
const docs = join(root, 'docs');

writeFileSync(join(docs, 'errors.md'), renderErrorTable());
rewrite(join(root, 'README.md'), (page) =>
  withLoginTables(page).replace(
    /(<!-- errors -->\n)[^]*(<!-- end of errors -->)/,
    (_, begin: string, end: string) => `${begin}\n${renderFrequentErrors()}\n${end}`,
  ),
);
for (const page of readdirSync(docs).filter((name) => name.endsWith('.md'))) rewrite(join(docs, page), withLoginTables);

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
