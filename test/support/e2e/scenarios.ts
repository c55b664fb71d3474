import { readdirSync } from 'node:fs';
import { MANIFESTS, ManifestSet } from './manifest-set';

/** All scenarios that have manifests. */
export function scenarios(): string[] {
  return readdirSync(MANIFESTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** The scenarios that have an object of a kind. */
export function scenariosWith(kind: string): string[] {
  return scenarios().filter((name) => ManifestSet.read(name).all(kind).length > 0);
}

/** The scenario of this run. */
export function scenario(): string {
  const { E2E_SCENARIO } = process.env;
  if (!E2E_SCENARIO) throw new Error('run the scenarios with `npm run test:e2e`');
  return E2E_SCENARIO;
}

/** The parts of this run: those that were asked for, or all. */
export function parts(all: readonly string[]): string[] {
  const asked = (process.env.E2E_PARTS ?? '').split(',').filter((part) => part !== '');
  return all.filter((part) => asked.length === 0 || asked.includes(part));
}
