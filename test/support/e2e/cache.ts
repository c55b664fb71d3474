import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Where what was downloaded and built stays between runs. */
export const CACHE = process.env.SECURE_KAFKA_CACHE ?? join(homedir(), '.cache', 'cdk8s-secure-kafka');

const run = promisify(execFile);

/** A folder of the cache, which `fill` fills the first time; a folder that is there is complete. */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const unfinished = mkdtempSync(`${folder}.`);
  try {
    await fill(unfinished);
    renameSync(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** The name of a thing that is made of files: it changes when they do. */
export function namedAfter(name: string, ...files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file));
  return `${name}-${hash.digest('hex').slice(0, 12)}`;
}

/** Copies what a project file depends on into a folder; Maven compares each file with the registry's checksum. */
export async function copyDependencies(project: string, folder: string): Promise<void> {
  await command('mvn', [
    '--quiet',
    '--batch-mode',
    '--strict-checksums',
    `--file=${project}`,
    'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
    '-DincludeScope=runtime',
    `-DoutputDirectory=${folder}`,
  ]);
}

/** A jar of compiled sources: class archives take no folders. */
export async function cachedJar(name: string, classPath: string, sources: readonly string[]): Promise<string> {
  const folder = await cached(namedAfter(`${name}-jar`, ...sources), async (unfinished) => {
    const classes = join(unfinished, 'classes');
    await command('javac', ['--release', '17', '-d', classes, '-cp', classPath, ...sources]);
    await command('jar', ['--create', '--file', join(unfinished, `${name}.jar`), '-C', classes, '.']);
    rmSync(classes, { recursive: true });
  });
  return join(folder, `${name}.jar`);
}

/** Runs a program to its end; an error holds the beginning of what it printed. */
export async function command(program: string, args: readonly string[], env?: Record<string, string>): Promise<string> {
  try {
    const options = { maxBuffer: 64 * 1024 * 1024, env: { ...process.env, ...env } };
    return (await run(program, [...args], options)).stdout;
  } catch (failure) {
    const { stdout = '', stderr = '', message } = failure as { stdout?: string; stderr?: string; message: string };
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '');
    throw new Error(
      [`${program} ${args.join(' ')} failed`, ...(lines.length > 0 ? lines.slice(0, 20) : [message])].join('\n'),
    );
  }
}
