import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, realpathSync, renameSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ServerProcess, ServerProcessProps } from '../servers/server-process';
import { CACHE } from './cache';

/** No threads for garbage: for programs that encrypt so much that it pays off to compile that well. */
export const BUSY_JVM = ['-XX:+UseSerialGC', '-Xshare:auto'];
/** Less time for compiling too: half the processor time on two cores. */
export const SMALL_JVM = ['-XX:TieredStopAtLevel=1', ...BUSY_JVM];

/** A Java virtual machine that takes this long to write its archive has more than that to do. */
const ARCHIVE_SECONDS = 60;

/**
 * The classes of a program as the Java virtual machine has them in memory, in a file: with it, a program needs two thirds
 * of the processor time to start. The first run of a program that ends well leaves the archive behind.
 */
export class ClassArchive {
  private readonly file: string;
  private readonly unfinished?: string;

  /**
   * @param name a name for the program
   * @param classPath where its classes come from
   * @param java the program that runs it
   */
  public constructor(name: string, classPath: string, java = 'java') {
    // Another build of Java cannot read it.
    const release = readFileSync(join(javaHome(java), 'release'), 'utf8');
    const hash = createHash('sha256').update(`${release}${classPath}`).digest('hex').slice(0, 12);
    this.file = join(CACHE, 'class-archives', `${name}-${hash}.jsa`);
    if (!existsSync(this.file)) this.unfinished = `${this.file}.${randomUUID()}`;
  }

  /** The options with which a program uses the archive, if there is one. */
  public get options(): string[] {
    return this.unfinished ? [] : [`-XX:SharedArchiveFile=${this.file}`, '-Xlog:disable'];
  }

  /** The options with which a program uses the archive, or makes it when it ends. */
  public get usingOrMaking(): string[] {
    if (!this.unfinished) return this.options;
    mkdirSync(dirname(this.file), { recursive: true });
    // It would name every class that it leaves out.
    return [`-XX:ArchiveClassesAtExit=${this.unfinished}`, '-Xlog:disable'];
  }

  /** How long a program needs to end, if it needs `seconds` without an archive. */
  public secondsToEnd(seconds: number): number {
    return this.unfinished ? ARCHIVE_SECONDS : seconds;
  }

  /** Puts the archive into its place, if a program that has ended made one. */
  public keep(): void {
    if (this.unfinished && existsSync(this.unfinished)) renameSync(this.unfinished, this.file);
  }
}

/** A Java program that runs until it is stopped, and that uses or makes an archive of its classes. */
export class JavaProcess extends ServerProcess {
  public constructor(
    props: ServerProcessProps,
    private readonly archive: ClassArchive,
  ) {
    super(props);
  }

  public override async stop(seconds = 15): Promise<void> {
    await super.stop(this.archive.secondsToEnd(seconds));
    this.archive.keep();
  }
}

function javaHome(java: string): string {
  const folders = java.includes('/') ? [''] : (process.env.PATH ?? '').split(delimiter);
  const program = folders.map((folder) => join(folder, java)).find((file) => existsSync(file));
  if (!program) throw new Error(`there is no ${java}`);
  return dirname(dirname(realpathSync(program)));
}
