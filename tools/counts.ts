import { writeFileSync } from 'node:fs';

/**
 * Says how many checks a tool made, and ends with code 1 if one failed or there was nothing to check.
 *
 * `.ci/run` adds the numbers of all tools up: it reads them from the file that COUNTS_FILE names.
 */
export function countChecks(passed: number, failed: number): void {
  console.log(`${passed} in order, ${failed} not in order`);
  if (process.env.COUNTS_FILE) writeFileSync(process.env.COUNTS_FILE, `${passed} ${failed}\n`);
  if (passed + failed === 0) console.error('there was nothing to check');
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}
