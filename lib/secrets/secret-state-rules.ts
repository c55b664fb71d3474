import { Rule } from '../validation/rule';
import { SecretState, StateFault } from './secret-state';

/** A file of the state that a construct uses. */
export interface KeptFile {
  readonly state: SecretState;
  readonly path: readonly string[];
  /** What the file holds, as it goes on after "does not hold". */
  readonly content: string;
  /** Whether a text is such a content. */
  readonly accepts: (text: string) => boolean;
}

/** A construct's files, asked for when it is checked: there may be more of them than at its beginning. */
export type KeptFiles = () => readonly KeptFile[];

// Texts name files and never quote from them.
export const SECRET_STATE_RULES: readonly Rule<KeptFiles>[] = [
  {
    id: 'development-state-mode',
    holds: 'Only their owner may read the files that development secrets are kept in.',
    remedy: 'run chmod 600 on it, or delete it if others may have read it',
    source: 'this project: the files hold passwords and private keys',
    faults: (files) =>
      withFault(files, StateFault.OPEN_TO_OTHERS).map((file) => `'${nameOf(file)}' is open to others than its owner`),
  },
  {
    id: 'development-state-access',
    holds: 'The folder that development secrets are kept in can be read and written.',
    remedy: 'give whoever synthesizes access to it, or name another stateDirectory',
    source: 'this project: secrets are made once and kept',
    faults: (files) =>
      withFault(files, StateFault.NO_ACCESS).map((file) => `'${nameOf(file)}' can be neither read nor made`),
  },
  {
    id: 'development-state-content',
    holds: 'The files that development secrets are kept in hold what was put there.',
    remedy: 'delete it, and the next synthesis makes a new one',
    source: 'this project: a damaged password or key would only show at run time',
    faults: (files) =>
      withFault(files, undefined)
        .filter(isDamaged)
        .map((file) => `'${nameOf(file)}' does not hold ${file.content}`),
  },
];

/** The files that have this fault. A path that leads out of the folder is somebody's bad name, and not looked at. */
function withFault(files: KeptFiles, fault: StateFault | undefined): KeptFile[] {
  return files().filter(({ state, path }) => state.contains(path) && state.faultOf(path) === fault);
}

function isDamaged({ state, path, accepts }: KeptFile): boolean {
  const text = state.read(path);
  return text !== undefined && !accepts(text);
}

function nameOf({ state, path }: KeptFile): string {
  return state.nameOf(path);
}
