import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** What keeps a file of the state from being used. */
export enum StateFault {
  /** The file or its folder cannot be read or made. */
  NO_ACCESS,
  /** Others than the owner may read or change the file. */
  OPEN_TO_OTHERS,
}

/**
 * A folder that keeps what is made once: passwords, keys, certificates. Each value is a file that only its owner reads.
 *
 * Checking writes nothing. What is written is complete or not there, even if the process dies.
 */
export class SecretState {
  private readonly root: string;

  /**
   * @param directory the folder, as the user names it; a relative one begins at the working directory
   */
  public constructor(private readonly directory: string) {
    this.root = resolve(directory);
  }

  /** The name of a file, as the user knows the folder. */
  public nameOf(path: readonly string[]): string {
    return join(this.directory, ...path);
  }

  /** Whether a path stays inside the folder. */
  public contains(path: readonly string[]): boolean {
    return path.every((part) => part !== '' && part !== '.' && part !== '..' && !/[/\\\0]/.test(part));
  }

  /** What keeps a value from being read, or from being made if it does not exist; nothing if all is well. */
  public faultOf(path: readonly string[]): StateFault | undefined {
    const file = this.fileOf(path);
    try {
      const { mode } = statSync(file);
      readFileSync(file);
      // Windows has no such modes: every file looks open to others.
      return process.platform !== 'win32' && (mode & 0o077) !== 0 ? StateFault.OPEN_TO_OTHERS : undefined;
    } catch (error) {
      return isMissing(error) && canMakeFilesBelow(dirname(file)) ? undefined : StateFault.NO_ACCESS;
    }
  }

  /** The value that is kept, if there is one. */
  public read(path: readonly string[]): string | undefined {
    try {
      return readFileSync(this.fileOf(path), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** The value that is kept; the first time, the one that `make` returns. */
  public keep(path: readonly string[], make: () => string): string {
    return this.read(path) ?? this.write(path, make());
  }

  /** Keeps a value in place of the one before. */
  public write(path: readonly string[], value: string): string {
    const file = this.fileOf(path);
    const unfinished = `${file}.${randomBytes(6).toString('hex')}`;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(unfinished, value, { flag: 'wx', mode: 0o600 });
      renameSync(unfinished, file);
    } finally {
      rmSync(unfinished, { force: true });
    }
    return value;
  }

  private fileOf(path: readonly string[]): string {
    return join(this.root, ...path);
  }
}

/** Whether folders and files can be made below `folder`, which may not exist yet. */
function canMakeFilesBelow(folder: string): boolean {
  try {
    if (!statSync(folder).isDirectory()) return false;
    accessSync(folder, constants.W_OK | constants.X_OK);
    return true;
  } catch (error) {
    return isMissing(error) && dirname(folder) !== folder && canMakeFilesBelow(dirname(folder));
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
