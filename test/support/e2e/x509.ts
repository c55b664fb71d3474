import {
  KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  randomBytes,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import { asn1, pkcs12, pki } from 'node-forge';

/** The parts of a name, from the root of the directory to its leaf. */
export type Subject = readonly (readonly ['O' | 'OU' | 'CN', string])[];

/** What a certificate says. */
export interface CertificateContent {
  readonly subject: Subject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly isCa?: boolean;
  readonly dnsNames?: readonly string[];
  /** In the words of cert-manager: `digital signature`, `server auth`. */
  readonly usages: readonly string[];
  readonly hash?: 'sha256' | 'sha512';
}

/** A certificate and its private key. */
export interface KeyAndCertificate {
  readonly subject: Subject;
  readonly key: KeyObject;
  /** In PEM. */
  readonly certificate: string;
}

const OID = {
  CN: '2.5.4.3',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  ecdsa: { sha256: '1.2.840.10045.4.3.2', sha512: '1.2.840.10045.4.3.4' },
  rsa: { sha256: '1.2.840.113549.1.1.11', sha512: '1.2.840.113549.1.1.13' },
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
};

/** The bits of RFC 5280, section 4.2.1.3. */
const KEY_USAGES: Record<string, number> = {
  'digital signature': 0,
  'content commitment': 1,
  'key encipherment': 2,
  'data encipherment': 3,
  'key agreement': 4,
  'cert sign': 5,
  'crl sign': 6,
};

const EXTENDED_USAGES: Record<string, string> = {
  'server auth': '1.3.6.1.5.5.7.3.1',
  'client auth': '1.3.6.1.5.5.7.3.2',
};

/** The typings of node-forge know universal tags only; the tags of a structure's own parts are plain numbers. */
const create: (tagClass: asn1.Class, tag: number, constructed: boolean, value: string | asn1.Asn1[]) => asn1.Asn1 =
  asn1.create;
const { Class, Type } = asn1;
const generate = promisify(generateKeyPair);

/** A new RSA key. */
export async function rsaKey(bits = 2048): Promise<KeyObject> {
  return (await generate('rsa', { modulusLength: bits })).privateKey;
}

/** A new key on one of the curves P-256, P-384, P-521. */
export async function ecKey(bits = 256): Promise<KeyObject> {
  return (await generate('ec', { namedCurve: `P-${bits}` })).privateKey;
}

/** A certificate for `key`: signed by `issuer`, or by the key itself. */
export function certify(content: CertificateContent, key: KeyObject, issuer?: KeyAndCertificate): KeyAndCertificate {
  const { subject, hash = 'sha256' } = content;
  const signer = issuer?.key ?? key;
  const algorithm = sequence(
    oid(signer.asymmetricKeyType === 'rsa' ? OID.rsa[hash] : OID.ecdsa[hash]),
    ...(signer.asymmetricKeyType === 'rsa' ? [create(Class.UNIVERSAL, Type.NULL, false, '')] : []),
  );
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const body = sequence(
    create(Class.CONTEXT_SPECIFIC, 0, true, [integer('\x02')]),
    // A first byte below 0x80 that is not zero: OpenSSL refuses negative serial numbers and padded ones.
    integer(`\x4a${randomBytes(15).toString('latin1')}`),
    algorithm,
    name(issuer?.subject ?? subject),
    sequence(time(content.notBefore), time(content.notAfter)),
    name(subject),
    asn1.fromDer(publicKey.toString('latin1')),
    create(Class.CONTEXT_SPECIFIC, 3, true, [sequence(...extensions(content, key, signer))]),
  );
  const signature = sign(hash, Buffer.from(asn1.toDer(body).getBytes(), 'latin1'), signer);
  const der = asn1.toDer(sequence(body, algorithm, bits(signature.toString('latin1')))).getBytes();
  return { subject, key, certificate: pem('CERTIFICATE', Buffer.from(der, 'latin1')) };
}

/** A private key in PEM. */
export function privateKeyPem(key: KeyObject, encoding: 'PKCS1' | 'PKCS8' = 'PKCS8'): string {
  if (encoding === 'PKCS8') return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return key.export({ type: key.asymmetricKeyType === 'rsa' ? 'pkcs1' : 'sec1', format: 'pem' } as never).toString();
}

/** A PKCS #12 store with an RSA key and its certificate. */
export function keyStore({ key, certificate }: KeyAndCertificate, alias: string, password: string): Buffer {
  const rsa = pki.privateKeyFromPem(
    privateKeyPem(createPrivateKey(key.export({ type: 'pkcs1', format: 'pem' })), 'PKCS1'),
  );
  const store = pkcs12.toPkcs12Asn1(rsa, [pki.certificateFromPem(certificate)], password, {
    algorithm: 'aes256',
    friendlyName: alias,
  });
  return Buffer.from(asn1.toDer(store).getBytes(), 'latin1');
}

function extensions(content: CertificateContent, key: KeyObject, signer: KeyObject): asn1.Asn1[] {
  const keyUsages = content.usages.filter((usage) => usage in KEY_USAGES).map((usage) => KEY_USAGES[usage]);
  const extended = content.usages
    .filter((usage) => usage in EXTENDED_USAGES)
    .map((usage) => oid(EXTENDED_USAGES[usage]));
  const unknown = content.usages.filter((usage) => !(usage in KEY_USAGES) && !(usage in EXTENDED_USAGES));
  if (unknown.length > 0) throw new Error(`usages that are not emulated: ${unknown.join(', ')}`);
  const dnsNames = (content.dnsNames ?? []).map((dns) => create(Class.CONTEXT_SPECIFIC, 2, false, dns));
  const isCa = content.isCa ? [create(Class.UNIVERSAL, Type.BOOLEAN, false, '\xff')] : [];
  const authority = create(Class.CONTEXT_SPECIFIC, 0, false, keyId(signer));
  return [
    extension(OID.basicConstraints, sequence(...isCa), true),
    ...(keyUsages.length > 0 ? [extension(OID.keyUsage, keyUsageBits(keyUsages), true)] : []),
    ...(extended.length > 0 ? [extension(OID.extendedKeyUsage, sequence(...extended))] : []),
    ...(dnsNames.length > 0 ? [extension(OID.subjectAltName, sequence(...dnsNames))] : []),
    extension(OID.subjectKeyIdentifier, create(Class.UNIVERSAL, Type.OCTETSTRING, false, keyId(key))),
    extension(OID.authorityKeyIdentifier, sequence(authority)),
  ];
}

function extension(id: string, value: asn1.Asn1, critical = false): asn1.Asn1 {
  return sequence(
    oid(id),
    ...(critical ? [create(Class.UNIVERSAL, Type.BOOLEAN, false, '\xff')] : []),
    create(Class.UNIVERSAL, Type.OCTETSTRING, false, asn1.toDer(value).getBytes()),
  );
}

function keyUsageBits(usages: readonly number[]): asn1.Asn1 {
  const byte = usages.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  const unused = 7 - Math.max(...usages);
  return create(Class.UNIVERSAL, Type.BITSTRING, false, String.fromCharCode(unused, byte));
}

function keyId(key: KeyObject): string {
  return createHash('sha1')
    .update(createPublicKey(key).export({ type: 'spki', format: 'der' }))
    .digest()
    .toString('latin1');
}

function name(subject: Subject): asn1.Asn1 {
  const part = (type: 'O' | 'OU' | 'CN', value: string) =>
    sequence(oid(OID[type]), create(Class.UNIVERSAL, Type.UTF8, false, Buffer.from(value).toString('latin1')));
  return sequence(...subject.map(([type, value]) => create(Class.UNIVERSAL, Type.SET, true, [part(type, value)])));
}

/** RFC 5280, section 4.1.2.5: two digits of the year until 2049. */
function time(date: Date): asn1.Asn1 {
  return date.getUTCFullYear() < 2050
    ? create(Class.UNIVERSAL, Type.UTCTIME, false, asn1.dateToUtcTime(date))
    : create(Class.UNIVERSAL, Type.GENERALIZEDTIME, false, asn1.dateToGeneralizedTime(date));
}

function sequence(...parts: asn1.Asn1[]): asn1.Asn1 {
  return create(Class.UNIVERSAL, Type.SEQUENCE, true, parts);
}

function oid(id: string): asn1.Asn1 {
  return create(Class.UNIVERSAL, Type.OID, false, asn1.oidToDer(id).getBytes());
}

function integer(bytes: string): asn1.Asn1 {
  return create(Class.UNIVERSAL, Type.INTEGER, false, bytes);
}

function bits(bytes: string): asn1.Asn1 {
  return create(Class.UNIVERSAL, Type.BITSTRING, false, `\x00${bytes}`);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
