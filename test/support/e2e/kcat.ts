import { spawnSync } from 'node:child_process';
import { PlainOperation } from './one-shot-client';
import { Answer, Settings } from './java-probe';
import { Mount, inMounts } from './pod';

const SECONDS = 20;

/** Does something with a client of Debian's librdkafka, which knows GSSAPI: that of Python's packages does not. */
export function askKcat(
  settings: Settings,
  operation: PlainOperation,
  env: Record<string, string>,
  mounts: readonly Mount[] = [],
): Answer {
  const options = Object.entries(settings).flatMap(([name, value]) => ['-X', `${name}=${value}`]);
  const mode = operation.operation === 'produce' ? ['-P'] : ['-C', '-e', '-q', '-o', 'beginning'];
  const input = operation.operation === 'produce' ? operation.values.join('\n') : '';
  const kcat = ['kcat', ...mode, '-t', operation.topic, '-X', 'message.timeout.ms=8000', ...options];
  const [program, ...args] = inMounts(mounts, ['timeout', String(SECONDS), ...kcat]);
  const { status, stdout, stderr } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
  });
  if (status !== 0) return { errors: stderr.trim().split('\n') };
  return { records: stdout.split('\n').filter((line) => line !== ''), errors: [] };
}
