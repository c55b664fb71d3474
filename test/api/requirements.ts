import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATORS } from '../../tools/schema/custom-resources';
import { Etcd } from '../support/servers/etcd';
import { MODULE, kubeApiServerProgram } from '../support/servers/kube-apiserver-build';
import { Requirement, isOnPath } from '../support/servers/requirements';

/** The folders with the definitions of the operators' resources. */
export function definitionFolders(): string[] {
  return OPERATORS.map((operator) => join(process.env.CRD_DIR ?? '', operator));
}

/** What the machine must have to run an API server with the operators' resources. */
export const REQUIREMENTS: readonly Requirement[] = [
  {
    name: 'etcd',
    howToGet: 'apt-get install etcd-server, or any etcd from 3.4 on the path',
    isThere: () => isOnPath(Etcd.PROGRAM),
  },
  {
    name: 'Go 1.25',
    howToGet: 'a newer one will do as well; from https://go.dev/dl, it builds the API server once',
    isThere: () => existsSync(kubeApiServerProgram()) || readsModule(),
  },
  {
    name: 'CRD_DIR',
    howToGet: `set it to a folder that holds ${OPERATORS.join(', ')}: folders of CustomResourceDefinitions`,
    isThere: () => Boolean(process.env.CRD_DIR) && definitionFolders().every((folder) => existsSync(folder)),
  },
];

/** Whether there is a Go that is new enough for the module. */
function readsModule(): boolean {
  try {
    execFileSync('go', ['list', '-m'], { cwd: MODULE, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
