import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILL_STATEMENT } from '../../../lib/clients/singlestore/fill-statement';
import { fileMark, sqlJson, sqlString, withoutMarks } from '../../../lib/clients/singlestore/sql-text';
import { Random } from '../../support/random';
import { readString } from '../../support/singlestore/statement';

const NASTY = ['\\', "'", '"', '$', '{', '}', '${', '${$}', "\\'", '\\\\', '\\u0041', '&', '%', ';', '\n', '\t', '\r'];
const PLAIN = ['a', 'Z', '7', ' ', '`', '--', '/*', 'é', '😀', '\x02', '\x1f', '\x7f', '<', '>'];

let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'fill-'))));
afterAll(() => rmSync(folder, { recursive: true }));

function hostile(random: Random): string {
  return Array.from({ length: random.below(12) }, () => random.pick(random.below(3) ? NASTY : PLAIN)).join('');
}

function file(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

function fill(statement: string) {
  const program = file('fill.awk', FILL_STATEMENT);
  const args = ['-v', 'RS=\\001', '-f', program, file('statement.sql', statement)];
  return spawnSync('awk', args, { encoding: 'utf8', env: { PATH: process.env.PATH, LC_ALL: 'C' } });
}

test('secrets, settings and SQL of any make are what they were when the engine reads them', () => {
  const random = new Random(5);
  const values = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`v${i}`, hostile(random)]));
  const secrets = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`s${i}`, hostile(random)]));
  const files = Object.fromEntries(Object.entries(secrets).map(([name, content]) => [name, file(name, content)]));
  const query = hostile(random) + '${/etc/passwd} $${x}';

  const { stdout, status } = fill(`${withoutMarks(sqlString(query))} ${sqlJson(values, files)}`);
  expect(status).toBe(0);
  const first = readString(stdout, 0);
  const second = readString(stdout, first.end + 1);
  expect(first.text).toBe(query);
  expect(JSON.parse(second.text)).toEqual({ ...values, ...secrets });
  expect(stdout.slice(second.end)).toBe('');
});

test('an empty file is an empty value', () => {
  expect(fill(sqlJson({}, { password: file('empty', '') })).stdout).toBe(`'{"password": ""}'`);
});

test('fails if a file is missing, and writes nothing in its place', () => {
  const path = join(folder, 'missing');
  const { status, stderr } = fill(`SELECT '${fileMark(path)}'`);
  expect(status).not.toBe(0);
  expect(stderr.trim()).toBe(`${path} cannot be read`);
});
