import { ClientCredentials } from '../access/client-credentials';
import { Principal } from '../access/principal';
import { TrustedCertificates } from '../pki/trusted-certificates';
import type { IKafkaCluster } from '../strimzi/kafka-cluster';
import { ListenerAuthentication } from '../strimzi/listener-authentication';
import { customSettings, mechanismsOf } from '../strimzi/listener-settings';
import { clientsCaOf } from '../strimzi/kafka-user';
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
        `the address of listener '${c.listener.listenerName}' is not known before it exists`,
      ),
  },
  {
    id: 'connection-cluster',
    holds: 'Listener and user belong to the same cluster.',
    remedy: 'make the user in the cluster of the listener',
    source: 'Strimzi 1.2.0: users are kept per cluster',
    faults: (c) =>
      faultIf(
        c.user !== undefined && !isSameCluster(c.user.cluster, c.listener.cluster),
        `listener '${c.listener.listenerName}' is of cluster '${c.listener.cluster.clusterName}', user '${c.user?.userName}' of '${c.user?.cluster.clusterName}'`,
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
      [...misfits(c), ...strangerFaults(c)].map(
        (fault) => `${clientOf(c)} cannot log in to listener '${c.listener.listenerName}': ${fault}`,
      ),
  },
  {
    id: 'connection-anonymous',
    holds: 'A client that the broker knows as ANONYMOUS can do something.',
    remedy:
      'connect as a user to a listener with authentication, or give the cluster authorization: KafkaAuthorization.none()',
    source: 'Strimzi 1.2.0 and Kafka 4.3.1, StandardAuthorizer: who has no ACL may do nothing',
    faults: (c) => {
      const { cluster, authentication, listenerName } = c.listener;
      const anonymous = isAnonymous(authentication, c.credentials);
      const open =
        !cluster.authorization.enabled ||
        cluster.superUsers.some(({ name }) => name === Principal.ANONYMOUS.name) ||
        String(cluster._config()['allow.everyone.if.no.acl.found']) === 'true';
      return faultIf(
        anonymous && !open,
        `a client of listener '${listenerName}' is ANONYMOUS, and cluster '${cluster.clusterName}' lets it do nothing`,
      );
    },
  },
];

function isSameCluster(one: IKafkaCluster, other: IKafkaCluster): boolean {
  return one.clusterName === other.clusterName && one.namespace === other.namespace;
}

/** Whether the brokers know a client with these credentials as nobody in particular. */
function isAnonymous({ _details: details }: ListenerAuthentication, credentials: ClientCredentials): boolean {
  if (details.kind !== 'custom' || details.custom.sasl) return details.kind === 'none';
  switch (clientAuth(customSettings(details.custom))) {
    case 'required':
      return false;
    case 'requested':
      return credentials._details.kind === 'none';
    default:
      return true;
  }
}

/** Whether a listener asks for certificates, as Kafka's `ssl.client.auth` has it. */
function clientAuth(settings: Record<string, string>): string {
  return (settings['ssl.client.auth'] ?? 'none').toLowerCase();
}

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
  }
}

/** Why the client cannot log in; nothing if it can. */
function misfits(connection: KafkaConnection): string[] {
  const { listener, credentials } = connection;
  const authentication: ListenerAuthentication = listener.authentication;
  const details = authentication._details;
  switch (details.kind) {
    case 'none':
      return unaskedFor(connection);
    case 'tls':
      return certificateMisfits(credentials, clientsCaOf(listener.cluster));
    case 'scramSha512':
      return mechanismMisfits(credentials, ['SCRAM-SHA-512']);
    case 'oauth':
      return [
        ...mechanismMisfits(credentials, details.oauth.oauthOverPlain ? ['OAUTHBEARER', 'PLAIN'] : ['OAUTHBEARER']),
        ...oauthMisfits(connection),
      ];
    case 'custom': {
      const settings = customSettings(details.custom);
      const asked = clientAuth(settings);
      if (details.custom.sasl) {
        return [
          ...mechanismMisfits(credentials, mechanismsOf(settings)),
          ...faultIf(asked === 'required', 'it asks for a certificate as well'),
        ];
      }
      if (asked === 'required' || (asked === 'requested' && credentials._details.kind !== 'none')) {
        return certificateMisfits(credentials, details.custom.trustedClients);
      }
      return unaskedFor(connection);
    }
  }
}

/** What is wrong with credentials for a listener that asks for none. */
function unaskedFor({ user, credentials }: KafkaConnection): string[] {
  return faultIf(
    user !== undefined || credentials._details.kind !== 'none',
    'it asks for no credentials, and would know the client as ANONYMOUS',
  );
}

/** Whether the credentials are of someone else than the user. What OAuth clients are called is up to their tokens. */
function strangerFaults({ user, credentials }: KafkaConnection): string[] {
  const details = credentials._details;
  const name =
    details.kind === 'password'
      ? details.username
      : details.kind === 'certificate'
        ? details.certificate.commonName
        : undefined;
  const byToken = user?.authentication._details.kind === 'oauth';
  return faultIf(
    user !== undefined && !byToken && name !== undefined && name !== user.userName,
    `its credentials are those of '${name}'`,
  );
}

function certificateMisfits(credentials: ClientCredentials, trusted: TrustedCertificates | undefined): string[] {
  const details = credentials._details;
  if (details.kind !== 'certificate') return ['it asks for a certificate'];
  const { issuer } = details.certificate;
  return faultIf(
    trusted !== undefined && !issuer.sameAs(trusted),
    `it accepts certificates of ${trusted?.toString()}, not of ${issuer.toString()}`,
  );
}

function mechanismMisfits(credentials: ClientCredentials, mechanisms: readonly string[]): string[] {
  const { saslMechanism } = credentials;
  return faultIf(
    saslMechanism === undefined || !mechanisms.includes(saslMechanism),
    `it asks for ${mechanisms.join(' or ')}, not for ${saslMechanism ?? 'what the client has'}`,
  );
}

/** Whether the listener would accept the tokens of the user's client, and call it by the user's name. */
function oauthMisfits({ listener, user }: KafkaConnection): string[] {
  const asked = listener.authentication._details;
  const offered = user?.authentication._details;
  if (asked.kind !== 'oauth' || offered?.kind !== 'oauth') return [];
  const { issuer, audience, usernameClaim = 'preferred_username' } = asked.oauth;
  const { client } = offered;
  return [
    ...faultIf(
      client.issuer.issuerUri !== issuer.issuerUri,
      `it accepts tokens of ${issuer.issuerUri}, not of ${client.issuer.issuerUri}`,
    ),
    ...faultIf(
      audience !== undefined && !client.audiences.includes(audience),
      `it accepts tokens for '${audience}', not for ${client.audiences.map((name) => `'${name}'`).join(', ') || 'nobody'}`,
    ),
    ...faultIf(
      client.principalFor(usernameClaim)?.name !== user?.userName,
      `it reads the name from ${usernameClaim}, which does not say '${user?.userName}'`,
    ),
  ];
}
