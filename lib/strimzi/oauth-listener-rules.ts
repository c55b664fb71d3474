import { Duration } from 'cdk8s';
import { Rule, faultIf } from '../validation/rule';
import type { KafkaListener } from './kafka-listener';
import { OAuthListenerProps } from './listener-authentication';

const OAUTH = 'strimzi-kafka-oauth 0.18.0, README "Configuring the Kafka Broker"';

export const OAUTH_LISTENER_RULES: readonly Rule<KafkaListener>[] = [
  {
    id: 'oauth-audience',
    holds: 'Brokers accept only tokens that were issued for them.',
    remedy: "give audience: 'kafka', or say acceptAnyAudience: true",
    source: OAUTH,
    faults: (l) =>
      onOAuth(l, (o) => [
        ...faultIf(
          o.audience === undefined && !o.acceptAnyAudience,
          `listener '${l.listenerName}' does not check the audience of tokens`,
        ),
        ...faultIf(
          o.audience !== undefined && o.acceptAnyAudience === true,
          `listener '${l.listenerName}' has an audience and accepts any`,
        ),
      ]),
  },
  {
    id: 'oauth-times',
    holds:
      'Signing keys expire later than they are fetched anew, connections authenticate again some time, and seconds are whole.',
    remedy:
      'make jwksExpiry longer than jwksRefresh (at least 60 seconds more), reauthentication longer than nothing, and give whole seconds',
    source: 'strimzi-kafka-oauth 0.18.0, JWTSignatureValidator: expiry is at least 60 seconds more than refresh',
    faults: (l) =>
      onOAuth(l, (o) => {
        const seconds = (duration: Duration | undefined) => duration?.toSeconds({ integral: false });
        const refresh = seconds(o.jwksRefresh) ?? 300;
        const expiry = seconds(o.jwksExpiry) ?? 360;
        return [
          ...[refresh, expiry, seconds(o.connectTimeout) ?? 60, seconds(o.readTimeout) ?? 60]
            .filter((value) => !Number.isInteger(value) || value < 1)
            .map((value) => `listener '${l.listenerName}' cannot count ${value} s`),
          ...faultIf(
            expiry < refresh + 60,
            `listener '${l.listenerName}' fetches signing keys every ${refresh} s and drops them after ${expiry} s`,
          ),
          ...faultIf(
            o.reauthentication?.toMilliseconds() === 0,
            `listener '${l.listenerName}' would never ask clients to authenticate again`,
          ),
        ];
      }),
  },
  {
    id: 'oauth-endpoints',
    holds: 'An identity provider is spoken to over https, and its introspection endpoint is known if it is used.',
    remedy: 'use https URLs, and for introspection give audience and the introspectionEndpointUri of the issuer',
    source: OAUTH,
    faults: (l) =>
      onOAuth(l, (o) => [
        ...[o.issuer.jwksEndpointUri, o.issuer.tokenEndpointUri, o.issuer.issuerUri, o.issuer.introspectionEndpointUri]
          .filter((uri) => uri !== undefined && !uri.startsWith('https://'))
          .map((uri) => `listener '${l.listenerName}': ${uri} is not https`),
        ...faultIf(
          o.introspectionClientSecret !== undefined && (!o.issuer.introspectionEndpointUri || !o.audience),
          `listener '${l.listenerName}' has a secret for token introspection, but no endpoint or client id for it`,
        ),
      ]),
  },
  {
    id: 'oauth-claims',
    holds: 'Claims are named, and a prefix goes with the claim that it is put before.',
    remedy:
      "name the claim, such as 'preferred_username'; give fallbackUsernameClaim together with fallbackUsernamePrefix",
    source: OAUTH,
    faults: (l) =>
      onOAuth(l, (o) => [
        ...Object.entries({
          audience: o.audience,
          usernameClaim: o.usernameClaim,
          fallbackUsernameClaim: o.fallbackUsernameClaim,
        })
          .filter(([, name]) => name?.trim() === '')
          .map(([property]) => `listener '${l.listenerName}' has an empty ${property}`),
        ...faultIf(
          o.fallbackUsernamePrefix !== undefined && o.fallbackUsernameClaim === undefined,
          `listener '${l.listenerName}' has a prefix for names from no claim`,
        ),
      ]),
  },
];

function onOAuth(listener: KafkaListener, faults: (oauth: OAuthListenerProps) => string[]): string[] {
  const details = listener.authentication._details;
  return details.kind === 'oauth' ? faults(details.oauth) : [];
}
