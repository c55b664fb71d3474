import { Duration } from 'cdk8s';
import { isDnsSubdomain } from '../kubernetes/names';
import { SecretKey } from '../secrets/secret-key';
import { Rule, faultIf } from '../validation/rule';
import type { ICertManagerIssuer } from './cert-manager-issuer';

const VALIDATION = 'cert-manager 1.21.1, internal/apis/certmanager/validation/certificate.go';

/** The shortest time before the end that cert-manager renews a certificate at. */
const MINIMUM_RENEWAL = 300;

/** When a certificate is renewed. */
export interface RenewedCertificate {
  /** The certificate as its user knows it. */
  readonly what: string;
  readonly validity: Duration;
  readonly renewBefore: Duration;
}

/** What cert-manager is asked to issue, and by whom. */
export interface IssuedCertificate {
  /** The certificate as its user knows it. */
  readonly what: string;
  readonly namespace: string;
  readonly secretName: string;
  readonly issuer: ICertManagerIssuer;
  readonly keystorePassword?: SecretKey;
}

export const CERT_MANAGER_ISSUER_RULES: readonly Rule<ICertManagerIssuer>[] = [
  {
    id: 'cert-manager-issuer-name',
    holds: 'An issuer has a name that Kubernetes takes.',
    remedy: 'give the name that kubectl get issuers (or clusterissuers) shows',
    source: 'Kubernetes 1.35, apimachinery validation (DNS subdomain)',
    faults: ({ issuerName, issuerKind }) =>
      faultIf(!isDnsSubdomain(issuerName), `no ${issuerKind} can be named '${issuerName}'`),
  },
];

export const CERT_MANAGER_RENEWAL_RULES: readonly Rule<RenewedCertificate>[] = [
  {
    id: 'certificate-renewal',
    holds: 'A certificate is renewed 5 minutes or more before its end, and after its beginning.',
    remedy: 'give a renewBefore that is shorter than validity, or leave it out: a third of validity',
    source: VALIDATION + ' (MinimumRenewBefore)',
    faults: ({ what, validity, renewBefore }) => {
      const seconds = renewBefore.toSeconds({ integral: false });
      return faultIf(
        !(seconds >= MINIMUM_RENEWAL && seconds < validity.toSeconds({ integral: false })),
        `${what}, valid for ${validity.toHumanString()}, cannot be renewed ${renewBefore.toHumanString()} before its end`,
      );
    },
  },
];

export const CERT_MANAGER_CERTIFICATE_RULES: readonly Rule<IssuedCertificate>[] = [
  {
    id: 'certificate-issuer-namespace',
    holds: 'An Issuer issues certificates in its own namespace.',
    remedy: 'make the certificate there, or use a ClusterIssuer',
    source: 'cert-manager 1.21.1, Certificate CRD, issuerRef',
    faults: ({ what, namespace, issuer }) =>
      faultIf(
        issuer.issuerNamespace !== undefined && issuer.issuerNamespace !== namespace,
        `Issuer '${issuer.issuerName}' of namespace '${issuer.issuerNamespace}' issues nothing in '${namespace}', where ${what} is`,
      ),
  },
  {
    id: 'keystore-password',
    holds: 'The password of a key store is in another Secret of the same namespace.',
    remedy: 'give a SecretKey of a Secret that is there before the certificate is',
    source: 'cert-manager 1.21.1, Certificate CRD, keystores.pkcs12.passwordSecretRef',
    faults: ({ what, namespace, secretName, keystorePassword: password }) => [
      ...faultIf(
        password?.namespace !== undefined && password.namespace !== namespace,
        `the key store of ${what} in namespace '${namespace}' cannot have its password from ${password?.toString()}`,
      ),
      ...faultIf(
        password?.secretName === secretName && (password.namespace ?? namespace) === namespace,
        `the key store of ${what} is to be kept in the Secret that its password comes from`,
      ),
    ],
  },
];
