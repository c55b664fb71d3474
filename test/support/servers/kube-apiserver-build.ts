import { ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { cacheFolder } from './cache';
import { endWithThis } from './child-processes';
import { timed } from './progress';

/** A program that is the API server, with its exact dependencies and their checksums. */
export const MODULE = join(__dirname, 'kube-apiserver');
const SOURCES = ['go.mod', 'go.sum', 'main.go'].map((file) => readFileSync(join(MODULE, file), 'utf8'));
const VERSION = /k8s\.io\/kubernetes v([\d.]+)/.exec(SOURCES[0])?.[1] ?? '';

/** Where the API server is kept once it is built. */
export function kubeApiServerProgram(): string {
  const fingerprint = createHash('sha256').update(SOURCES.join('\0')).digest('hex').slice(0, 12);
  return join(cacheFolder('kube-apiserver'), `${VERSION}-${fingerprint}-${platform()}-${arch()}`, 'kube-apiserver');
}

/** The API server: from the cache, or built from its Go module, which takes minutes. */
export async function builtKubeApiServer(): Promise<string> {
  const program = kubeApiServerProgram();
  if (!existsSync(program)) {
    await timed(`building kube-apiserver ${VERSION}, once`, () => build(program));
  }
  return program;
}

async function build(program: string): Promise<void> {
  mkdirSync(dirname(program), { recursive: true });
  // Another run may build it as well: whoever is ready puts it there as a whole.
  const unfinished = `${program}.${process.pid}`;
  const [major, minor] = VERSION.split('.');
  const facts = { gitVersion: `v${VERSION}`, gitMajor: major, gitMinor: minor, gitTreeState: 'clean' };
  const stamps = Object.entries(facts).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  const args = [
    'build',
    '-mod=readonly',
    '-buildvcs=false',
    '-trimpath',
    '-ldflags',
    ['-s', '-w', ...stamps].join(' '),
  ];
  // Without cgo, it needs no C compiler and no shared library.
  const env = { ...process.env, CGO_ENABLED: '0' };
  const go = spawn('nice', ['go', ...args, '-o', unfinished, '.'], { cwd: MODULE, env, stdio: ['ignore', 2, 2] });
  endWithThis(go);
  try {
    const code = await exitOf(go);
    if (code !== 0) throw new Error(`kube-apiserver could not be built: go ended with ${code}`);
    renameSync(unfinished, program);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function exitOf(child: ChildProcess): Promise<number | string> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal ?? ''));
  });
}
