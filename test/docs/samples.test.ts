import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { PACKAGE, runSample } from '../support/run-sample';
import { Sample, samplesIn, samplesOf } from '../support/samples';

const ROOT = resolve(__dirname, '../..');

/** Messages of the compiler about samples, by the line of the page. */
function typeFaults(samples: readonly Sample[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const checked = { ...options, noEmit: true, noUnusedLocals: false, declaration: false, rootDir: undefined };
  const host = ts.createCompilerHost(checked);
  const files = new Map(
    samples.map(({ place, code }) => [join(ROOT, `${place.replaceAll(/[/:]/g, '-')}.ts`), { place, code }]),
  );
  const onDisk = { ...host };
  host.readFile = (file) => files.get(file)?.code ?? onDisk.readFile(file);
  host.fileExists = (file) => files.has(file) || onDisk.fileExists(file);
  host.getSourceFile = (file, version, ...rest) => {
    const sample = files.get(file);
    return sample ? ts.createSourceFile(file, sample.code, version) : onDisk.getSourceFile(file, version, ...rest);
  };
  const program = ts.createProgram([...files.keys()], { ...checked, paths: { [PACKAGE]: [join(ROOT, 'lib')] } }, host);
  return [...files].flatMap(([file, { place }]) => {
    const source = program.getSourceFile(file);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ start = 0, messageText }) =>
        `${place.split(':')[0]}:${(source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1}: ` +
        ts.flattenDiagnosticMessageText(messageText, ' '),
    );
  });
}

/** The manifests that a sample writes when it runs, in a folder and a process of its own. */
async function manifestsOf(sample: Sample): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    const manifests = await runSample(sample, folder);
    return readdirSync(manifests, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const page = (...blocks: string[]) => blocks.map((block) => `text\n\`\`\`ts\n${block}\n\`\`\`\n`).join('');

const samples = samplesOf(ROOT);
const apps = samples.filter(({ code }) => code.includes('.synth()'));

/** One compilation, with a sample that is wrong on purpose: reading the types of all packages takes most of the time. */
const WRONG = samplesIn('wrong.md', page(`import { AclResource } from '${PACKAGE}';\n\nAclResource.topic(1);`));
let faults: string[];
beforeAll(() => {
  faults = typeFaults([...samples, ...WRONG]);
});

describe('the samples in README and docs', () => {
  test('are there', () => {
    expect(apps.length).toBeGreaterThan(0);
  });

  test('have no type errors', () => {
    expect(faults.filter((fault) => !fault.startsWith('wrong.md'))).toEqual([]);
  });

  test.each(apps.map((sample) => [sample.place, sample] as const))('%s writes manifests', async (_, sample) => {
    expect((await manifestsOf(sample)).length).toBeGreaterThan(0);
  });
});

describe('the check of samples', () => {
  test('joins a program that is shown in pieces, and keeps its lines', () => {
    const text = page("import a from 'a';\na();", 'a(2);', "import b from 'b';");
    expect(samplesIn('a.md', text)).toEqual([
      { place: 'a.md:3', code: "\n\nimport a from 'a';\na();\n\n\n\na(2);" },
      { place: 'a.md:12', code: `${'\n'.repeat(11)}import b from 'b';` },
    ]);
  });

  test('fails on a type error, at its line', () => {
    expect(faults.filter((fault) => fault.startsWith('wrong.md'))).toEqual([
      "wrong.md:5: Argument of type 'number' is not assignable to parameter of type 'string'.",
    ]);
  });

  test('fails on a sample that asks not to be checked', () => {
    expect(() => samplesIn('a.md', '```ts ignore\nlet;\n```')).toThrow('a.md:1: write ```ts and nothing after it');
  });

  test('fails on a sample that cannot run', async () => {
    await expect(manifestsOf({ place: 'a.md:1', code: "throw new Error('stop');" })).rejects.toThrow('stop');
  });
});
