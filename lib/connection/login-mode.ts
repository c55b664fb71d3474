import { SaslMechanism, SecurityProtocol } from '../access/protocol';
import { Rule } from '../validation/rule';
import type { KafkaConnection } from './kafka-connection';

/** A way to log in that client systems know or do not know, as tables and messages call it. */
export type LoginMode = 'plaintext' | 'TLS' | 'mutual TLS' | `SASL ${SaslMechanism}`;

/** All of them, in the order of tables. */
export const LOGIN_MODES: readonly LoginMode[] = [
  'plaintext',
  'TLS',
  'mutual TLS',
  ...[
    SaslMechanism.PLAIN,
    SaslMechanism.SCRAM_SHA_256,
    SaslMechanism.SCRAM_SHA_512,
    SaslMechanism.OAUTHBEARER,
    SaslMechanism.GSSAPI,
  ].map((mechanism): LoginMode => `SASL ${mechanism}`),
];

/** Which ways to log in a client system knows: those that it does not know, each with the reason. */
export interface LoginSupport {
  /** The system, as people call it. */
  readonly system: string;
  /** Why it does not know some ways. */
  readonly refused: Partial<Record<LoginMode, string>>;
  /** The upstream source. */
  readonly source: string;
}

/** The way in which a connection logs in. */
export function loginMode({ securityProtocol, credentials }: KafkaConnection): LoginMode {
  if (credentials.saslMechanism !== undefined) return `SASL ${credentials.saslMechanism}`;
  if (credentials._details.kind === 'certificate') return 'mutual TLS';
  return securityProtocol === SecurityProtocol.SSL ? 'TLS' : 'plaintext';
}

/** The rule that a system's connections log in by ways that it knows. */
export function loginSupportRule<T>(
  id: string,
  support: LoginSupport,
  subject: (system: T) => { readonly name: string; readonly connections: readonly KafkaConnection[] },
): Rule<T> {
  const known = LOGIN_MODES.filter((mode) => support.refused[mode] === undefined);
  return {
    id,
    holds: `${support.system} logs in to Kafka by a way that it knows.`,
    remedy: `connect it by ${known.join(', ')}`,
    source: support.source,
    faults: (system) => {
      const { name, connections } = subject(system);
      return connections.flatMap((connection) => {
        const mode = loginMode(connection);
        const reason = support.refused[mode];
        return reason === undefined ? [] : [`${support.system} '${name}' cannot log in by ${mode}: ${reason}`];
      });
    },
  };
}
