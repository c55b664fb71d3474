import { spawnSync } from 'node:child_process';
import { newestJava } from './apicurio-server';
import { KERBEROS_PACKAGES, hasKerberos } from './kerberos-realm';

/** Something that the suite cannot do without, and how to get it. */
interface Requirement {
  readonly name: string;
  readonly isThere: () => boolean;
  readonly remedy: string;
}

const REQUIREMENTS: readonly Requirement[] = [
  {
    name: 'Linux',
    isThere: () => process.platform === 'linux',
    remedy: 'the suite uses namespaces of the Linux kernel',
  },
  {
    name: 'Java 17 or newer, with its compiler and keytool',
    isThere: () => runs('keytool', '-help') && Number(/javac (\d+)/.exec(output('javac', '-version'))?.[1]) >= 17,
    remedy: 'apt-get install openjdk-17-jdk-headless',
  },
  {
    name: 'Java 21 or newer',
    isThere: () => succeeds(newestJava),
    remedy: 'install a JDK 21 or newer below /usr/lib/jvm',
  },
  { name: 'Maven', isThere: () => runs('mvn', '--version'), remedy: 'apt-get install maven' },
  {
    name: 'Python 3.8 or newer with virtual environments',
    isThere: () => runs('python3', '-c', 'import ensurepip, venv, sys; sys.exit(sys.version_info < (3, 8))'),
    remedy: 'apt-get install python3-venv',
  },
  { name: 'unzip', isThere: () => runs('unzip', '-v'), remedy: 'apt-get install unzip' },
  { name: 'ip', isThere: () => runs('ip', '-V'), remedy: 'apt-get install iproute2' },
  {
    name: 'a server and clients of Kerberos',
    isThere: hasKerberos,
    remedy: `apt-get install ${KERBEROS_PACKAGES}`,
  },
  {
    name: 'namespaces for this user',
    isThere: () => runs(UNSHARE[0], ...UNSHARE.slice(1), 'true'),
    remedy: 'apt-get install util-linux, and allow user namespaces: sysctl kernel.unprivileged_userns_clone=1',
  },
];

/** The command that gives a process network, mounts and process ids of its own; all its children end with it. */
export const UNSHARE: readonly string[] = [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']),
  '--net',
  '--mount',
  '--pid',
  '--fork',
  '--kill-child',
  '--mount-proc',
];

/** What the machine lacks, one line each with the way to get it. */
export function lacking(): string[] {
  return REQUIREMENTS.filter(({ isThere }) => !isThere()).map(({ name, remedy }) => `${name}: ${remedy}`);
}

function runs(program: string, ...args: string[]): boolean {
  return spawnSync(program, args, { stdio: 'ignore' }).status === 0;
}

function output(program: string, ...args: string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return `${stdout ?? ''}${stderr ?? ''}`;
}

function succeeds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
