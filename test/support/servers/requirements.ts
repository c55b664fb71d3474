import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Something that a suite needs on the machine. */
export interface Requirement {
  readonly name: string;
  readonly howToGet: string;
  /** Says whether it is there. */
  readonly isThere: () => boolean;
}

/** What is missing, and how to get it; one line each. */
export function missingOf(requirements: readonly Requirement[]): string[] {
  return requirements
    .filter(({ isThere }) => !isThere())
    .map(({ name, howToGet }) => `${name} is missing: ${howToGet}`);
}

/** Whether there is a program of a name on the path. */
export function isOnPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
