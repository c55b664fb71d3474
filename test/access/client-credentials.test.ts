import { ClientCredentials, SaslMechanism, SecretKey } from '../../lib';
import { certificate, issuer } from '../support/worlds';

const KEY = SecretKey.existing('login', 'password');

test.each([
  ['none', ClientCredentials.none(), undefined],
  ['certificate', ClientCredentials.certificate(certificate()), undefined],
  ['scramSha512', ClientCredentials.scramSha512('u', KEY), SaslMechanism.SCRAM_SHA_512],
  ['scramSha256', ClientCredentials.scramSha256('u', KEY), SaslMechanism.SCRAM_SHA_256],
  ['plain', ClientCredentials.plain('u', KEY), SaslMechanism.PLAIN],
  [
    'oauth',
    ClientCredentials.oauth({ clientId: 'c', clientSecret: KEY, tokenEndpointUri: issuer().tokenEndpointUri }),
    SaslMechanism.OAUTHBEARER,
  ],
])('credentials of kind %s have their mechanism', (_, credentials, mechanism) => {
  expect(credentials.saslMechanism).toBe(mechanism);
});
