import { AppObject } from './app-model';
import { listAt, textsAt } from './fields';
import { Finding, TreeRule } from './tree-rule';

export const OBJECT_RULES: readonly TreeRule[] = [
  {
    id: 'duplicate-object',
    holds: 'No two objects of one kind have the same name and namespace: kubectl would apply both, and keep the last.',
    remedy:
      'give one of them another name, by its id or by the property that names it: resourceName, userName, clusterName',
    source: 'Kubernetes 1.35: kind, namespace and name identify an object; cdk8s 2.70 writes both',
    findings: (app) => {
      const first = new Map<string, AppObject>();
      const findings: Finding[] = [];
      for (const object of app.objects) {
        const identity = `${object.apiGroup} ${object.kind} ${object.namespace}/${object.name}`;
        const other = first.get(identity);
        if (!other) {
          first.set(identity, object);
          continue;
        }
        // Development secrets look after their own names.
        if (object.developmentSecrets && object.developmentSecrets === other.developmentSecrets) continue;
        findings.push({
          construct: object.construct,
          fault: `${nameOf(object)} is also made by ${other.construct.node.path}`,
        });
      }
      return findings;
    },
  },
  {
    id: 'wide-secret-role',
    holds: 'A role names the Secrets that it is about, and lets nobody list or watch them.',
    remedy: 'give resourceNames and the verb get, or mount the Secret instead',
    source: 'Kubernetes 1.35, RBAC good practices: to list Secrets is to read all of them',
    findings: (app) =>
      app.ofKind('rbac.authorization.k8s.io', 'Role', 'ClusterRole').flatMap((object) =>
        listAt(object.manifest, 'rules').flatMap((rule) => {
          const wide = wideVerbs(rule);
          if (!isAboutSecrets(rule) || wide.length === 0) return [];
          return [
            { construct: object.construct, fault: `${nameOf(object)} gives ${wide.join(', ')} on ${extent(rule)}` },
          ];
        }),
      ),
  },
];

function nameOf({ kind, namespace, name }: AppObject): string {
  return `the ${kind} '${namespace ? `${namespace}/` : ''}${name}'`;
}

function isAboutSecrets(rule: unknown): boolean {
  return (
    textsAt(rule, 'apiGroups').some((group) => ['', '*'].includes(group)) &&
    textsAt(rule, 'resources').some((resource) => ['secrets', '*'].includes(resource))
  );
}

/** The verbs of a rule that go beyond Secrets that it names. What is created has no name yet, and tells nothing. */
function wideVerbs(rule: unknown): string[] {
  const verbs = textsAt(rule, 'verbs').filter((verb) => verb !== 'create');
  if (textsAt(rule, 'resourceNames').length === 0) return verbs;
  return verbs.filter((verb) => ['list', 'watch', 'deletecollection', '*'].includes(verb));
}

function extent(rule: unknown): string {
  const names = textsAt(rule, 'resourceNames');
  return names.length === 0 ? 'every Secret' : `the Secrets ${names.join(', ')}`;
}
