import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environments } from '../../lib';
import { ENVIRONMENT_RULES } from '../../lib/synthesis/environment-rules';

const out = mkdtempSync(join(tmpdir(), 'secure-kafka-'));
afterAll(() => rmSync(out, { recursive: true, force: true }));

mkdirSync(join(out, 'docs'));
writeFileSync(join(out, 'docs', 'notes.txt'), 'mine');
writeFileSync(join(out, 'docs', 'old.k8s.yaml'), '');
writeFileSync(join(out, 'file'), '');

const NAME =
  "use lower-case letters, digits, dashes, dots and underscores: environments.environment('production') (environment-name)";
const FOLDER = 'move it elsewhere, or give another outputDirectory (environment-folder)';

/** The names of environments, and what is wrong with them. */
const CASES: Record<string, [names: string[], faults: string[]]> = {
  'environment-name': [
    ['../escaped', '', 'a/b', '.hidden', 'Production'],
    [
      `[] no environment can be named ''; ${NAME}`,
      `[../escaped] no environment can be named '../escaped'; ${NAME}`,
      `[.hidden] no environment can be named '.hidden'; ${NAME}`,
      `[Production] no environment can be named 'Production'; ${NAME}`,
      `[a/b] no environment can be named 'a/b'; ${NAME}`,
    ],
  ],
  'environment-twice': [
    ['mtls', 'mtls', 'tls'],
    ["[mtls] 2 environments are named 'mtls'; make one app for each name, and pass it on (environment-twice)"],
  ],
  'environment-folder': [
    ['docs', 'file', 'new'],
    [
      `[docs] ${join(out, 'docs')} holds notes.txt, which is no manifest; ${FOLDER}`,
      `[file] ${join(out, 'file')} is no folder; ${FOLDER}`,
    ],
  ],
};

test.each(Object.entries(CASES))('fails by %s', (_, [names, faults]) => {
  const environments = new Environments({ outputDirectory: out });
  for (const name of names) environments.environment(name);
  const list = faults.map((fault, index) => `\n  ${index + 1}. ${fault}`).join('');
  const headline = faults.length === 1 ? 'One fault was' : `${faults.length} faults were`;
  expect(() => environments.synth()).toThrow(new Error(`${headline} found, and nothing was written:${list}`));
});

test('every rule about environments has a case', () => {
  expect(Object.keys(CASES)).toEqual(ENVIRONMENT_RULES.map(({ id }) => id));
});

test('plain names are fine', () => {
  const environments = new Environments({ outputDirectory: join(out, 'all') });
  for (const name of ['mtls', 'eu-west.1', 'a_b', '0']) environments.environment(name);
  expect(() => environments.synth()).not.toThrow();
});
