import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OutputFolder } from '../../lib/synthesis/output-folder';

const root = fs.mkdtempSync(join(tmpdir(), 'secure-kafka-'));
const file = join(root, 'one', 'a.k8s.yaml');
const output = new OutputFolder(root);
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

/** Writes a file with `text` beside the place of environment `one`, and puts it there. */
function publish(text: string): void {
  output.stage(() => {
    fs.mkdirSync(output.stagingOf('one'), { recursive: true });
    fs.writeFileSync(join(output.stagingOf('one'), 'a.k8s.yaml'), text);
    output.publish('one');
  });
}

test('an environment that cannot be put into its place leaves the one before', () => {
  publish('old');
  const rename = fs.renameSync;
  const renameSync = jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
    if (from === output.stagingOf('one')) throw new Error('no space left');
    rename(from, to);
  });
  try {
    expect(() => publish('new')).toThrow('no space left');
  } finally {
    renameSync.mockRestore();
  }
  expect(fs.readFileSync(file, 'utf8')).toBe('old');
  expect(fs.readdirSync(root)).toEqual(['one']);
  publish('new');
  expect(fs.readFileSync(file, 'utf8')).toBe('new');
});

test('nobody else may look at what is not in its place yet', () => {
  output.stage(() => expect(fs.statSync(join(root, '.staging')).mode & 0o077).toBe(0));
  expect(fs.readdirSync(root)).toEqual(['one']);
});

test('a folder that is made is as open as any other', () => {
  const path = join(root, 'deep', 'down');
  fs.mkdirSync(join(root, 'other'));
  new OutputFolder(path).stage(() => undefined);
  expect(fs.statSync(path).mode).toBe(fs.statSync(join(root, 'other')).mode);
});
