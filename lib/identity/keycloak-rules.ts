import { isDnsLabel } from '../kubernetes/names';
import { coversHost } from '../pki/host-names';
import { Rule, faultIf } from '../validation/rule';
import type { Keycloak } from './keycloak';

const NAME_LENGTH = 52;

export const KEYCLOAK_RULES: readonly Rule<Keycloak>[] = [
  {
    id: 'keycloak-name',
    holds: 'The name of a Keycloak is a DNS label, short enough for what the operator and Kubernetes derive from it.',
    remedy: `use at most ${NAME_LENGTH} lower-case letters, digits and dashes`,
    source:
      'Keycloak 26.6.4, operator: Services <name>-service and <name>-discovery; Kubernetes 1.35: pods of a StatefulSet carry <name>-<10 characters> as a label of 63 at most',
    faults: (k) => faultIf(!isDnsLabel(k.name) || k.name.length > NAME_LENGTH, `no Keycloak can be named '${k.name}'`),
  },
  {
    id: 'keycloak-instances',
    holds: 'A Keycloak has a whole number of pods, 1 or more.',
    remedy: 'give the number of pods, such as 2',
    source: 'Keycloak 26.6.4, operator: a realm is imported only once a pod is ready',
    faults: (k) =>
      faultIf(
        !Number.isInteger(k.instances) || k.instances < 1,
        `Keycloak '${k.name}' cannot have ${k.instances} pods`,
      ),
  },
  {
    id: 'keycloak-hostname',
    holds: 'The hostname of a Keycloak is a whole https URL, spelled as it will be in the tokens.',
    remedy: "write it like 'https://sso.example.com': lower-case host, no default port, no slash at the end, no query",
    source: 'Keycloak 26.6.4, "Configuring the hostname"; RFC 7519, 4.1.1: the issuer is compared letter by letter',
    faults: (k) =>
      faultIf(
        k.hostname !== k.url && !isPlainHttpsUrl(k.hostname),
        `the hostname '${k.hostname}' of Keycloak '${k.name}' does not fit`,
      ),
  },
  {
    id: 'keycloak-certificate',
    holds: 'The certificate of a Keycloak is tls.crt and tls.key of one Secret in its namespace.',
    remedy: 'issue the certificate in the namespace of Keycloak, as a Secret of type kubernetes.io/tls',
    source: 'Keycloak 26.6.4, operator/.../spec/HttpSpec.java (tlsSecret)',
    faults: (k) => {
      const { certificate, privateKey } = k.certificate;
      const elsewhere = [certificate, privateKey].filter(
        ({ namespace }) => namespace !== undefined && namespace !== k.namespace,
      );
      return [
        ...faultIf(
          certificate.secretName !== privateKey.secretName,
          `Keycloak '${k.name}': the certificate is in Secret ${certificate.secretName}, its key in ${privateKey.secretName}`,
        ),
        ...faultIf(certificate.key !== 'tls.crt', `Keycloak '${k.name}': the certificate is called ${certificate.key}`),
        ...faultIf(
          privateKey.key !== 'tls.key',
          `Keycloak '${k.name}': the key of the certificate is called ${privateKey.key}`,
        ),
        ...elsewhere.map((key) => `Keycloak '${k.name}' in namespace '${k.namespace}' cannot mount ${key.toString()}`),
      ];
    },
  },
  {
    id: 'keycloak-certificate-names',
    holds: 'The certificate of a Keycloak is valid for the host of its Service, where brokers and clients connect.',
    remedy: 'issue it for Keycloak.dnsNames(name, namespace)',
    source: 'RFC 9110, 4.3.4: clients check the host name',
    faults: (k) =>
      faultIf(
        !coversHost(k.certificate.dnsNames, k.host),
        `the certificate '${k.certificate.commonName}' of Keycloak '${k.name}' is not valid for ${k.host}`,
      ),
  },
  {
    id: 'keycloak-database-secrets',
    holds: 'The Secrets with the user name and the password of the database are in the namespace of Keycloak.',
    remedy: 'put the Secrets into the namespace of Keycloak, or have them copied there',
    source: 'Keycloak 26.6.4, operator/.../spec/DatabaseSpec.java: the references have no namespace',
    faults: (k) =>
      [k.database.usernameSecret, k.database.passwordSecret]
        .filter(({ namespace }) => namespace !== undefined && namespace !== k.namespace)
        .map((key) => `Keycloak '${k.name}' in namespace '${k.namespace}' cannot read ${key.toString()}`),
  },
  {
    id: 'keycloak-realms',
    holds: 'A Keycloak has each realm once.',
    remedy: 'declare a realm once, and add all of its clients to it',
    source: 'Keycloak 26.6.4: an import does nothing to a realm that exists',
    faults: (k) => {
      const names = k._realms().map(({ realmName }) => realmName);
      const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
      return [...repeated].map((name) => `Keycloak '${k.name}' has two realms '${name}'`);
    },
  },
];

function isPlainHttpsUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, origin, pathname } = new URL(text);
  return protocol === 'https:' && text === origin + (pathname === '/' ? '' : pathname) && !text.endsWith('/');
}
