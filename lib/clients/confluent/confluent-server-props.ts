import { KafkaConnection } from '../../connection/kafka-connection';
import { ResourceProps } from '../../kubernetes/resources';
import { ICertificate } from '../../pki/certificate';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';

/** Names and passwords for the clients of one of Confluent's servers (HTTP basic authentication). */
export interface ConfluentBasicAuthentication {
  /**
   * The Secret key that holds the users: a line `name: password,role` for each. A password may be hashed, as
   * `MD5:...` or `CRYPT:...`.
   *
   * @see Eclipse Jetty 12, PropertyFileLoginModule
   */
  readonly users: SecretKey;
  /** The roles whose users are let in. */
  readonly roles: string[];
  /**
   * What the section of the login configuration is called.
   *
   * @default 'Confluent'
   */
  readonly realm?: string;
}

/** What all of Confluent's servers have in common. Give exactly one of `certificate` and `unencrypted`. */
export interface ConfluentServerProps {
  /** How the server reaches Kafka. It runs in the namespace of the connection. */
  readonly connection: KafkaConnection;
  /**
   * The certificate that the server shows: it then speaks HTTPS only. Certificate and key are keys of one Secret. The
   * server reads them when it starts, so restart it when they were renewed.
   *
   * @default - none: `unencrypted` must say so
   */
  readonly certificate?: ICertificate;
  /**
   * Lets the server speak plain HTTP.
   *
   * @default false
   */
  readonly unencrypted?: boolean;
  /**
   * The authority that issued the certificates of the clients: only they are let in (mutual TLS).
   *
   * @default - clients need no certificate
   */
  readonly clientTrust?: TrustedCertificates;
  /**
   * Names and passwords that clients must know.
   *
   * @default - clients need none
   */
  readonly basicAuthentication?: ConfluentBasicAuthentication;
  /**
   * The name of the StatefulSet and the Service.
   *
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * The domain of the Kubernetes cluster, such as `cluster.local`, if the URLs should contain it.
   *
   * @default - hosts end in `.svc`, which resolves in every cluster
   */
  readonly clusterDomain?: string;
  /**
   * The image, by version or digest.
   *
   * @default - version 8.3.1
   */
  readonly image?: string;
  /**
   * The number of pods.
   *
   * @default 1
   */
  readonly replicas?: number;
  /**
   * What the container asks for and gets at most. Half of the memory is for the heap.
   *
   * @default - 250 to 1000 millicores and 1 GiB
   */
  readonly resources?: ResourceProps;
  /**
   * Further properties of the server, by their own names. Nothing secret, and nothing that follows from the rest.
   *
   * @default - none
   */
  readonly config?: { [property: string]: string };
}
