import { readdirSync } from 'node:fs';
import { MANIFESTS } from './manifest-set';

/** The scenarios of this run: those that were asked for, or all that have manifests. */
export function scenarios(): string[] {
  const asked = (process.env.E2E_SCENARIOS ?? '').split(',').filter((name) => name !== '');
  const all = readdirSync(MANIFESTS, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
  );
  return all
    .map(({ name }) => name)
    .filter((name) => asked.length === 0 || asked.includes(name))
    .sort();
}
