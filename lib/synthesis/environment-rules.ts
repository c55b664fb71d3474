import { Rule, faultIf } from '../validation/rule';

/** An environment before it is written. */
export interface PlannedEnvironment {
  readonly name: string;
  /** How many environments have this name. */
  readonly count: number;
  /** The folder that it is written to. */
  readonly folder: string;
  /** What keeps the folder from being replaced. */
  readonly obstacles: () => readonly string[];
}

const FOLDER_NAME = /^[a-z0-9][a-z0-9._-]*$/;

export const ENVIRONMENT_RULES: readonly Rule<PlannedEnvironment>[] = [
  {
    id: 'environment-name',
    holds: 'An environment has a name that is a plain name for a folder, on every file system.',
    remedy: "use lower-case letters, digits, dashes, dots and underscores: environments.environment('production')",
    source: 'this project: an environment is written to a folder of its name; some file systems do not tell A from a',
    faults: ({ name }) => faultIf(!isFolderName(name), `no environment can be named '${name}'`),
  },
  {
    id: 'environment-twice',
    holds: 'No two environments have the same name.',
    remedy: 'make one app for each name, and pass it on',
    source: 'this project: the second would replace the first',
    faults: ({ name, count }) => faultIf(count > 1, `${count} environments are named '${name}'`),
  },
  {
    id: 'environment-folder',
    holds:
      'The folder of an environment holds nothing but manifests of earlier runs, because it is replaced as a whole.',
    remedy: 'move it elsewhere, or give another outputDirectory',
    source: 'this project: nothing is deleted that it did not write',
    faults: ({ name, folder, obstacles }) =>
      // With any other name, the folder is not one of ours.
      isFolderName(name) ? obstacles().map((obstacle) => `${folder} ${obstacle}`) : [],
  },
];

function isFolderName(name: string): boolean {
  return FOLDER_NAME.test(name);
}
