import { Duration } from 'cdk8s';

/** Records that are written in transactions. */
export interface ExactlyOnceProps {
  /** What the transactional ids begin with: no other sink of the Kafka cluster may have the same. */
  readonly transactionalIdPrefix: string;
  /**
   * How long a transaction may stay open: longer than checkpoints are apart, and no more than the brokers'
   * `transaction.max.timeout.ms`.
   *
   * @default Duration.minutes(15), which is what brokers allow unless told otherwise
   */
  readonly transactionTimeout?: Duration;
}

/** Whether records can be lost or written twice when a job fails and starts again. */
export class DeliveryGuarantee {
  /** Records are not lost, and may be written twice. */
  public static atLeastOnce(): DeliveryGuarantee {
    return new DeliveryGuarantee(undefined);
  }

  /**
   * Records are neither lost nor written twice, for consumers that read committed records only. They appear when a
   * checkpoint is complete, so the job needs checkpoints.
   *
   * @param props the transactions
   */
  public static exactlyOnce(props: ExactlyOnceProps): DeliveryGuarantee {
    return new DeliveryGuarantee(props);
  }

  private constructor(
    /** @internal The transactions; none if records are written without. */
    public readonly _transactions: ExactlyOnceProps | undefined,
  ) {}

  /** @internal How long a transaction may stay open. */
  public _timeoutMillis(): number {
    return (this._transactions?.transactionTimeout ?? Duration.minutes(15)).toMilliseconds();
  }

  /** @internal The options of a table. */
  public _options(): Record<string, string> {
    if (!this._transactions) return {};
    return {
      'sink.delivery-guarantee': 'exactly-once',
      'sink.transactional-id-prefix': this._transactions.transactionalIdPrefix,
      // Flink's own default is an hour, which brokers refuse.
      'properties.transaction.timeout.ms': String(this._timeoutMillis()),
    };
  }
}
