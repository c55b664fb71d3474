import { KafkaConnection } from '../connection/kafka-connection';

/** @internal Where each kind of storage keeps the schemas. */
export type RegistryStorageDetails =
  { readonly kind: 'memory' } | { readonly kind: 'kafka'; readonly connection: KafkaConnection };

/** Where an Apicurio Registry keeps its schemas. */
export class RegistryStorage {
  /** In the memory of its one pod: they are gone when it restarts, and their ids are given anew. */
  public static inMemory(): RegistryStorage {
    return new RegistryStorage({ kind: 'memory' });
  }

  /**
   * In topics of a Kafka cluster, which the registry creates. Its user is given the rights that takes.
   *
   * @param connection how the registry reaches the cluster
   */
  public static kafka(connection: KafkaConnection): RegistryStorage {
    return new RegistryStorage({ kind: 'kafka', connection });
  }

  private constructor(
    /** @internal */
    public readonly _details: RegistryStorageDetails,
  ) {}

  /** @internal How the registry reaches Kafka; none if it keeps its schemas in memory. */
  public _connection(): KafkaConnection | undefined {
    return this._details.kind === 'kafka' ? this._details.connection : undefined;
  }
}
