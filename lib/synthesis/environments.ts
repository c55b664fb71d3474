import { App, YamlOutputType } from 'cdk8s';
import { messagesOf } from '../validation/rule';
import { asVerified } from '../validation/verified';
import { ENVIRONMENT_RULES } from './environment-rules';
import { OutputFolder } from './output-folder';
import { SynthesisError } from './synthesis-error';

/** Where environments are written. */
export interface EnvironmentsProps {
  /**
   * The folder that each environment gets a folder of its own in.
   *
   * @default - what `cdk8s synth` asks for (`CDK8S_OUTDIR`), or else `dist`
   */
  readonly outputDirectory?: string;
}

interface Environment {
  readonly name: string;
  readonly app: App;
}

/**
 * The environments that one run writes: `dist/<environment>/<chart>.k8s.yaml`.
 *
 * All of them are checked before anything is written, and their faults reported together. An app ends like this:
 *
 *     environments.synth();
 *
 * If there are faults, that throws, and the app exits with a code other than 0. To print the list of faults and
 * nothing else, catch the error, print its message, and set `process.exitCode`.
 */
export class Environments {
  /** The folder that the environments are written to. */
  public readonly outputDirectory: string;

  private readonly output: OutputFolder;
  private readonly environments: Environment[] = [];

  /**
   * @param props where the environments are written
   */
  public constructor(props: EnvironmentsProps = {}) {
    this.outputDirectory = props.outputDirectory ?? process.env.CDK8S_OUTDIR ?? 'dist';
    this.output = new OutputFolder(this.outputDirectory);
  }

  /**
   * Adds an environment. Its charts become files of a folder of its own, once `synth()` of this object is called: the
   * app's own `synth()` would write to a folder in between.
   *
   * @param name the environment's name, and that of its folder
   */
  public environment(name: string): App {
    const app = new App({ outdir: this.output.stagingOf(name), yamlOutputType: YamlOutputType.FILE_PER_CHART });
    this.environments.push({ name, app });
    return app;
  }

  /**
   * Checks all environments, and writes them if there is no fault in any.
   *
   * The folder of each environment is replaced as a whole; others are left as they are.
   */
  public synth(): void {
    const sorted = [...this.environments].sort((a, b) => compare(a.name, b.name));
    report(sorted.flatMap((environment) => this.faultsOf(environment)));
    this.output.stage(() => {
      report(sorted.flatMap(render));
      for (const { name } of sorted) this.output.publish(name);
    });
  }

  private faultsOf({ name, app }: Environment): string[] {
    const own = messagesOf(ENVIRONMENT_RULES, {
      name,
      count: this.environments.filter((other) => other.name === name).length,
      folder: this.output.folderOf(name),
      obstacles: () => this.output.obstaclesTo(name),
    });
    const all = [
      ...own.map((message) => ({ path: '', message })),
      ...app.node.findAll().flatMap(({ node }) => node.validate().map((message) => ({ path: node.path, message }))),
    ];
    return all
      .sort((a, b) => compare(a.path, b.path))
      .map(({ path, message }) => `[${path === '' ? name : `${name}/${path}`}] ${message}`);
  }
}

/** Throws all faults at once, each of them once. */
function report(faults: readonly string[]): void {
  if (faults.length > 0) throw new SynthesisError([...new Set(faults)]);
}

/** Writes an environment beside its place; returns what kept it from being rendered. */
function render({ name, app }: Environment): string[] {
  try {
    asVerified(app, () => app.synth());
    return [];
  } catch (error) {
    return [`[${name}] ${error instanceof Error ? error.message : String(error)}`];
  }
}

/** Compares by code units, which is the same on every machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
