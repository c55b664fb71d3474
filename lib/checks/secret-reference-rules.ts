import { ClientFiles } from '../connection/client-files';
import { KafkaConnection } from '../connection/kafka-connection';
import { AppModel } from './app-model';
import { MadeSecret, madeSecrets } from './made-secrets';
import { secretReferences } from './secret-references';
import { TreeRule } from './tree-rule';

export const SECRET_REFERENCE_RULES: readonly TreeRule[] = [
  {
    id: 'unknown-secret-key',
    holds: 'A key that something refers to is one of the keys of its Secret, if this app makes the Secret.',
    remedy: 'refer to a key that it has',
    mayFollow: true,
    source: 'Kubernetes 1.35: a pod waits for ever for a key that its Secret does not have',
    findings: (app) => {
      const known = keysByPlace(madeSecrets(app));
      return secretReferences(app).flatMap(({ namespace, name, key, by, construct }) => {
        const keys = known.get(`${namespace}/${name}`);
        if (key === undefined || !keys || keys.includes(key)) return [];
        return [
          {
            construct,
            fault: `${by} refers to key '${key}' of the Secret '${name}', which has ${keys.join(', ') || 'none'}`,
          },
        ];
      });
    },
  },
  {
    id: 'secret-elsewhere',
    holds: 'A Secret that something refers to is made in the same namespace, if this app makes it.',
    remedy:
      'move one to the namespace of the other, or have the Secret copied and connect with the copy: SecretKey.existing()',
    mayFollow: true,
    source: 'Kubernetes 1.35: pods, and most custom resources, use Secrets of their own namespace only',
    findings: (app) => {
      const secrets = madeSecrets(app);
      const here = new Set([...secrets.map(({ namespace, name }) => `${namespace}/${name}`), ...ofConnections(app)]);
      const namespaces = new Map(secrets.map(({ namespace, name }) => [name, namespace]));
      return secretReferences(app).flatMap(({ namespace, name, by, construct }) => {
        const elsewhere = namespaces.get(name);
        if (elsewhere === undefined || here.has(`${namespace}/${name}`)) return [];
        return [
          {
            construct,
            fault: `${by} in namespace '${namespace}' refers to the Secret '${name}', which is made in '${elsewhere}'`,
          },
        ];
      });
    },
  },
];

/** The keys of every Secret; nothing for those that something adds unknown keys to. */
function keysByPlace(secrets: readonly MadeSecret[]): Map<string, readonly string[] | undefined> {
  const known = new Map<string, readonly string[] | undefined>();
  for (const { namespace, name, keys } of secrets) {
    const place = `${namespace}/${name}`;
    const others = known.has(place) ? known.get(place) : [];
    known.set(place, keys && others && [...others, ...keys]);
  }
  return known;
}

/** The Secrets of connections, where the connection itself says whether they can be in its namespace. */
function ofConnections(app: AppModel): string[] {
  return app.all(KafkaConnection).flatMap((connection) => {
    const { secretNames } = ClientFiles.of([connection]);
    return secretNames.map((secretName) => `${connection.namespace}/${secretName}`);
  });
}
