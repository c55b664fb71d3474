import { KeyObject, X509Certificate, createPrivateKey, createPublicKey } from 'node:crypto';
import { Duration } from 'cdk8s';
import { SecretState } from '../secrets/secret-state';
import { KeptFile } from '../secrets/secret-state-rules';
import { CertificateContent, Signer, USAGE_OIDS, issueCertificate, newPrivateKey } from './x509';

/** A certificate and its key in the state folder. */
export interface KeptCertificateFiles {
  readonly state: SecretState;
  readonly keyPath: readonly string[];
  readonly certificatePath: readonly string[];
}

/** What is asked of a kept certificate. */
export interface KeptCertificateRequest extends Pick<CertificateContent, 'commonName' | 'leaf'> {
  readonly validity: Duration;
}

/** A signer with its certificate. */
export interface CertifiedSigner extends Signer {
  readonly certificate: string;
}

/** A certificate begins so long before it is made, because the clocks of machines differ. */
const CLOCK_DIFFERENCE = 5 * 60 * 1000;

/** The files of a certificate, for the rules about the state folder. */
export function keptFiles({ state, keyPath, certificatePath }: KeptCertificateFiles): KeptFile[] {
  return [
    { state, path: keyPath, content: 'an ECDSA key on P-256', accepts: (text) => isKey(text) },
    {
      state,
      path: certificatePath,
      content: 'a certificate',
      accepts: (text) => succeeds(() => new X509Certificate(text)),
    },
  ];
}

/** The key that is kept; the first time, a new one. */
export function keptKey({ state, keyPath }: KeptCertificateFiles): string {
  return state.keep(keyPath, newPrivateKey);
}

/**
 * The certificate that is kept, as long as it is what is asked for.
 *
 * Otherwise a new one takes its place, for the same key: if the request or the signer has changed, and in the last third
 * of its validity, when cert-manager would renew it too. Nobody has to delete what is about to expire.
 */
export function keptCertificate(
  files: KeptCertificateFiles,
  request: KeptCertificateRequest,
  signer: CertifiedSigner | undefined,
): string {
  const { state, certificatePath } = files;
  const privateKey = createPrivateKey(keptKey(files));
  const kept = state.read(certificatePath);
  if (kept !== undefined && isCurrent(new X509Certificate(kept), privateKey, request, signer)) return kept;

  const { commonName, leaf, validity } = request;
  const wholeSeconds = Math.floor(Date.now() / 1000) * 1000;
  const notBefore = new Date(wholeSeconds - CLOCK_DIFFERENCE);
  const notAfter = new Date(notBefore.getTime() + validity.toMilliseconds({ integral: false }));
  const publicKey = createPublicKey(privateKey);
  return state.write(
    certificatePath,
    issueCertificate({ commonName, publicKey, notBefore, notAfter, leaf }, signer ?? { commonName, privateKey }),
  );
}

/** Whether a certificate says what is asked for, belongs to the key, is signed by the signer and has time left. */
function isCurrent(
  certificate: X509Certificate,
  privateKey: KeyObject,
  { commonName, leaf, validity }: KeptCertificateRequest,
  signer: CertifiedSigner | undefined,
): boolean {
  const from = Date.parse(certificate.validFrom);
  const to = Date.parse(certificate.validTo);
  const issuer = signer ? new X509Certificate(signer.certificate) : certificate;
  return (
    certificate.subject === `CN=${commonName}` &&
    certificate.checkPrivateKey(privateKey) &&
    certificate.checkIssued(issuer) &&
    certificate.verify(issuer.publicKey) &&
    (certificate.subjectAltName ?? '') === (leaf?.dnsNames ?? []).map((dns) => `DNS:${dns}`).join(', ') &&
    (certificate.keyUsage ?? []).join() === (leaf?.usages ?? []).map((usage) => USAGE_OIDS[usage]).join() &&
    to - from === Math.floor(validity.toSeconds({ integral: false })) * 1000 &&
    Date.now() < to - (to - from) / 3
  );
}

function isKey(pem: string): boolean {
  return (
    succeeds(() => createPrivateKey(pem)) && createPrivateKey(pem).asymmetricKeyDetails?.namedCurve === 'prime256v1'
  );
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
