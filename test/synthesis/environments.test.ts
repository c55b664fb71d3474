import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart, Lazy, YamlOutputType } from 'cdk8s';
import { DevelopmentSecrets, Environments, KafkaTopic } from '../../lib';
import { SynthesisError } from '../../lib/synthesis/synthesis-error';
import { enforce } from '../../lib/validation/rule';
import { cluster } from '../support/worlds';

const root = mkdtempSync(join(tmpdir(), 'secure-kafka-'));
let out: string;
beforeEach(() => (out = mkdtempSync(join(root, 'out-'))));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type Build = (app: App) => void;

/** Writes environments, each filled by a function. */
function write(environments: Record<string, Build>): void {
  const all = new Environments({ outputDirectory: out });
  for (const [name, build] of Object.entries(environments)) build(all.environment(name));
  all.synth();
}

/** The message that keeps environments from being written. */
function failure(environments: Record<string, Build>): string {
  try {
    write(environments);
  } catch (error) {
    expect(error).toBeInstanceOf(SynthesisError);
    return (error as SynthesisError).message;
  }
  throw new Error('nothing failed');
}

/** Every file below the output folder, with its content. */
function files(): Record<string, string> {
  const paths = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) =>
    statSync(join(out, path)).isFile(),
  );
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(out, path), 'utf8')]));
}

/** A chart with one object that says `text`. */
const says =
  (text: unknown, id = 'chart'): Build =>
  (app) => {
    const chart = new Chart(app, id, { namespace: 'flink' });
    new ApiObject(chart, 'object', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { text } });
  };

const kafka: Build = (app) => {
  const chart = new Chart(app, 'kafka', { namespace: 'flink' });
  new KafkaTopic(chart, 'sales', { cluster: cluster(chart) });
};

const broken: Build = (app) => {
  const chart = new Chart(app, 'kafka', { namespace: 'flink' });
  const made = cluster(chart);
  new KafkaTopic(chart, 'sales', { cluster: made, partitions: 0 });
  new KafkaTopic(chart, 'again', { cluster: made, topicName: 'sales' });
};

const throws = says(
  Lazy.any({
    produce: () => {
      throw new Error('the text is not ready');
    },
  }),
);

test('each environment has a folder, with the files that cdk8s makes of its charts', () => {
  write({ one: kafka, two: says('hello') });
  const app = new App({ outdir: join(root, 'plain'), yamlOutputType: YamlOutputType.FILE_PER_CHART });
  kafka(app);
  app.synth();
  expect(Object.keys(files())).toEqual(['one/kafka.k8s.yaml', 'two/chart.k8s.yaml']);
  expect(files()['one/kafka.k8s.yaml']).toBe(readFileSync(join(root, 'plain', 'kafka.k8s.yaml'), 'utf8'));
});

test('a second run writes the same bytes', () => {
  write({ one: kafka, two: says('hello') });
  const first = files();
  write({ two: says('hello'), one: kafka });
  expect(files()).toEqual(first);
});

test('files of an earlier run go, other environments and files stay', () => {
  write({ one: says('old', 'dropped'), two: says('kept') });
  writeFileSync(join(out, 'notes.txt'), 'mine');
  write({ one: says('new') });
  expect(Object.keys(files())).toEqual(['notes.txt', 'one/chart.k8s.yaml', 'two/chart.k8s.yaml']);
  expect(files()['one/chart.k8s.yaml']).toContain('text: new');
});

test('fails with all faults of all environments, sorted, each once', () => {
  const partitions =
    "topic 'sales' cannot have 0 partitions; change partitions or replicas, or leave them out (topic-partitions)";
  const duplicate =
    "the KafkaTopic 'flink/sales' is also made by kafka/sales; give one of them another name, by its id or by the property that names it: resourceName, userName, clusterName (duplicate-object)";
  expect(failure({ two: broken, one: broken, right: kafka })).toBe(
    [
      '4 faults were found, and nothing was written:',
      `  1. [one/kafka/again] ${duplicate}`,
      `  2. [one/kafka/sales] ${partitions}`,
      `  3. [two/kafka/again] ${duplicate}`,
      `  4. [two/kafka/sales] ${partitions}`,
    ].join('\n'),
  );
});

test('a message that several rules of a construct give is shown once', () => {
  const build: Build = (app) => {
    const chart = new Chart(app, 'chart');
    for (let i = 0; i < 2; i++) chart.node.addValidation({ validate: () => ['this is wrong'] });
  };
  expect(failure({ one: build })).toBe('One fault was found, and nothing was written:\n  1. [one/chart] this is wrong');
});

test('fails without writing anything, and leaves what is there', () => {
  write({ one: says('old') });
  const before = files();
  failure({ one: says('new'), two: broken });
  expect(files()).toEqual(before);
  expect(readdirSync(out)).toEqual(['one']);
});

test('fails without writing anything if an object cannot be rendered', () => {
  write({ one: says('old') });
  const before = files();
  const message = failure({ one: says('new'), three: throws, two: throws });
  expect(message.split('\n')[0]).toBe('2 faults were found, and nothing was written:');
  expect(message).toMatch(/^ {2}1\. \[three\] Failed serializing .* 'chart\/object' .* the text is not ready$/m);
  expect(files()).toEqual(before);
  expect(readdirSync(out)).toEqual(['one']);
});

test('the error has no stack', () => {
  expect(new SynthesisError(['a', 'b']).stack).toBe('2 faults were found, and nothing was written:\n  1. a\n  2. b');
  expect(new SynthesisError(['a']).name).toBe('SynthesisError');
});

test('what an interrupted run has left is cleared away', () => {
  mkdirSync(join(out, '.staging', 'new', 'one'), { recursive: true });
  writeFileSync(join(out, '.staging', 'new', 'one', 'half.k8s.yaml'), 'half');
  write({ one: says('new') });
  expect(readdirSync(out)).toEqual(['one']);
  expect(Object.keys(files())).toEqual(['one/chart.k8s.yaml']);
});

test('the folder is made, and is that of cdk8s synth if none is given', () => {
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = join(out, 'deep', 'down');
  try {
    const environments = new Environments();
    says('hello')(environments.environment('one'));
    environments.synth();
    expect(environments.outputDirectory).toBe(join(out, 'deep', 'down'));
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
  }
  expect(existsSync(join(out, 'deep', 'down', 'one', 'chart.k8s.yaml'))).toBe(true);
});

test('only the owner may read a file with secret values', () => {
  write({
    one: (app) => {
      const props = { namespace: 'flink', environment: 'one', stateDirectory: join(out, 'state') };
      new DevelopmentSecrets(app, props).password('login', 'password');
      kafka(app);
    },
  });
  const mode = (file: string) => statSync(join(out, 'one', file)).mode & 0o777;
  expect(mode('development-secrets.k8s.yaml')).toBe(0o600);
  expect(mode('kafka.k8s.yaml') & 0o044).not.toBe(0);
});

test('each rule is asked once, however many charts there are', () => {
  let asked = 0;
  const faults = () => {
    asked++;
    return [];
  };
  const text = { id: 'counted', holds: '', remedy: '', source: '' };
  write({
    one: (app) => {
      says('a', 'a')(app);
      new Chart(app, 'b');
      enforce(new Chart(app, 'c'), [{ ...text, faults }], undefined);
    },
  });
  expect(asked).toBe(1);
});
