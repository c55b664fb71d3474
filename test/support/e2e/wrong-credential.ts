import { KafkaConnection, SaslMechanism } from '../../../lib';
import { SecretValues } from './changed-secret';
import { newPassword, validity } from './cluster-secrets';
import { KeyAndCertificate, certify, privateKeyPem, rsaKey } from './x509';

const DAY = 86_400_000;

/** What a client may have instead of what it should have, and what becomes of it. */
export interface WrongCredential {
  readonly name: string;
  /** What the Secret of the client holds instead. */
  readonly secret: () => Promise<SecretValues>;
  /** What each kind of client says. */
  readonly errors: Readonly<Record<string, RegExp>>;
}

/** A wrong credential of the kind that a connection has; none if it has nothing that could be wrong. */
export function wrongCredential({ credentials, trust }: KafkaConnection): WrongCredential | undefined {
  const details = credentials._details;
  switch (details.kind) {
    case 'certificate': {
      const { certificate, privateKey, commonName } = details.certificate;
      return {
        name: 'a certificate of another authority',
        secret: async () => {
          const subject = [['CN', commonName]] as const;
          const usages = ['digital signature', 'client auth'];
          const made = certify({ subject, ...validity(DAY), usages }, await rsaKey(), await stranger());
          const values = { [certificate.key]: made.certificate, [privateKey.key]: privateKeyPem(made.key) };
          return { secretName: certificate.secretName, values };
        },
        errors: {
          Java: /SslAuthenticationException.*bad_certificate/,
          librdkafka: /alert bad certificate: SSL alert number 42/,
          KafkaJS: /alert certificate unknown/,
        },
      };
    }
    case 'password': {
      const { mechanism, password } = details;
      const said =
        mechanism === SaslMechanism.PLAIN
          ? 'Invalid username or password'
          : `invalid credentials with SASL mechanism ${mechanism}`;
      return {
        name: 'a wrong password',
        secret: () => Promise.resolve(onlyKey(password, newPassword())),
        errors: {
          Java: new RegExp(`SaslAuthenticationException.*${said}`),
          librdkafka: new RegExp(`_AUTHENTICATION.*${said}`),
          KafkaJS: new RegExp(`KafkaJSSASLAuthenticationError.*${said}`),
        },
      };
    }
    case 'oauth':
      return {
        name: 'a wrong client secret',
        secret: () => Promise.resolve(onlyKey(details.oauth.clientSecret, newPassword())),
        errors: {
          Java: /LoginException.*(status|response code) 401\b.*unauthorized_client/,
          librdkafka: /_AUTHENTICATION.*Failed to acquire SASL OAUTHBEARER token.*unauthorized_client/,
          KafkaJS: /no access token: 401 .*unauthorized_client/,
        },
      };
    case 'none':
      return (
        trust && {
          name: 'the certificate of another authority to know the brokers by',
          secret: async () =>
            onlyKey({ secretName: trust.secretName, key: trust.key ?? 'ca.crt' }, (await stranger()).certificate),
          errors: {
            Java: /SslAuthenticationException.*PKIX path building failed/,
            librdkafka: /certificate verify failed/,
            KafkaJS: /self-signed certificate in certificate chain|unable to verify the first certificate/,
          },
        }
      );
    default:
      throw new Error(`no wrong credential of kind ${details.kind}`);
  }
}

function onlyKey({ secretName, key }: { secretName: string; key: string }, value: string): SecretValues {
  return { secretName, values: { [key]: value } };
}

/** An authority that nobody knows. */
async function stranger(): Promise<KeyAndCertificate> {
  const content = { subject: [['CN', 'stranger']] as const, isCa: true, usages: ['cert sign'] };
  return certify({ ...content, ...validity(DAY) }, await rsaKey());
}
