import { isDnsSubdomain } from '../kubernetes/names';
import { Rule, faultIf } from '../validation/rule';
import type { ExternalSecret } from './external-secret';
import { isSecretDataKey } from './secret-data';

const TYPES = 'External Secrets Operator, apis/externalsecrets/v1/externalsecret_types.go';

export const EXTERNAL_SECRET_RULES: readonly Rule<ExternalSecret>[] = [
  {
    id: 'external-secret-name',
    holds: 'An external secret and its store have names that Kubernetes takes.',
    remedy: 'use lower-case letters, digits, dashes and dots',
    source: TYPES + ' (SecretStoreRef, ExternalSecretTarget)',
    faults: ({ secretName, _props: { storeName } }) => [
      ...faultIf(!isDnsSubdomain(secretName), `no ExternalSecret can be named '${secretName}'`),
      ...faultIf(!isDnsSubdomain(storeName), `no secret store can be named '${storeName}'`),
    ],
  },
  {
    id: 'external-secret-keys',
    holds: 'An external secret has keys that a Secret can have, each with its name in the store.',
    remedy: "give keys such as { password: { remoteKey: 'kafka/keycloak' } }",
    source: TYPES + ' (ExternalSecretData); Kubernetes 1.35, IsConfigMapKey',
    faults: ({ secretName, _props: { keys } }) => [
      ...faultIf(Object.keys(keys).length === 0, `external secret '${secretName}' has no keys`),
      ...Object.entries(keys).flatMap(([key, { remoteKey }]) => [
        ...faultIf(!isSecretDataKey(key), `external secret '${secretName}' cannot have a key '${key}'`),
        ...faultIf(
          remoteKey === '',
          `external secret '${secretName}' does not say what '${key}' is called in the store`,
        ),
      ]),
    ],
  },
  {
    id: 'external-secret-undeclared-key',
    holds: 'Only declared keys of an external secret are used.',
    remedy: 'add it to keys',
    source: 'Kubernetes 1.35: a pod that mounts a missing key does not start',
    faults: (s) => s._undeclared.map((key) => `external secret '${s.secretName}' has no key '${key}'`),
  },
  {
    id: 'external-secret-refresh',
    holds: 'An external secret is read again after 0 seconds (never) or more.',
    remedy: 'give refreshInterval: Duration.hours(1), for example',
    source: TYPES + ' (RefreshInterval)',
    faults: ({ secretName, _props: { refreshInterval } }) =>
      faultIf(
        refreshInterval !== undefined && !Number.isFinite(refreshInterval.toSeconds({ integral: false })),
        `external secret '${secretName}' has no interval to be read again at`,
      ),
  },
];
