/** What a certificate may be used for. */
export enum CertificateUsage {
  /** To prove to clients who a server is. */
  SERVER = 'server auth',
  /** To prove to servers who a client is. */
  CLIENT = 'client auth',
}

/** Who a certificate is for. */
export interface CertificateRequestProps {
  /**
   * The subject's common name, which is the whole subject: 1 to 64 characters. For a client of Kafka it is the user.
   */
  readonly commonName: string;
  /**
   * The names that clients reach the server by. The first label may be `*`.
   *
   * @default - none: a client's certificate
   */
  readonly dnsNames?: string[];
  /**
   * What the certificate may be used for.
   *
   * @default - SERVER if there are DNS names, otherwise CLIENT
   */
  readonly usages?: CertificateUsage[];
}

/** The usages that a request asks for. */
export function usagesOf(props: CertificateRequestProps): CertificateUsage[] {
  if (props.usages) return [...new Set(props.usages)];
  return [props.dnsNames?.length ? CertificateUsage.SERVER : CertificateUsage.CLIENT];
}
