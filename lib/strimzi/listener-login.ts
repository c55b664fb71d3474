import { ClientCredentials } from '../access/client-credentials';
import { _KafkaLogin } from '../access/kafka-endpoint';
import { Principal } from '../access/principal';
import { TrustedCertificates } from '../pki/trusted-certificates';
import { faultIf } from '../validation/rule';
import type { KafkaListener } from './kafka-listener';
import { KafkaUser, clientsCaOf } from './kafka-user';
import { ListenerAuthentication } from './listener-authentication';
import { customSettings, mechanismsOf } from './listener-settings';

/** Why a client cannot log in to a listener; nothing if it can. */
export function loginFaults(listener: KafkaListener, login: _KafkaLogin): string[] {
  const { credentials } = login;
  const details = listener.authentication._details;
  switch (details.kind) {
    case 'none':
      return unaskedFor(login);
    case 'tls':
      return certificateMisfits(credentials, clientsCaOf(listener.cluster));
    case 'scramSha512':
      return mechanismMisfits(credentials, ['SCRAM-SHA-512']);
    case 'oauth':
      return [
        ...mechanismMisfits(credentials, details.oauth.oauthOverPlain ? ['OAUTHBEARER', 'PLAIN'] : ['OAUTHBEARER']),
        ...oauthMisfits(listener, login),
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
      return unaskedFor(login);
    }
  }
}
/** Whether a listener knows a client with these credentials as `ANONYMOUS`, which the cluster lets do nothing. */
export function isUselessFor({ cluster, authentication }: KafkaListener, credentials: ClientCredentials): boolean {
  const open =
    !cluster.authorization.enabled ||
    cluster.superUsers.some(({ name }) => name === Principal.ANONYMOUS.name) ||
    String(cluster._config()['allow.everyone.if.no.acl.found']) === 'true';
  return isAnonymous(authentication, credentials) && !open;
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

/** What is wrong with credentials for a listener that asks for none. */
function unaskedFor({ user, credentials }: _KafkaLogin): string[] {
  return faultIf(
    user !== undefined || credentials._details.kind !== 'none',
    'it asks for no credentials, and would know the client as ANONYMOUS',
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
function oauthMisfits({ authentication }: KafkaListener, { user }: _KafkaLogin): string[] {
  const asked = authentication._details;
  const offered = user instanceof KafkaUser ? user.authentication._details : undefined;
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
