import { join } from 'node:path';
import { cached, command, namedAfter } from './cache';
import { Answer } from './java-probe';
import { CLIENT_LIMIT, PlainOperation, oneShot } from './one-shot-client';
import { Mount } from './pod';

const FILES = join(__dirname, 'python');

/** What a client with librdkafka is configured with; the library renders such. */
export interface LibrdkafkaClientSettings {
  readonly settings: Record<string, string>;
  readonly secretFiles: Record<string, string>;
  readonly formEncoded: readonly string[];
}

/** The Python that has librdkafka, in a virtual environment of its own. */
export async function librdkafkaPython(): Promise<string> {
  const requirements = join(FILES, 'requirements.txt');
  const home = await cached(namedAfter('librdkafka', requirements), async (folder) => {
    await command('python3', ['-m', 'venv', folder]);
    const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
    const checked = ['--only-binary', ':all:', '--require-hashes', '--requirement', requirements];
    await command(join(folder, 'bin', 'python'), [...install, ...checked]);
  });
  return join(home, 'bin', 'python');
}

/**
 * Does something with a client of librdkafka that sees `mounts`.
 *
 * @param group the group that the client reads for
 */
export async function askLibrdkafka(
  mounts: readonly Mount[],
  { settings, secretFiles, formEncoded }: LibrdkafkaClientSettings,
  operation: PlainOperation,
  group: string,
): Promise<Answer> {
  const request = { settings, secretFiles, formEncoded, group, limit: CLIENT_LIMIT, ...operation };
  return oneShot(mounts, [await librdkafkaPython(), join(FILES, 'client.py')], request);
}
