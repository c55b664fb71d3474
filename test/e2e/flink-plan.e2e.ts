import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE } from '../support/e2e/cache';
import { plan } from '../support/e2e/flink-plan';
import { FlinkRelease } from '../support/e2e/flink-release';
import { ManifestSet } from '../support/e2e/manifest-set';
import { scenariosWith } from '../support/e2e/scenarios';
import { Manifest } from '../support/synth';

const SCENARIOS = scenariosWith('FlinkDeployment');
const RUNS = process.env.E2E_RUN ?? join(CACHE, 'runs');

describe.each(FlinkRelease.ALL.map((release) => [release.version, release] as const))('Flink %s', (_, release) => {
  let answers: Record<string, string>;

  beforeAll(async () => {
    const deployments = Object.fromEntries(
      SCENARIOS.map((name) => [name, ManifestSet.read(name).one('FlinkDeployment')]),
    );
    const [some] = Object.values(deployments);
    const folder = mkdtempSync(join(RUNS, 'plan-'));
    try {
      answers = await plan(
        release,
        {
          ...deployments,
          unknownColumn: withSql(some, (sql) => sql.replace('SELECT invoice_id', 'SELECT invoice')),
          unknownOption: withSql(some, (sql) => sql.replace("'key.fields'", "'key.field'")),
          semicolon: withSql(some, (sql) => sql.replace("'flink.sales.records'", "'flink;sales'")),
        },
        folder,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(SCENARIOS)('plans the SQL of scenario %s', (scenario) => {
    expect(answers[scenario]).toBe('planned');
  });

  test.each([
    ['unknownColumn', /Column 'invoice' not found in any table/],
    ['unknownOption', /Unsupported options:\s+key\.field\b/],
    ['semicolon', /SQL parse failed/],
  ])('fails to plan the fault %s', (fault, cause) => {
    expect(answers[fault]).toMatch(cause);
  });
});

function withSql(deployment: Manifest, change: (sql: string) => string): Manifest {
  const changed = structuredClone(deployment);
  const variable = changed.spec.podTemplate.spec.containers[0].env[0];
  const sql = change(variable.value);
  if (sql === variable.value) throw new Error('the SQL has not what is to be changed');
  variable.value = sql;
  return changed;
}
