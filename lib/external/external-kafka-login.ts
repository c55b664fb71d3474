import { _KafkaLogin } from '../access/kafka-endpoint';
import { faultIf } from '../validation/rule';
import { ExternalKafkaAuthentication } from './external-kafka-authentication';

/** Why a client cannot log in to brokers with this authentication; nothing if it can. */
export function loginFaults({ _details: asked }: ExternalKafkaAuthentication, { credentials }: _KafkaLogin): string[] {
  const { kind } = credentials._details;
  const { saslMechanism } = credentials;
  switch (asked.kind) {
    case 'none':
      return faultIf(kind !== 'none', 'it asks for no credentials, and would know the client as ANONYMOUS');
    case 'certificate':
      return faultIf(kind !== 'certificate', 'it asks for a certificate');
    case 'sasl':
      return faultIf(
        saslMechanism === undefined || !asked.mechanisms.includes(saslMechanism),
        `it asks for ${asked.mechanisms.join(' or ')}, not for ${saslMechanism ?? 'what the client has'}`,
      );
  }
}
