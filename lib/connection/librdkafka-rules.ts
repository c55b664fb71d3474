import { Rule, faultIf } from '../validation/rule';
import type { KafkaConnection } from './kafka-connection';

export const LIBRDKAFKA_RULES: readonly Rule<KafkaConnection>[] = [
  {
    id: 'librdkafka-audience',
    holds: 'A client with librdkafka asks for a token without naming an audience.',
    remedy: 'leave the audience out and have the authorization server add it, or ask for it by a scope',
    source:
      'librdkafka 2.16.0, rdkafka_sasl_oauthbearer_oidc.c: its request has grant_type and scope, and nothing else',
    faults: ({ credentials: { _details: details } }) =>
      details.kind === 'oauth'
        ? faultIf(
            details.oauth.audience !== undefined,
            `librdkafka cannot ask for a token for '${details.oauth.audience}'`,
          )
        : [],
  },
  {
    id: 'librdkafka-extensions',
    holds: 'The SASL extensions of a client with librdkafka have no commas and no equals signs in their values.',
    remedy: 'use values without them',
    source:
      'librdkafka 2.16.0, CONFIGURATION.md: sasl.oauthbearer.extensions is a list of key=value with commas between',
    faults: ({ credentials: { _details: details } }) =>
      Object.entries((details.kind === 'oauth' && details.oauth.extensions) || {})
        .filter(([, value]) => /[,=]/.test(value))
        .map(([name, value]) => `librdkafka cannot send the SASL extension '${name}' with the value '${value}'`),
  },
];
