import { fieldsAt } from './fields';
import { MadeSecret, madeSecrets } from './made-secrets';
import { Finding, TreeRule } from './tree-rule';

export const SECRET_RULES: readonly TreeRule[] = [
  {
    id: 'duplicate-secret',
    holds: 'No two objects make the same Secret; Strimzi writes several for each cluster and one for most users.',
    remedy: 'give the user or the Secret another name, or the cluster an entityOperator.userSecretPrefix',
    mayFollow: true,
    source: 'Strimzi 1.2.0, user-operator: a KafkaUser takes over any Secret of its name',
    findings: (app) => {
      const first = new Map<string, MadeSecret>();
      const findings: Finding[] = [];
      for (const secret of madeSecrets(app)) {
        const place = `${secret.namespace}/${secret.name}`;
        const other = first.get(place);
        if (!other) first.set(place, secret);
        // Two objects of one kind and name are duplicates themselves, and reported as such.
        else if (other.object !== secret.object) {
          const fault = `the Secret '${place}' is made by ${secret.maker} and by ${other.maker} of ${other.construct.node.path}`;
          findings.push({ construct: secret.construct, fault });
        }
      }
      return findings;
    },
  },
  {
    id: 'plain-secret',
    holds:
      'No manifest holds a secret value, other than the file of development secrets, which is kept out of version control.',
    remedy: 'refer to an existing Secret by SecretKey.existing(), have an operator make it, or use DevelopmentSecrets',
    source: 'Kubernetes 1.35, good practices for Secrets: base64 is no encryption',
    findings: (app) =>
      app
        .ofKind('core', 'Secret')
        .filter(
          ({ manifest }) =>
            Object.keys({ ...fieldsAt(manifest, 'data'), ...fieldsAt(manifest, 'stringData') }).length > 0,
        )
        .map(({ construct, name }) => ({
          construct,
          fault: `the values of the Secret '${name}' would be written to a manifest`,
        })),
  },
];
