/*
 * Counts the tests of a jest run: `tsx tools/jest-counts.ts <file that jest --json wrote>`.
 *
 * A suite that did not start is a failure, and so is a test that was skipped.
 */
import { readFileSync } from 'node:fs';
import { countChecks } from './counts';

interface JestResults {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly numRuntimeErrorTestSuites: number;
}

const results = JSON.parse(readFileSync(process.argv[2], 'utf8')) as JestResults;
const skipped = results.numPendingTests + results.numTodoTests;
if (skipped > 0) console.error(`${skipped} tests were skipped`);
countChecks(results.numPassedTests, results.numFailedTests + results.numRuntimeErrorTestSuites + skipped);
