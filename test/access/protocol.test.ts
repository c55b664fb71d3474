import { SecurityProtocol } from '../../lib';
import { securityProtocol } from '../../lib/access/protocol';

test.each([
  [false, false, SecurityProtocol.PLAINTEXT],
  [true, false, SecurityProtocol.SSL],
  [false, true, SecurityProtocol.SASL_PLAINTEXT],
  [true, true, SecurityProtocol.SASL_SSL],
])('TLS %s and SASL %s is %s', (tls, sasl, protocol) => {
  expect(securityProtocol(tls, sasl)).toBe(protocol);
});
