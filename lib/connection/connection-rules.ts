import { KafkaUser } from '../strimzi/kafka-user';
import { Rule, faultIf } from '../validation/rule';
import type { KafkaConnection } from './kafka-connection';

export const CONNECTION_RULES: readonly Rule<KafkaConnection>[] = [
  {
    id: 'connection-address',
    holds: 'A client knows where to connect, by a name that the brokers’ certificates cover.',
    remedy: 'give the listener type an externalName (and for node ports a bootstrapNodePort) or a bootstrapHost',
    source: 'Strimzi 1.2.0: addresses of load balancers and node ports are known only when the objects exist',
    faults: (c) =>
      faultIf(
        c.listener.bootstrapServers === undefined,
        `the address of ${c.listener._label} is not known before it exists`,
      ),
  },
  {
    id: 'connection-cluster',
    holds: 'Listener and user belong to the same cluster.',
    remedy: 'make the user in the cluster of the listener',
    source: 'Strimzi 1.2.0: users are kept per cluster',
    faults: (c) =>
      faultIf(
        c.user !== undefined && c.user.clusterId !== c.listener.clusterId,
        `${c.listener._label} is of cluster '${c.listener.clusterName}', user '${c.user?.userName}' of '${c.user?.clusterName}'`,
      ),
  },
  {
    id: 'connection-namespace',
    holds: 'The Secrets of a client are in its own namespace: pods mount no others.',
    remedy:
      'run the client there, or have the Secret copied and name the copy by trust: TrustedCertificates.fromSecret() and credentials: ClientCredentials...',
    source: 'Kubernetes 1.35: a pod mounts Secrets of its own namespace',
    faults: (c) =>
      secretsOf(c)
        .filter(({ namespace }) => namespace !== undefined && c.namespace !== '' && namespace !== c.namespace)
        .map((secret) => `a client in namespace '${c.namespace}' cannot mount ${secret.toString()}`),
  },
  {
    id: 'connection-credentials',
    holds: 'The credentials of a client are of the kind that the listener asks for.',
    remedy: 'connect the user to a listener that fits, or give the user another authentication',
    source: 'Kafka 4.3.1: such a client fails to log in',
    faults: (c) =>
      [...c.listener._loginFaults(c), ...strangerFaults(c)].map(
        (fault) => `${clientOf(c)} cannot log in to ${c.listener._label}: ${fault}`,
      ),
  },
  {
    id: 'connection-anonymous',
    holds: 'A client that the broker knows as ANONYMOUS can do something.',
    remedy:
      'connect as a user to a listener with authentication, or give the cluster authorization: KafkaAuthorization.none()',
    source: 'Strimzi 1.2.0 and Kafka 4.3.1, StandardAuthorizer: who has no ACL may do nothing',
    faults: (c) =>
      faultIf(
        c.listener._isUselessFor(c.credentials),
        `a client of ${c.listener._label} is ANONYMOUS, and cluster '${c.listener.clusterName}' lets it do nothing`,
      ),
  },
];

function clientOf(connection: KafkaConnection): string {
  return connection.user ? `user '${connection.user.userName}'` : 'a client without a user';
}

/** Every Secret that the client needs as a file. */
function secretsOf({ trust, credentials }: KafkaConnection): { namespace?: string; toString(): string }[] {
  const details = credentials._details;
  const own = trust ? [trust] : [];
  switch (details.kind) {
    case 'none':
      return own;
    case 'certificate':
      return [...own, details.certificate.certificate, details.certificate.privateKey];
    case 'password':
      return [...own, details.password];
    case 'oauth':
      return [...own, details.oauth.clientSecret, ...(details.oauth.trust ? [details.oauth.trust] : [])];
    case 'kerberos':
      return [...own, details.kerberos.keytab, ...(details.kerberos.krb5Conf ? [details.kerberos.krb5Conf] : [])];
  }
}

/** Whether the credentials are of someone else than the user. What OAuth clients are called is up to their tokens. */
function strangerFaults({ user, credentials }: KafkaConnection): string[] {
  const name = credentials._name();
  const byToken = user instanceof KafkaUser && user.authentication._details.kind === 'oauth';
  return faultIf(
    user !== undefined && !byToken && name !== undefined && name !== user.userName,
    `its credentials are those of '${name}'`,
  );
}
