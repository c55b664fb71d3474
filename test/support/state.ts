import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { App, Testing } from 'cdk8s';
import { DevelopmentSecrets } from '../../lib';
import { Manifest, faultsOf } from './synth';

/** A folder for development secrets that is gone after the test. */
export class TestState {
  public readonly directory = join(mkdtempSync(join(tmpdir(), 'secure-kafka-')), 'state');

  /** The objects of the chart of development secrets that `build` fills. */
  public synth(build: (secrets: DevelopmentSecrets) => void, environment = 'test'): Manifest[] {
    const secrets = this.secrets(environment);
    build(secrets);
    return Testing.synth(secrets) as Manifest[];
  }

  /** The faults of the chart of development secrets that `build` fills. */
  public faults(build: (secrets: DevelopmentSecrets) => void, environment = 'test'): string[] {
    const secrets = this.secrets(environment);
    build(secrets);
    return faultsOf(App.of(secrets));
  }

  /** An empty chart of development secrets. */
  public secrets(environment = 'test', app = Testing.app()): DevelopmentSecrets {
    return new DevelopmentSecrets(app, { namespace: 'flink', environment, stateDirectory: this.directory });
  }

  /** Puts a file into the folder. */
  public put(path: string, content: string, mode = 0o600): void {
    const file = join(this.directory, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    chmodSync(file, mode);
  }

  /** The files and folders in the folder, each with its mode. */
  public modes(): Record<string, string> {
    const entries = readdirSync(this.directory, { recursive: true }).map(String).sort();
    return Object.fromEntries(
      ['.', ...entries].map((path) => [path, (statSync(join(this.directory, path)).mode & 0o777).toString(8)]),
    );
  }

  public remove(): void {
    rmSync(dirname(this.directory), { recursive: true, force: true });
  }
}

/** What stands under a key of a Secret. */
export function valueOf(secret: Manifest, key: string): string {
  return Buffer.from(secret.data[key], 'base64').toString();
}
