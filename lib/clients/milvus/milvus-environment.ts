import { SecretKey } from '../../secrets/secret-key';

/** Environment variables with secret values, as Kubernetes writes them. */
export function secretEnvironment(secrets: Readonly<Record<string, SecretKey>>): object[] {
  return Object.entries(secrets).map(([name, { secretName, key }]) => ({
    name,
    valueFrom: { secretKeyRef: { name: secretName, key } },
  }));
}
