import { ICertificate } from '../../pki/certificate';
import { secretPath } from '../../connection/client-files';
import { literalEnvValue } from '../../kubernetes/env-value';

/** Where the key stores are, and the password of both, which is made when the pod starts. */
export const KEY_STORES = '/opt/ksqldb-key-stores';
export const KEY_STORE_PASSWORD = 'password';

/** The file name of the key store of the server's own listener. */
export const LISTENER_STORE = 'listener.p12';
/** The file name of the key store with which the server logs in to Kafka. */
export const KAFKA_STORE = 'kafka.p12';
/** The file name of the key store with which the server logs in to the schema registry. */
export const REGISTRY_STORE = 'registry.p12';

/**
 * The command that puts certificates and keys into PKCS#12 files, with a password that only this pod ever sees.
 *
 * The server's listener reads no PEM, and the settings of its key store reach the clients of Kafka as well, where a
 * key store of another kind could not stand beside them.
 *
 * @see ksqlDB 8.3, ksqldb-rest-app/.../rest/server/KsqlRestConfig.java (JKS, PKCS12 and BCFKS)
 */
export function keyStoreCommand(stores: { readonly [file: string]: ICertificate }): string[] {
  const password = `${KEY_STORES}/${KEY_STORE_PASSWORD}`;
  const script = [
    'umask 077',
    // The server takes the whole file for the password, so no line break may end it.
    `printf %s "$(openssl rand -hex 32)" > ${password}`,
    ...Object.entries(stores).map(
      ([file, { certificate, privateKey }]) =>
        `openssl pkcs12 -export -name key -in ${secretPath(certificate)} -inkey ${secretPath(privateKey)} ` +
        `-passout file:${password} -out ${KEY_STORES}/${file}`,
    ),
  ].join('\n');
  // Kubernetes replaces `$(...)` in commands as it does in variables.
  return ['/bin/sh', '-ec', literalEnvValue(script)];
}
