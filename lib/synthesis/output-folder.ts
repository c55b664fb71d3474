import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What cdk8s writes into the folder of an app. */
const WRITTEN = /\.k8s\.yaml$|^construct-metadata\.json$/;
const HOLDS_SECRETS = /^kind: Secret$/m;

/**
 * The folder that environments are written to, each to a folder of its own.
 *
 * They are written beside their places first, and then put there: whoever reads the folder sees an environment as it
 * was before or as it is now, never a half of it.
 */
export class OutputFolder {
  private readonly staging: string;

  public constructor(private readonly path: string) {
    this.staging = join(path, '.staging');
  }

  /** The folder of an environment. */
  public folderOf(name: string): string {
    return join(this.path, name);
  }

  /** Where an environment is written before it is put into its place. */
  public stagingOf(name: string): string {
    return join(this.staging, 'new', name);
  }

  /** What keeps the folder of an environment from being replaced: that it is not ours alone. */
  public obstaclesTo(name: string): string[] {
    const folder = this.folderOf(name);
    if (!existsSync(folder)) return [];
    if (!statSync(folder).isDirectory()) return ['is no folder'];
    return readdirSync(folder)
      .filter((file) => !WRITTEN.test(file))
      .sort()
      .map((file) => `holds ${file}, which is no manifest`);
  }

  /** Does `work`, which writes environments beside their places, and leaves nothing there. */
  public stage(work: () => void): void {
    this.clear();
    mkdirSync(this.path, { recursive: true });
    // Secrets are among what is written, and nobody else may look before they are put into their place.
    mkdirSync(this.staging, { mode: 0o700 });
    try {
      work();
    } finally {
      this.clear();
    }
  }

  /** Puts an environment into its place, instead of what an earlier run has left there. */
  public publish(name: string): void {
    const [written, place, replaced] = [this.stagingOf(name), this.folderOf(name), join(this.staging, 'old', name)];
    protectSecrets(written);
    mkdirSync(join(this.staging, 'old'), { recursive: true });
    const replaces = existsSync(place);
    if (replaces) renameSync(place, replaced);
    try {
      renameSync(written, place);
    } catch (error) {
      if (replaces) renameSync(replaced, place);
      throw error;
    }
  }

  private clear(): void {
    rmSync(this.staging, { recursive: true, force: true });
  }
}

/** Lets nobody but the owner read manifests with secret values. */
function protectSecrets(folder: string): void {
  for (const file of readdirSync(folder).map((name) => join(folder, name))) {
    if (HOLDS_SECRETS.test(readFileSync(file, 'utf8'))) chmodSync(file, 0o600);
  }
}
