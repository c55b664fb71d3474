/**
 * How an attempt of a Java client ends, and how to tell from the chain of its exceptions.
 *
 * The first that fits is taken.
 */
const OUTCOMES = {
  'broker not trusted': /SslAuthenticationException.*PKIX path building failed/,
  'broker has another name': /SslAuthenticationException.*No subject alternative DNS name matching/,
  'certificate refused': /SslAuthenticationException.*bad_certificate/,
  'certificate out of date': /SslAuthenticationException.*certificate_unknown/,
  'no SASL here': /IllegalSaslStateException/,
  'mechanism not offered': /UnsupportedSaslMechanismException/,
  'wrong password': /SaslAuthenticationException.*invalid credentials with SASL mechanism SCRAM/,
  'token of unknown key': /SaslAuthenticationException.*Unknown signing key/,
  'token expired': /SaslAuthenticationException.*Token expired/,
  'token tampered with': /SaslAuthenticationException.*Invalid token signature/,
  'token not signed': /SaslAuthenticationException.*Failed to parse JWT/,
  'token of another issuer': /SaslAuthenticationException.*Issuer not allowed/,
  'token for others': /SaslAuthenticationException.*audience/i,
  'token without name': /SaslAuthenticationException.*Runtime failure during token validation/,
  'no token': /LoginException/,
  'not authorized': /(Topic|Group|Cluster|TransactionalId)AuthorizationException/,
  // The broker closes the connection, or waits for another protocol; Java clients do not say so.
  'no answer': /TimeoutException/,
};

/** How an attempt ends. */
export type Outcome = keyof typeof OUTCOMES | 'allowed';

/** How the attempt with these exceptions ended; their text if that is nothing known. */
export function outcomeOf(errors: readonly string[]): string {
  if (errors.length === 0) return 'allowed';
  const text = errors.join(' <- ').replaceAll('\n', ' ');
  const found = Object.entries(OUTCOMES).find(([, pattern]) => pattern.test(text));
  return found ? found[0] : text;
}
