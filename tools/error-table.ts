/*
 * Writes the tables of errors from the rules, into docs/errors.md and the README: `npm run errors`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderErrorTable, renderFrequentErrors } from '../lib/checks/error-table';

const root = join(__dirname, '..');
const readme = join(root, 'README.md');

writeFileSync(join(root, 'docs', 'errors.md'), renderErrorTable());
writeFileSync(
  readme,
  readFileSync(readme, 'utf8').replace(
    /(<!-- errors -->\n)[^]*(<!-- end of errors -->)/,
    (_, begin: string, end: string) => `${begin}\n${renderFrequentErrors()}\n${end}`,
  ),
);
