import { Duration } from 'cdk8s';
import { isDnsLabel } from '../kubernetes/names';
import { Rule, faultIf } from '../validation/rule';
import { wholeSeconds } from './keycloak-client';
import type { KeycloakRealm } from './keycloak-realm';

const REALM_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,254}$/;
const CLIENT_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,238}$/;
const VARIABLE = /^[A-Z_][A-Z0-9_]*$/;
const LONGEST_LIFESPAN = 3600;

/** The clients that Keycloak makes in every realm. */
const OWN_CLIENTS = ['account', 'account-console', 'admin-cli', 'broker', 'realm-management', 'security-admin-console'];

/** Fields of a realm that the construct states, or that would take `preferred_username` out of the tokens. */
const REALM_FIELDS = ['realm', 'enabled', 'sslRequired', 'accessTokenLifespan', 'clients', 'clientScopes'];

/** The same of a client. */
const CLIENT_FIELDS = [
  'enabled',
  'clientId',
  'secret',
  'protocol',
  'publicClient',
  'bearerOnly',
  'clientAuthenticatorType',
  'serviceAccountsEnabled',
  'defaultClientScopes',
];

/** Fields of a realm whose values are secret. */
const SECRET_FIELD =
  /^(secret|clientSecret|password|bindCredential|keystorePassword|keyPassword|privateKey|secretData|registrationAccessToken)$/;
const PLACEHOLDER = /^\$\{[^{}]+\}$/;

export const KEYCLOAK_REALM_RULES: readonly Rule<KeycloakRealm>[] = [
  {
    id: 'realm-name',
    holds: 'The name of a realm is part of its URLs, and is not that of the administrators’ realm.',
    remedy: "use letters, digits, dots, dashes and underscores, such as 'kafka'; master exists already",
    source: 'Keycloak 26.6.4, services/.../ReservedCharValidator.java; an import does nothing to a realm that exists',
    faults: (r) =>
      faultIf(!REALM_NAME.test(r.realmName) || r.realmName === 'master', `no realm can be named '${r.realmName}'`),
  },
  {
    id: 'realm-resource-name',
    holds: 'The name of a KeycloakRealmImport is a DNS label, because the pods of its Job carry it as a label.',
    remedy: 'give resourceName: at most 63 lower-case letters, digits and dashes',
    source:
      'Keycloak 26.6.4, operator/.../KeycloakRealmImportJobDependentResource.java; Kubernetes 1.35 (job-name is a label)',
    faults: (r) => faultIf(!isDnsLabel(r.resourceName), `no KeycloakRealmImport can be named '${r.resourceName}'`),
  },
  {
    id: 'realm-token-lifespan',
    holds: 'Access tokens are valid for whole seconds, and at most an hour: brokers cannot take one back.',
    remedy: 'give accessTokenLifespan: Duration.minutes(5)',
    source:
      'RFC 9700, 2.2: brokers check signatures and learn nothing of a revoked token; Keycloak 26.6.4 counts in seconds',
    faults: (r) => [
      ...lifespanFaults(`tokens of realm '${r.realmName}'`, r.accessTokenLifespan),
      ...r.clients.flatMap((c) => lifespanFaults(`tokens of client '${c.clientId}'`, c.accessTokenLifespan)),
    ],
  },
  {
    id: 'realm-fields',
    holds: 'Further fields of a realm or client do not undo what it promises: its names, its secret, its tokens.',
    remedy: 'remove the field, or patch apiObject if you know better',
    source: 'Keycloak 26.6.4, measured: clientScopes and defaultClientScopes without profile drop preferred_username',
    faults: (r) => [
      ...Object.keys(r._props.additional ?? {})
        .filter((field) => REALM_FIELDS.includes(field))
        .map((field) => `realm '${r.realmName}' sets ${field}`),
      ...r.clients.flatMap((c) =>
        Object.keys(c._additional)
          .filter((field) => CLIENT_FIELDS.includes(field))
          .map((field) => `client '${c.clientId}' sets ${field}`),
      ),
    ],
  },
  {
    id: 'realm-literal-secret',
    holds: 'No secret value is in a realm, only placeholders.',
    remedy: 'write ${NAME}, and give placeholders: { NAME: SecretKey.existing(secret, key) }',
    source: 'Keycloak 26.6.4, operator/.../crds/v2beta1/realmimport/Placeholder.java',
    faults: (r) =>
      literalSecrets(r._representation()).map((path) => `realm '${r.realmName}' has a literal value at ${path}`),
  },
  {
    id: 'realm-placeholders',
    holds: 'Every ${...} in a realm is a placeholder that has a Secret key: any other stays in the realm as it is.',
    remedy: 'give placeholders: { NAME: SecretKey.existing(secret, key) }, or remove the ${...}',
    source: 'Keycloak 26.6.4, measured: an undeclared placeholder becomes the secret itself',
    faults: (r) => {
      const declared = Object.keys(r._placeholders());
      const used = JSON.stringify(r._representation()).matchAll(/\$\{([^{}]*)\}/g);
      return [...new Set([...used].map(([, name]) => name))]
        .filter((name) => !declared.includes(name))
        .map((name) => `realm '${r.realmName}' speaks of \${${name}}, which has no Secret key`);
    },
  },
  {
    id: 'realm-placeholder-name',
    holds: 'Placeholders are named like variables, not like those of Keycloak, and not like those of the clients.',
    remedy: 'use capitals, digits and underscores, and begin neither with KC_ nor with CLIENT_SECRET_',
    source:
      'Keycloak 26.6.4, operator/.../KeycloakRealmImportJobDependentResource.java: they are environment variables',
    faults: (r) =>
      Object.keys(r._props.placeholders ?? {})
        .filter((name) => !VARIABLE.test(name) || /^(KC|CLIENT_SECRET)_/.test(name))
        .map((name) => `realm '${r.realmName}' cannot have a placeholder ${name}`),
  },
  {
    id: 'realm-secret-namespace',
    holds: 'The Secrets that a realm reads are in the namespace of its Keycloak.',
    remedy: 'put the Secret into the namespace of Keycloak, or have it copied there',
    source: 'Keycloak 26.6.4, operator/.../crds/v2beta1/realmimport/Placeholder.java: the reference has no namespace',
    faults: (r) =>
      Object.values(r._placeholders())
        .filter(({ namespace }) => namespace !== undefined && namespace !== r.keycloak.namespace)
        .map((key) => `realm '${r.realmName}' in namespace '${r.keycloak.namespace}' cannot read ${key.toString()}`),
  },
  {
    id: 'realm-client-id',
    holds:
      'A client’s id is plain enough for URLs, principals and JAAS, and leaves room for service-account- before it.',
    remedy: 'use at most 239 letters, digits, dots, dashes and underscores',
    source: 'Keycloak 26.6.4: user names have 255 characters at most',
    faults: (r) =>
      r.clients.filter((c) => !CLIENT_ID.test(c.clientId)).map((c) => `no client can be called '${c.clientId}'`),
  },
  {
    id: 'realm-client-twice',
    holds: 'A realm has each client and each service account once, and Keycloak’s own clients are left alone.',
    remedy: 'choose ids that differ by more than capitals',
    source:
      'Keycloak 26.6.4, measured: service accounts are named in lower case; RealmManager.java makes its own clients',
    faults: (r) => {
      const accounts = r.clients.map((c) => c._serviceAccount());
      return r.clients.flatMap((c, index) => [
        ...faultIf(
          accounts.indexOf(c._serviceAccount()) !== index,
          `client '${c.clientId}' of realm '${r.realmName}' has the service account of another client`,
        ),
        ...faultIf(
          OWN_CLIENTS.includes(c.clientId),
          `client '${c.clientId}' is one that Keycloak makes in every realm`,
        ),
      ]);
    },
  },
  {
    id: 'realm-client-audience',
    holds: 'The tokens of a client say whom they are for, so that no other service accepts them.',
    remedy: "give audiences: ['kafka'], each name once",
    source: 'RFC 9700, 2.3: access tokens are restricted to certain resource servers',
    faults: (r) =>
      r.clients.flatMap((c) => [
        ...faultIf(c.audiences.length === 0, `the tokens of client '${c.clientId}' are for nobody`),
        ...faultIf(
          c.audiences.some((name) => name.trim() === ''),
          `client '${c.clientId}' has an audience without a name`,
        ),
        ...faultIf(new Set(c.audiences).size < c.audiences.length, `client '${c.clientId}' has an audience twice`),
      ]),
  },
];

function lifespanFaults(tokens: string, lifespan: Duration | undefined): string[] {
  if (!lifespan) return [];
  const seconds = wholeSeconds(lifespan);
  return faultIf(
    !Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_LIFESPAN,
    `${tokens} cannot be valid for ${seconds} seconds`,
  );
}

/** Where a realm has a secret value that is no placeholder. */
function literalSecrets(node: unknown, path = 'realm', parent = ''): string[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => literalSecrets(item, `${path}[${index}]`, parent));
  if (node === null || typeof node !== 'object') return [];
  return Object.entries(node).flatMap(([field, value]) => {
    const secret = SECRET_FIELD.test(field) || (parent === 'credentials' && field === 'value');
    const literals = [value].flat().some((item) => typeof item === 'string' && !PLACEHOLDER.test(item));
    return secret && literals ? [`${path}.${field}`] : literalSecrets(value, `${path}.${field}`, field);
  });
}
