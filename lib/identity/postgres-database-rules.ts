import { SizeRoundingBehavior } from 'cdk8s';
import { Rule, faultIf } from '../validation/rule';
import type { PostgresDatabase } from './postgres-database';

const DATABASE = /^[a-z_][a-z0-9_]{0,62}$/;
const NAME_LENGTH = 52;

export const POSTGRES_DATABASE_RULES: readonly Rule<PostgresDatabase>[] = [
  {
    id: 'postgres-name',
    holds: 'The name of a database server leaves room for what Kubernetes derives from it.',
    remedy: `use at most ${NAME_LENGTH} characters`,
    source: 'Kubernetes 1.35: pods of a StatefulSet carry <name>-<10 characters> as a label of 63 at most',
    faults: (d) =>
      faultIf(d.name.length > NAME_LENGTH, `the name '${d.name}' of ${d.name.length} characters does not fit`),
  },
  {
    id: 'postgres-database',
    holds: 'The name of a database needs no quotes, neither in SQL nor in a URL.',
    remedy: "use at most 63 lower-case letters, digits and underscores, such as 'keycloak'",
    source: 'PostgreSQL 17, 4.1.1 "Identifiers and Key Words"',
    faults: (d) => faultIf(!DATABASE.test(d.database), `'${d.database}' is no plain name for a database`),
  },
  {
    id: 'postgres-storage',
    holds: 'The volume of a database has a size of whole gibibytes, 1 or more.',
    remedy: 'give storage: Size.gibibytes(1) or more',
    source:
      'Kubernetes 1.35, core validation (a claim asks for more than zero); cdk8s-plus-28 counts claims in gibibytes',
    faults: (d) => {
      const gibibytes = d.storage.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
      return faultIf(
        !Number.isInteger(gibibytes) || gibibytes < 1,
        `the database '${d.name}' cannot have a volume of ${gibibytes} gibibytes`,
      );
    },
  },
  {
    id: 'postgres-secrets',
    holds: 'The Secrets with the user name and the password of a database are in its namespace.',
    remedy: 'put the Secrets into the namespace of the database',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: (d) =>
      [d.usernameSecret, d.passwordSecret]
        .filter(({ namespace }) => namespace !== undefined && namespace !== d.namespace)
        .map((secret) => `the database '${d.name}' in namespace '${d.namespace}' cannot mount ${secret.toString()}`),
  },
];
