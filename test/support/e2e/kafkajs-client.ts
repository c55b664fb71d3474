import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Answer } from './java-probe';
import { CLIENT_LIMIT, PlainOperation, oneShot } from './one-shot-client';
import { Mount } from './pod';

/**
 * Does something with a client of KafkaJS that sees `mounts`.
 *
 * @param settings the text of a module that exports the configuration; the library renders such
 * @param group the group that the client reads as
 */
export async function askKafkaJs(
  mounts: readonly Mount[],
  settings: string,
  operation: PlainOperation,
  group: string,
): Promise<Answer> {
  const folder = mkdtempSync(join(tmpdir(), 'kafkajs-'));
  try {
    const file = join(folder, 'kafka.js');
    writeFileSync(file, settings);
    const request = { settings: file, group, limit: CLIENT_LIMIT, ...operation };
    return await oneShot(mounts, [process.execPath, join(__dirname, 'node', 'client.js')], request);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
