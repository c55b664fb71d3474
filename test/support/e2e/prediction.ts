import { AclOperation, AclResource, KafkaListener } from '../../../lib';
import { aclSetAllows } from '../../../lib/access/acl-set';
import { customSettings, mechanismsOf } from '../../../lib/strimzi/listener-settings';
import { Credential, TokenLogin } from './credential';
import { Outcome } from './outcome';
import { ScenarioModel } from './scenario-model';

/** What the library's model says of a client that writes to a topic through a listener. */
export function predictWrite(
  model: ScenarioModel,
  listener: KafkaListener,
  credential: Credential,
  topic: string,
): Outcome {
  const arrival = predictLogin(model, listener, credential);
  if ('denied' in arrival) return arrival.denied;
  return mayDo(model, arrival.principal, AclOperation.WRITE, AclResource.topic(topic)) ? 'allowed' : 'not authorized';
}

/** Whether a principal may do something. */
export function mayDo(
  model: ScenarioModel,
  principal: string,
  operation: AclOperation,
  resource: AclResource,
): boolean {
  if (!model.cluster.authorization.enabled) return true;
  if (model.cluster.superUsers.some(({ name }) => name === principal)) return true;
  const users = model.users.filter((user) => user.principal.name === principal);
  return aclSetAllows(
    users.flatMap((user) => user.acls),
    operation,
    resource,
  );
}

type Login = { readonly principal: string } | { readonly denied: Outcome };

function predictLogin(model: ScenarioModel, listener: KafkaListener, credential: Credential): Login {
  const { login, certificate } = credential;
  // The client never gets as far as the broker.
  if (login?.kind === 'token' && login.claims === undefined) return { denied: 'no token' };
  if (listener.tls !== credential.tls) return { denied: 'no answer' };
  if (listener.tls) {
    if (!credential.trustsBroker) return { denied: 'broker not trusted' };
    if (credential.byOtherName) return { denied: 'broker has another name' };
  }
  const authority = clientAuthority(model, listener);
  if (authority !== undefined) {
    if (certificate?.authority !== authority) return { denied: 'certificate refused' };
    if (certificate.isOutOfDate) return { denied: 'certificate out of date' };
  }
  if (!listener.authentication.sasl) {
    if (login) return { denied: 'no SASL here' };
    return { principal: authority === undefined ? 'ANONYMOUS' : (certificate?.subject ?? '') };
  }
  if (!login) return { denied: 'no answer' };
  const mechanism = login.kind === 'token' ? 'OAUTHBEARER' : login.mechanism;
  if (!offered(listener).includes(mechanism)) return { denied: 'mechanism not offered' };
  if (login.kind === 'token') return predictToken(listener, login);
  return login.isRight ? { principal: login.username } : { denied: 'wrong password' };
}

function predictToken(listener: KafkaListener, { claims = {}, signedBy, flaw }: TokenLogin): Login {
  const details = listener.authentication._details;
  if (details.kind !== 'oauth') throw new Error('tokens are predicted for OAuth listeners only');
  const { issuer, audience, usernameClaim = 'preferred_username' } = details.oauth;
  if (flaw === 'unsigned') return { denied: 'token not signed' };
  if (signedBy !== issuer.issuerUri) return { denied: 'token of unknown key' };
  if (flaw === 'tampered') return { denied: 'token tampered with' };
  if (Number(claims.exp) * 1000 < Date.now()) return { denied: 'token expired' };
  if (claims.iss !== issuer.issuerUri) return { denied: 'token of another issuer' };
  if (audience !== undefined && ![claims.aud].flat().includes(audience)) return { denied: 'token for others' };
  const name = claims[usernameClaim];
  return typeof name === 'string' ? { principal: name } : { denied: 'token without name' };
}

/** The Secret with the authority whose certificates the listener wants to see; none if it wants to see none. */
function clientAuthority(model: ScenarioModel, { authentication }: KafkaListener): string | undefined {
  const details = authentication._details;
  if (details.kind === 'tls') return `${model.cluster.clusterName}-clients-ca-cert`;
  return details.kind === 'custom' ? details.custom.trustedClients?.secretName : undefined;
}

function offered({ authentication }: KafkaListener): readonly string[] {
  const details = authentication._details;
  switch (details.kind) {
    case 'scramSha512':
      return ['SCRAM-SHA-512'];
    case 'oauth':
      return details.oauth.oauthOverPlain ? ['OAUTHBEARER', 'PLAIN'] : ['OAUTHBEARER'];
    case 'custom':
      return mechanismsOf(customSettings(details.custom));
    default:
      return [];
  }
}
