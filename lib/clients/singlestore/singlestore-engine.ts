import { Construct } from 'constructs';
import { KafkaConnection } from '../../connection/kafka-connection';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { TrustedCertificates } from '../../pki/trusted-certificates';
import { SecretKey } from '../../secrets/secret-key';
import { enforce } from '../../validation/rule';
import { EngineFile } from './engine-files';
import { SINGLESTORE_ENGINE_RULES } from './singlestore-engine-rules';

/** What is said of every SingleStore. */
export interface SingleStoreEngineProps {
  /** The user that statements are run as. It needs the rights to create and start pipelines, or to select. */
  readonly username: string;
  /** The user's password. */
  readonly password: SecretKey;
  /** The authority that vouches for the engine's certificate: statements carry passwords and go over TLS alone. */
  readonly trust: TrustedCertificates;
  /**
   * The port of the engine.
   *
   * @default 3306
   */
  readonly port?: number;
}

/** A SingleStore that exists: where statements are sent, and where it has the files of its connections to Kafka. */
export abstract class SingleStoreEngine extends Construct {
  /** The host that statements are sent to. */
  public readonly host: string;
  /** The port that statements are sent to. */
  public readonly port: number;
  /** The user that statements are run as. */
  public readonly username: string;
  /** The user's password. */
  public readonly password: SecretKey;
  /** The authority that vouches for the engine's certificate. */
  public readonly trust: TrustedCertificates;

  /**
   * @param scope the scope
   * @param id the construct's id
   * @param host the host that statements are sent to
   * @param props user and port
   */
  protected constructor(scope: Construct, id: string, host: string, props: SingleStoreEngineProps) {
    super(scope, id);
    this.host = host;
    this.port = props.port ?? 3306;
    this.username = props.username;
    this.password = props.password;
    this.trust = props.trust;
    enforce(this, SINGLESTORE_ENGINE_RULES, this);
  }

  /** @internal What messages call it. */
  public abstract get _label(): string;

  /** @internal The namespace that the nodes run in; none if they run outside Kubernetes. */
  public abstract get _nodeNamespace(): string | undefined;

  /** @internal Where the nodes have a file; none if they cannot be given any. */
  public abstract _pathOf(file: EngineFile): string | undefined;

  /** @internal Where the nodes have the certificates that an authority for brokers is known by. */
  public abstract _trustPath(file: EngineFile): string;

  /** @internal Opens the way from the nodes to what they connect to. */
  public abstract _connect(connection: KafkaConnection, registry?: ISchemaRegistry): void;
}

/**
 * The public authorities, where the engine's images and the cloud service have them.
 *
 * @see SingleStore 9.0, "Load Data from Kafka"
 */
export const PUBLIC_AUTHORITIES = '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem';
