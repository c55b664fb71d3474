import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { DevelopmentSecrets } from '../../lib';
import { TestState, valueOf } from '../support/state';
import { faultsOf, find } from '../support/synth';

let state: TestState;
beforeEach(() => (state = new TestState()));
afterEach(() => state.remove());

function database(secrets: DevelopmentSecrets): void {
  secrets.username('postgres', 'username', 'keycloak');
  secrets.password('postgres', 'password');
}

describe('development secrets', () => {
  test('are Secrets with passwords and the user names beside them', () => {
    const secret = find(state.synth(database), 'Secret', 'postgres');

    expect(secret).toMatchObject({ apiVersion: 'v1', kind: 'Secret', type: 'Opaque' });
    expect(secret.metadata.namespace).toBe('flink');
    expect(secret.metadata.labels).toEqual({ 'cdk8s-secure-kafka/development-only': 'true' });
    expect(Object.keys(secret.data).sort()).toEqual(['password', 'username']);
    expect(valueOf(secret, 'username')).toBe('keycloak');
    expect(valueOf(secret, 'password')).toMatch(/^[A-Za-z][A-Za-z0-9]{31}$/);
  });

  test('are references for whoever uses them', () => {
    const secrets = state.secrets();

    expect(secrets.password('postgres', 'password').toString()).toBe('flink/postgres:password');
    expect(secrets.username('postgres', 'username', 'keycloak').toString()).toBe('flink/postgres:username');
  });

  test('differ from each other, and between environments', () => {
    const build = (secrets: DevelopmentSecrets): void => {
      secrets.password('a', 'one');
      secrets.password('a', 'two');
    };
    const here = find(state.synth(build, 'here'), 'Secret');
    const there = find(state.synth(build, 'there'), 'Secret');

    expect(new Set([here.data.one, here.data.two, there.data.one, there.data.two]).size).toBe(4);
  });

  test('are the same in every synthesis', () => {
    expect(state.synth(database)).toEqual(state.synth(database));
  });

  test('have the length that is asked for, until they are made', () => {
    const ofLength = (length: number) => (secrets: DevelopmentSecrets) => void secrets.password('a', 'b', { length });

    expect(valueOf(find(state.synth(ofLength(64)), 'Secret'), 'b')).toHaveLength(64);
    expect(valueOf(find(state.synth(ofLength(16)), 'Secret'), 'b')).toHaveLength(64);
  });

  test('may be asked for twice', () => {
    const twice = (secrets: DevelopmentSecrets): void => {
      database(secrets);
      database(secrets);
    };

    expect(state.faults(twice)).toEqual([]);
    expect(state.synth(twice)).toHaveLength(1);
  });

  test('are written to a file of their own', () => {
    const app = Testing.app();
    database(state.secrets('test', app));
    app.synth();

    expect(readdirSync(app.outdir)).toEqual(['development-secrets.k8s.yaml']);
  });

  test('are kept below the working directory if nothing else is said', () => {
    const secrets = new DevelopmentSecrets(Testing.app(), { namespace: 'flink', environment: 'mtls' });

    expect(secrets._state.nameOf(['postgres', 'password'])).toBe(join('.secure-kafka', 'mtls', 'postgres', 'password'));
  });
});

describe('the state folder', () => {
  test('is for the owner only', () => {
    state.synth(database);

    expect(state.modes()).toEqual({
      '.': '700',
      test: '700',
      [join('test', 'postgres')]: '700',
      [join('test', 'postgres', 'password')]: '600',
    });
  });

  test('is not touched by constructors, nor by a synthesis that fails', () => {
    const app = Testing.app();
    database(state.secrets('test', app));
    expect(faultsOf(app)).toEqual([]);
    new Chart(app, 'broken').node.addValidation({ validate: () => ['is wrong'] });

    expect(() => app.synth()).toThrow('is wrong');
    expect(existsSync(state.directory)).toBe(false);
  });

  test('may be relative to the working directory', () => {
    const directory = relative(process.cwd(), state.directory);
    const secrets = new DevelopmentSecrets(Testing.app(), {
      namespace: 'flink',
      environment: 'test',
      stateDirectory: directory,
    });
    database(secrets);
    Testing.synth(secrets);

    expect(Object.keys(state.modes())).toContain(join('test', 'postgres', 'password'));
  });

  test('may hold a password that somebody put there with an editor', () => {
    state.put('test/postgres/password', 'by-hand_1.0\n');

    expect(valueOf(find(state.synth(database), 'Secret'), 'password')).toBe('by-hand_1.0');
  });
});

describe('a value of the state', () => {
  const PLANTED = 'Planted0Value1That2Nobody3Must4See';

  test('is in no other output', () => {
    state.put('test/postgres/password', PLANTED);
    const app = Testing.app();
    const password = state.secrets('test', app).password('postgres', 'password');
    const chart = new Chart(app, 'workload', { namespace: 'flink' });
    new ApiObject(chart, 'pod', {
      apiVersion: 'v1',
      kind: 'Pod',
      spec: { volumes: [{ name: 'a', secret: { secretName: password.secretName } }], key: password.toString() },
    });
    app.synth();

    const texts = readdirSync(app.outdir).map((file) => [file, readFileSync(join(app.outdir, file), 'utf8')]);
    const forms = [PLANTED, Buffer.from(PLANTED).toString('base64')];
    const files = texts.filter(([, text]) => forms.some((form) => text.includes(form))).map(([file]) => file);
    expect(texts).toHaveLength(2);
    expect(files).toEqual(['development-secrets.k8s.yaml']);
  });

  test('is in no message', () => {
    state.put('test/postgres/password', `${PLANTED} "`, 0o600);
    state.put('test/other/password', PLANTED, 0o644);
    const messages = state.faults((secrets) => {
      database(secrets);
      secrets.password('other', 'password', { length: 3 });
      secrets.username('other', 'password', `${PLANTED}\n`);
    });

    expect(messages).toHaveLength(4);
    expect(messages.join('\n')).not.toContain(PLANTED);
  });
});

const FAULTS: [id: string, build: (secrets: DevelopmentSecrets) => void, messages: string[]][] = [
  [
    'development-secret-name',
    (secrets) => {
      secrets.password('../Secret', 'a b');
      secrets.password('', 'password');
    },
    [
      "[development-secrets/Secrets/..--Secret] no Secret can be named '../Secret'; use lower-case letters, digits, dashes and dots; in keys also capitals and underscores (development-secret-name)",
      "[development-secrets/Secrets/..--Secret] development secret '../Secret' cannot have a key 'a b'; use lower-case letters, digits, dashes and dots; in keys also capitals and underscores (development-secret-name)",
      "[development-secrets/Secrets/Unnamed] no Secret can be named ''; use lower-case letters, digits, dashes and dots; in keys also capitals and underscores (development-secret-name)",
    ],
  ],
  [
    'development-secret-key',
    (secrets) => {
      secrets.password('a', 'b');
      secrets.username('a', 'b', 'c');
    },
    [
      "[development-secrets/Secrets/a] key 'b' of development secret 'a' is to hold two different things; ask for another key, or ask alike each time (development-secret-key)",
    ],
  ],
  [
    'development-password-length',
    (secrets) => {
      secrets.password('a', 'b', { length: 15 });
      secrets.password('a', 'c', { length: 20.5 });
    },
    ['b', 'c'].map(
      (key) =>
        `[development-secrets/Secrets/a] the length of '${key}' in development secret 'a' is out of range; leave length out: 32 characters (development-password-length)`,
    ),
  ],
  [
    'development-username',
    (secrets) => void secrets.username('a', 'b', 'c\n'),
    [
      "[development-secrets/Secrets/a] the user name under 'b' in development secret 'a' is empty or not printable; give a name without line ends and accents (development-username)",
    ],
  ],
];

test.each(FAULTS)('fails by %s', (_id, build, messages) => {
  expect(state.faults(build)).toEqual(messages);
});

test('fails by development-environment, and looks at nothing outside the state folder', () => {
  state.put('../password', 'outside', 0o644);

  expect(state.faults((secrets) => void secrets.password('password', 'password'), '..')).toEqual([
    "[development-secrets] no environment can be named '..'; use lower-case letters, digits and dashes: environment: 'mtls' (development-environment)",
  ]);
});

test('fails by namespace', () => {
  const app: App = Testing.app();
  new DevelopmentSecrets(app, { namespace: '', environment: 'test', stateDirectory: state.directory });

  expect(faultsOf(app)).toEqual([
    "[development-secrets] the chart has no namespace; give the chart one: new Chart(app, 'id', { namespace: 'flink' }) (namespace)",
  ]);
});

test('fails by development-state-mode', () => {
  state.put('test/postgres/password', 'secret', 0o640);

  expect(state.faults(database)).toEqual([
    `[development-secrets/Secrets/postgres] '${state.directory}/test/postgres/password' is open to others than its owner; run chmod 600 on it, or delete it if others may have read it (development-state-mode)`,
  ]);
});

test('fails by development-state-access', () => {
  mkdirSync(dirname(state.directory), { recursive: true });
  writeFileSync(state.directory, 'a file');

  expect(state.faults(database)).toEqual([
    `[development-secrets/Secrets/postgres] '${state.directory}/test/postgres/password' can be neither read nor made; give whoever synthesizes access to it, or name another stateDirectory (development-state-access)`,
  ]);
});

test.each(['', '\n', 'two\nlines', 'quo"te', 'dollar$'])('fails by development-state-content: %j', (content) => {
  state.put('test/postgres/password', content);

  expect(state.faults(database)).toEqual([
    `[development-secrets/Secrets/postgres] '${state.directory}/test/postgres/password' does not hold a password of letters, digits, dots, dashes and underscores; delete it, and the next synthesis makes a new one (development-state-content)`,
  ]);
});
