import { KafkaCluster } from '../strimzi/kafka-cluster';
import { KafkaUser } from '../strimzi/kafka-user';
import { ListenerAuthenticationDetails } from '../strimzi/listener-authentication';
import { UserAuthenticationDetails } from '../strimzi/user-authentication';
import { TreeRule } from './tree-rule';

/** The listeners that may know a user, by the user's authentication. A custom listener may know anybody. */
const LISTENERS: Record<
  UserAuthenticationDetails['kind'],
  readonly ListenerAuthenticationDetails['kind'][] | undefined
> = {
  tls: ['tls', 'custom'],
  tlsExternal: ['tls', 'custom'],
  scramSha512: ['scramSha512', 'custom'],
  oauth: ['oauth', 'custom'],
  none: undefined,
};

const WORDS: Record<UserAuthenticationDetails['kind'], string> = {
  tls: 'a certificate',
  tlsExternal: 'a certificate',
  scramSha512: 'SCRAM-SHA-512',
  oauth: 'OAuth tokens',
  none: 'nothing',
};

export const UNUSED_USER_RULES: readonly TreeRule[] = [
  {
    id: 'user-without-listener',
    holds: 'The cluster of a user has a listener that the user can log in to.',
    remedy: 'add a listener with the user’s authentication, or give the user that of a listener',
    source: 'Strimzi 1.2.0: a user is ready whether or not any listener knows it',
    findings: (app) =>
      app
        .all(KafkaUser)
        // Without authorization a user has no rights to log in for; a client may want no more than the key store.
        .filter((user) => user.cluster.authorization.enabled && !isKnown(user))
        .map((user) => ({
          construct: user,
          fault: `user '${user.userName}' logs in with ${WORDS[user.authentication._details.kind]}, which no listener of cluster '${user.cluster.clusterName}' takes`,
        })),
  },
];

function isKnown({ cluster, authentication }: KafkaUser): boolean {
  const kinds = LISTENERS[authentication._details.kind];
  // What exists already has listeners that this app does not know.
  if (!kinds || !(cluster instanceof KafkaCluster)) return true;
  return cluster.listeners.some((listener) => kinds.includes(listener.authentication._details.kind));
}
