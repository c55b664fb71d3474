/*
 * Writes the table of errors from the rules: `npm run errors`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderErrorTable } from '../lib/checks/error-table';

writeFileSync(join(__dirname, '..', 'docs', 'errors.md'), renderErrorTable());
