import { KeyObject, createHash, createPublicKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { asn1 } from 'node-forge';
import { CertificateUsage } from './certificate-request';

/** Who signs a certificate. */
export interface Signer {
  readonly commonName: string;
  readonly privateKey: KeyObject;
}

/** What a certificate says. */
export interface CertificateContent {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** What a leaf is for; none for an authority. */
  readonly leaf?: { readonly dnsNames: readonly string[]; readonly usages: readonly CertificateUsage[] };
}

/** The object identifiers of RFC 5280 and RFC 5480 that are written here. */
const OID = {
  commonName: '2.5.4.3',
  ecPublicKey: '1.2.840.10045.2.1',
  p256: '1.2.840.10045.3.1.7',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
};

export const USAGE_OIDS: Record<CertificateUsage, string> = {
  [CertificateUsage.SERVER]: '1.3.6.1.5.5.7.3.1',
  [CertificateUsage.CLIENT]: '1.3.6.1.5.5.7.3.2',
};

/** The bits of a key usage as DER writes them: how many of the last byte are unused, and the byte. */
const DIGITAL_SIGNATURE = '\x07\x80';
const CERTIFICATE_AND_CRL_SIGNATURE = '\x01\x06';

/** The length of an uncompressed point on P-256, with which the DER form of a public key ends. */
const POINT_LENGTH = 65;

/** UTCTime ends here; later dates are written as GeneralizedTime (RFC 5280, section 4.1.2.5). */
const UTC_TIME_END = Date.UTC(2050, 0);

/** The typings of node-forge know universal tags only; the tags of a structure's own parts are plain numbers. */
const create: (tagClass: asn1.Class, tag: number, constructed: boolean, value: string | asn1.Asn1[]) => asn1.Asn1 =
  asn1.create;

/** A new ECDSA key on P-256, in PKCS#8. It costs a thousandth of an RSA key. */
export function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** A certificate for `content`, signed by `signer`, in PEM. */
export function issueCertificate(content: CertificateContent, signer: Signer): string {
  const algorithm = sequence(oid(OID.ecdsaWithSha256));
  const body = sequence(
    context(0, [integer('\x02')]),
    integer(newSerialNumber()),
    algorithm,
    name(signer.commonName),
    sequence(time(content.notBefore), time(content.notAfter)),
    name(content.commonName),
    sequence(sequence(oid(OID.ecPublicKey), oid(OID.p256)), bits('\x00' + pointOf(content.publicKey))),
    context(3, [sequence(...extensionsOf(content, createPublicKey(signer.privateKey)))]),
  );
  const signature = sign('sha256', toDer(body), signer.privateKey);
  const certificate = sequence(body, algorithm, bits('\x00' + signature.toString('latin1')));
  const lines =
    toDer(certificate)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function extensionsOf({ publicKey, leaf }: CertificateContent, signerKey: KeyObject): asn1.Asn1[] {
  const own = extension(OID.subjectKeyIdentifier, false, octets(keyIdentifier(publicKey)));
  const signers = extension(OID.authorityKeyIdentifier, false, sequence(contextPrimitive(0, keyIdentifier(signerKey))));
  if (!leaf) {
    return [
      // It issues leaves only: no authority may stand between.
      extension(OID.basicConstraints, true, sequence(boolean(true), integer('\x00'))),
      extension(OID.keyUsage, true, bits(CERTIFICATE_AND_CRL_SIGNATURE)),
      own,
      signers,
    ];
  }
  return [
    extension(OID.basicConstraints, true, sequence()),
    extension(OID.keyUsage, true, bits(DIGITAL_SIGNATURE)),
    extension(OID.extendedKeyUsage, false, sequence(...leaf.usages.map((usage) => oid(USAGE_OIDS[usage])))),
    own,
    signers,
    ...(leaf.dnsNames.length
      ? [extension(OID.subjectAltName, false, sequence(...leaf.dnsNames.map((dns) => contextPrimitive(2, dns))))]
      : []),
  ];
}

/** 16 bytes, of which the first makes a positive number without leading zeros: OpenSSL refuses others. */
function newSerialNumber(): string {
  const serial = randomBytes(16);
  serial[0] = serial[0] & 0x7f || 1;
  return serial.toString('latin1');
}

/**
 * The identifier of a key: the beginning of the hash of its point.
 *
 * @see RFC 7093, section 2, method 1
 */
function keyIdentifier(publicKey: KeyObject): string {
  const hash = createHash('sha256').update(pointOf(publicKey), 'latin1').digest();
  return hash.subarray(0, 20).toString('latin1');
}

function pointOf(publicKey: KeyObject): string {
  return publicKey.export({ type: 'spki', format: 'der' }).subarray(-POINT_LENGTH).toString('latin1');
}

function toDer(node: asn1.Asn1): Buffer {
  return Buffer.from(asn1.toDer(node).getBytes(), 'latin1');
}

function extension(id: string, critical: boolean, value: asn1.Asn1): asn1.Asn1 {
  return sequence(oid(id), ...(critical ? [boolean(true)] : []), octets(toDer(value).toString('latin1')));
}

function name(commonName: string): asn1.Asn1 {
  const attribute = sequence(
    oid(OID.commonName),
    primitive(asn1.Type.UTF8, Buffer.from(commonName).toString('latin1')),
  );
  return sequence(create(asn1.Class.UNIVERSAL, asn1.Type.SET, true, [attribute]));
}

function time(date: Date): asn1.Asn1 {
  return date.getTime() < UTC_TIME_END
    ? primitive(asn1.Type.UTCTIME, asn1.dateToUtcTime(date))
    : primitive(asn1.Type.GENERALIZEDTIME, asn1.dateToGeneralizedTime(date));
}

function sequence(...parts: asn1.Asn1[]): asn1.Asn1 {
  return create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, parts);
}

function oid(id: string): asn1.Asn1 {
  return primitive(asn1.Type.OID, asn1.oidToDer(id).getBytes());
}

function integer(bytes: string): asn1.Asn1 {
  return primitive(asn1.Type.INTEGER, bytes);
}

function boolean(value: boolean): asn1.Asn1 {
  return primitive(asn1.Type.BOOLEAN, value ? '\xff' : '\x00');
}

function octets(bytes: string): asn1.Asn1 {
  return primitive(asn1.Type.OCTETSTRING, bytes);
}

function bits(bytes: string): asn1.Asn1 {
  return primitive(asn1.Type.BITSTRING, bytes);
}

function primitive(type: asn1.Type, bytes: string): asn1.Asn1 {
  return create(asn1.Class.UNIVERSAL, type, false, bytes);
}

function context(tag: number, parts: asn1.Asn1[]): asn1.Asn1 {
  return create(asn1.Class.CONTEXT_SPECIFIC, tag, true, parts);
}

function contextPrimitive(tag: number, bytes: string): asn1.Asn1 {
  return create(asn1.Class.CONTEXT_SPECIFIC, tag, false, bytes);
}
