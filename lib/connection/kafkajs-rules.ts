import { Rule } from '../validation/rule';
import type { KafkaConnection } from './kafka-connection';
import { LoginSupport, loginSupportRule } from './login-mode';

/** How clients with KafkaJS log in. */
export const KAFKAJS_SUPPORT: LoginSupport = {
  system: 'KafkaJS',
  refused: { 'SASL GSSAPI': 'KafkaJS has no Kerberos' },
  source: 'KafkaJS 2.2.4, src/broker/saslAuthenticator',
};

export const KAFKAJS_RULES: readonly Rule<KafkaConnection>[] = [
  loginSupportRule('kafkajs-login', KAFKAJS_SUPPORT, (connection: KafkaConnection) => ({
    name: connection.node.id,
    connections: [connection],
  })),
];
