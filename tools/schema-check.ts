/*
 * Checks every synthesized object against the schema of its kind: `CRD_DIR=<folder> npm run schema -- dist`.
 *
 * CRD_DIR holds one folder of CustomResourceDefinitions for each operator, as its project publishes them. Unknown fields
 * are faults, and so are kinds without a schema. Rules in CEL are not evaluated.
 */
import { SchemaCheck } from './schema/manifests';
import { OPERATORS } from './schema/custom-resources';
import { countChecks } from './counts';

const definitions = process.env.CRD_DIR;
const folder = process.argv[2] ?? 'dist';
if (!definitions) {
  console.error(`set CRD_DIR to a folder that holds ${OPERATORS.join(', ')}: folders of CustomResourceDefinitions`);
  process.exit(2);
}

const report = new SchemaCheck(definitions).folder(folder);
for (const [kind, count] of [...report.checked].sort(([a], [b]) => a.localeCompare(b))) {
  console.log(`${String(count).padStart(5)}  ${kind}`);
}
for (const [kind, count] of report.unchecked) {
  console.log(`${String(count).padStart(5)}  ${kind}: not checked, its schema is not among the definitions`);
}
report.faults.forEach((fault) => console.error(`FAULT ${fault}`));
const objects = [...report.checked.values()].reduce((sum, count) => sum + count, 0);
countChecks(objects - report.faulty, report.faulty);
