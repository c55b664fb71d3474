import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Manifest } from '../synth';

/** The folder with one folder of manifests for each scenario: what `npm run synth` writes. */
export const MANIFESTS = process.env.E2E_MANIFESTS ?? join(__dirname, '..', '..', '..', 'dist');

/** The manifests of one scenario, as they were written to files. */
export class ManifestSet {
  /** The manifests in `<folder>/<scenario>`, in the order of the files. */
  public static read(scenario: string, folder: string = MANIFESTS): ManifestSet {
    const path = join(folder, scenario);
    const files = readdirSync(path)
      .filter((file) => file.endsWith('.k8s.yaml'))
      .sort();
    return new ManifestSet(
      files.flatMap((file) =>
        parseAllDocuments(readFileSync(join(path, file), 'utf8')).map((document) => document.toJS() as Manifest),
      ),
    );
  }

  public constructor(public readonly manifests: readonly Manifest[]) {}

  /** All objects of a kind. */
  public all(kind: string): Manifest[] {
    return this.manifests.filter((manifest) => manifest.kind === kind);
  }

  /** The one object of a kind, and of a name where there are several. */
  public one(kind: string, name?: string): Manifest {
    const found = this.all(kind).filter((manifest) => name === undefined || manifest.metadata.name === name);
    if (found.length !== 1) {
      throw new Error(
        `expected one ${kind} ${name ?? ''}, got ${found.map(({ metadata }) => metadata.name).join(', ') || 'none'}`,
      );
    }
    return found[0];
  }

  /** The Deployment that has a container of a name. */
  public deploymentWith(container: string): Manifest {
    const found = this.all('Deployment').filter(({ spec }) =>
      spec.template.spec.containers.some(({ name }: { name: string }) => name === container),
    );
    if (found.length !== 1) throw new Error(`${found.length} Deployments have a container ${container}, and not one`);
    return found[0];
  }
}
