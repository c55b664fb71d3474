import { Duration } from 'cdk8s';
import { isDnsSubdomain } from '../kubernetes/names';
import { Rule, faultIf } from '../validation/rule';
import { CertificateUsage } from './certificate-request';

/** What an authority's certificate and those that it issues have in common. */
export interface CertificateSubject {
  /** The certificate as its user knows it: `certificate 'etl'`, `authority 'internal-ca'`. */
  readonly what: string;
  /** The Kubernetes objects that are made for it. */
  readonly objectNames: readonly string[];
  readonly commonName: string;
  readonly validity: Duration;
}

/** A certificate that an authority issues. */
export interface LeafCertificate extends CertificateSubject {
  readonly dnsNames: readonly string[];
  readonly usages: readonly CertificateUsage[];
  /** The authority, if it is of this app. */
  readonly authority?: {
    readonly authorityName: string;
    readonly commonName: string;
    readonly validity: Duration;
  };
}

const HOUR = 3600;
const CENTURY = 100 * 365 * 24 * HOUR;

/** Letters, digits and what RFC 2253 writes as it is: a principal made of such a name needs no escapes. */
const COMMON_NAME = /^[\w.@:*-]([\w .@:*-]{0,62}[\w.@:*-])?$/;

export const CERTIFICATE_RULES: readonly Rule<CertificateSubject>[] = [
  {
    id: 'certificate-object-name',
    holds: 'A certificate and the Secret that it is kept in have names that Kubernetes takes.',
    remedy: 'give a name of lower-case letters, digits, dashes and dots',
    source: 'Kubernetes 1.35, apimachinery validation (DNS subdomain); cert-manager 1.21.1, validation/certificate.go',
    faults: ({ what, objectNames }) =>
      [...new Set(objectNames)]
        .filter((name) => !isDnsSubdomain(name))
        .map((name) => `no object of ${what} can be named '${name}'`),
  },
  {
    id: 'certificate-common-name',
    holds: 'A common name has 1 to 64 characters, and none that a principal name would have to escape.',
    remedy: 'use letters, digits, spaces and . _ - @ : *; a server’s long names belong in dnsNames',
    source: 'RFC 5280, ub-common-name; cert-manager 1.21.1, validation/certificate.go; RFC 2253, section 2.4',
    faults: ({ what, commonName }) =>
      faultIf(!COMMON_NAME.test(commonName), `${what} cannot have the common name '${commonName}'`),
  },
  {
    id: 'certificate-validity',
    holds: 'A certificate is valid for 1 hour to 100 years.',
    remedy: 'give validity: Duration.days(90), for example',
    source: 'cert-manager 1.21.1, MinimumCertificateDuration; Go’s time.Duration ends at 292 years',
    faults: ({ what, validity }) => {
      const seconds = validity.toSeconds({ integral: false });
      return faultIf(
        !(seconds >= HOUR && seconds <= CENTURY),
        `${what} cannot be valid for ${validity.toHumanString()}`,
      );
    },
  },
];

export const LEAF_CERTIFICATE_RULES: readonly Rule<LeafCertificate>[] = [
  ...CERTIFICATE_RULES,
  {
    id: 'certificate-dns-names',
    holds: 'The DNS names of a certificate are host names in lower case, at most with * for the first label.',
    remedy: "write them as clients do: 'registry.flink.svc', '*.example.com'; addresses are no DNS names",
    source: 'RFC 5280, section 4.2.1.6; RFC 6125, section 6.4.3',
    faults: ({ what, dnsNames }) =>
      dnsNames.filter((name) => !isCertifiableHost(name)).map((name) => `${what} cannot be for the DNS name '${name}'`),
  },
  {
    id: 'certificate-server-name',
    holds: 'A server’s certificate has a DNS name, because clients no longer look at the common name.',
    remedy: 'give dnsNames: the names that clients connect to',
    source: 'RFC 6125, section 6.4.4; Kafka 4.3.1 (ssl.endpoint.identification.algorithm=https)',
    faults: ({ what, dnsNames, usages }) =>
      faultIf(usages.includes(CertificateUsage.SERVER) && dnsNames.length === 0, `${what} of a server has no DNS name`),
  },
  {
    id: 'certificate-usages',
    holds: 'A certificate may be used for something.',
    remedy: 'leave usages out, or give CertificateUsage.SERVER, CertificateUsage.CLIENT or both',
    source: 'RFC 5280, section 4.2.1.12: without an extended key usage a certificate is good for everything',
    faults: ({ what, usages }) => faultIf(usages.length === 0, `${what} has no usages`),
  },
  {
    id: 'certificate-within-authority',
    holds: 'A certificate is valid for less time than the authority that issues it.',
    remedy: 'shorten its validity, or lengthen that of the authority',
    source: 'RFC 5280, section 6.1: a certificate outside the validity of its issuer is not accepted',
    faults: ({ what, validity, authority }) =>
      faultIf(
        authority !== undefined && seconds(validity) >= seconds(authority.validity),
        `${what} would outlive authority '${authority?.authorityName}'`,
      ),
  },
  {
    id: 'certificate-not-authority',
    holds: 'A certificate has another common name than the authority that issues it.',
    remedy: 'give either of them another commonName',
    source: 'RFC 5280, section 3.2: what has the same subject and issuer passes for an authority that signed itself',
    faults: ({ what, commonName, authority }) =>
      faultIf(
        authority?.commonName === commonName,
        `${what} has the common name of authority '${authority?.authorityName}'`,
      ),
  },
];

/** Whether a certificate can be for `name`. A last label of digits alone makes it an address. */
function isCertifiableHost(name: string): boolean {
  const host = name.replace(/^\*\./, '');
  return isDnsSubdomain(host) && host.split('.').every((label) => label.length <= 63) && !/(^|\.)\d+$/.test(host);
}

function seconds(duration: Duration): number {
  return duration.toSeconds({ integral: false });
}
