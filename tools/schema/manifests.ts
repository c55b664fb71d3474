import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { customResourceValidators } from './custom-resources';
import { KubernetesObject, Validator, kindOf } from './findings';
import { kubernetesValidator } from './kubernetes-objects';

/** Kinds that are written for operators of the user's choice, whose definitions are not at hand. */
export const UNCHECKED_GROUPS = ['external-secrets.io/'];

/** What the check of the manifests in a folder found. */
export interface SchemaReport {
  /** How many objects of each kind were checked. */
  readonly checked: Map<string, number>;
  /** How many objects of each kind have no schema here and are known not to. */
  readonly unchecked: Map<string, number>;
  /** What is wrong, by object. */
  readonly faults: string[];
  /** How many objects or files have something wrong. */
  readonly faulty: number;
}

/** Checks objects against the schemas of Kubernetes and of the operators. */
export class SchemaCheck {
  private readonly customResources: Map<string, Validator>;

  /**
   * @param definitions the folder that holds one folder of CustomResourceDefinitions for each operator
   */
  public constructor(definitions: string) {
    this.customResources = customResourceValidators(definitions);
  }

  /** Checks every object in the manifests below a folder. */
  public folder(folder: string): SchemaReport {
    const checked = new Map<string, number>();
    const unchecked = new Map<string, number>();
    const faultsBySubject = new Map<string, string[]>();
    for (const file of manifestsIn(folder)) {
      // Kubernetes reads YAML 1.1.
      for (const document of parseAllDocuments(readFileSync(join(folder, file), 'utf8'), { version: '1.1' })) {
        if (document.errors.length > 0) throw new Error(`${file} is not YAML: ${document.errors[0].message}`);
        const object = document.toJS() as KubernetesObject | null;
        if (!object) continue;
        if (!object.apiVersion || !object.kind) throw new Error(`${file} holds something that is no Kubernetes object`);
        const count = UNCHECKED_GROUPS.some((group) => object.apiVersion.startsWith(group)) ? unchecked : checked;
        count.set(kindOf(object), (count.get(kindOf(object)) ?? 0) + 1);
        if (count === unchecked) continue;
        const faults = this.object(object);
        if (faults.length > 0) faultsBySubject.set(`${file} ${object.kind}/${object.metadata.name ?? '?'}`, faults);
      }
    }
    const faults = [...faultsBySubject].flatMap(([subject, all]) => all.map((fault) => `${subject} ${fault}`));
    return { checked, unchecked, faults, faulty: faultsBySubject.size };
  }

  /** What is wrong with one object. */
  public object(object: KubernetesObject): string[] {
    const validate = this.customResources.get(`${object.apiVersion} ${object.kind}`) ?? kubernetesValidator(object);
    if (!validate) return [`no schema of ${kindOf(object)}: it is not served`];
    return [...(object.metadata.name ? [] : ['/metadata: has no name']), ...validate(object)];
  }
}

function manifestsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort();
}
