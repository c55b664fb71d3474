import { TrustedCertificates } from '../pki/trusted-certificates';
import { SchemaRegistryCredentials } from './schema-registry-credentials';

/** A schema registry, as its clients see it. */
export interface ISchemaRegistry {
  /** The URL of its Confluent-compatible API. */
  readonly confluentUrl: string;
  /** The authority that vouches for its certificate; none for plain HTTP or a public authority. */
  readonly trust?: TrustedCertificates;
  /** What clients prove their identity with; none if they need not. */
  readonly credentials?: SchemaRegistryCredentials;

  /**
   * Opens the registry to pods. Constructs for clients do it by themselves.
   *
   * @param labels the labels of the pods
   * @param namespace the namespace of the pods
   */
  allowFromPods(labels: { [key: string]: string }, namespace: string): void;
}

/** What is known of a schema registry that exists already. */
export interface ExistingSchemaRegistryProps {
  /** The URL of its Confluent-compatible API, such as `https://registry.example.com/apis/ccompat/v7`. */
  readonly confluentUrl: string;
  /**
   * The authority that vouches for its certificate.
   *
   * @default - the public authorities that the client's platform knows
   */
  readonly trust?: TrustedCertificates;
  /**
   * What clients prove their identity with.
   *
   * @default - nothing
   */
  readonly credentials?: SchemaRegistryCredentials;
}

/** A schema registry that exists already. */
export class ExistingSchemaRegistry implements ISchemaRegistry {
  public readonly confluentUrl: string;
  public readonly trust?: TrustedCertificates;
  public readonly credentials?: SchemaRegistryCredentials;

  /**
   * @param props what is known of the registry
   */
  public constructor(props: ExistingSchemaRegistryProps) {
    this.confluentUrl = props.confluentUrl;
    this.trust = props.trust;
    this.credentials = props.credentials;
  }

  /**
   * Does nothing: who may reach a registry outside this app is decided there.
   *
   * @param _labels the labels of the pods
   * @param _namespace the namespace of the pods
   */
  public allowFromPods(_labels: { [key: string]: string }, _namespace: string): void {}
}
