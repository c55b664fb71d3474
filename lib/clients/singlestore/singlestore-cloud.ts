import { Construct } from 'constructs';
import { KafkaConnection } from '../../connection/kafka-connection';
import { ISchemaRegistry } from '../../connection/schema-registry';
import { EngineFile } from './engine-files';
import { PUBLIC_AUTHORITIES, SingleStoreEngine, SingleStoreEngineProps } from './singlestore-engine';

/** A workspace of SingleStore's cloud service. */
export interface SingleStoreCloudProps extends SingleStoreEngineProps {
  /** The host of the workspace. */
  readonly host: string;
}

/**
 * A workspace of SingleStore's cloud service (Helios). It makes no resource.
 *
 * Its nodes know the public authorities and those that were uploaded in its portal. Other files it cannot be given, so
 * that client certificates and keytabs are refused.
 *
 * @see SingleStore Helios, "Load Data from Kafka"
 */
export class SingleStoreCloud extends SingleStoreEngine {
  /**
   * @param scope the scope
   * @param id the construct's id
   * @param props the workspace
   */
  public constructor(scope: Construct, id: string, props: SingleStoreCloudProps) {
    super(scope, id, props.host, props);
  }

  /** @internal */
  public get _label(): string {
    return `SingleStore workspace '${this.node.id}'`;
  }

  /** @internal */
  public get _nodeNamespace(): string | undefined {
    return undefined;
  }

  /** @internal */
  public _pathOf(_file: EngineFile): string | undefined {
    return undefined;
  }

  /** @internal Uploaded authorities are in the same file. */
  public _trustPath(_file: EngineFile): string {
    return PUBLIC_AUTHORITIES;
  }

  /** @internal The nodes are not in this cluster. */
  public _connect(_connection: KafkaConnection, _registry?: ISchemaRegistry): void {}
}
