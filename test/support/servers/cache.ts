import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * A folder for what is worth keeping between runs: `SECURE_KAFKA_CACHE`, or else `cdk8s-secure-kafka` among the caches
 * of the user.
 */
export function cacheFolder(...path: string[]): string {
  const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');
  const folder = join(process.env.SECURE_KAFKA_CACHE ?? join(caches, 'cdk8s-secure-kafka'), ...path);
  mkdirSync(folder, { recursive: true });
  return folder;
}
