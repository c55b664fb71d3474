import { ClusterSecrets } from './cluster-secrets';

/** The values of some keys of a Secret. */
export interface SecretValues {
  readonly secretName: string;
  readonly values: Readonly<Record<string, string | Buffer>>;
}

/** Does something while a Secret has other values for some keys. */
export async function whileSecretHas<T>(
  secrets: ClusterSecrets,
  { secretName, values }: SecretValues,
  work: () => Promise<T>,
): Promise<T> {
  const before = Object.fromEntries(secrets.secret(secretName));
  secrets.put(secretName, { ...before, ...values });
  try {
    return await work();
  } finally {
    secrets.put(secretName, before);
  }
}
