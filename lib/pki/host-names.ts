/** Whether one of a certificate's names, of which the first label may be a wildcard, is the host. */
export function coversHost(dnsNames: readonly string[], host: string): boolean {
  return dnsNames.some(
    (name) => name === host || (name.startsWith('*.') && name.slice(1) === host.slice(host.indexOf('.'))),
  );
}
