import { Duration } from 'cdk8s';
import { FlinkType } from './flink-type';
import { sqlIdentifier, sqlString } from './sql-literal';

/** What a column shows of a record besides its key and value, and whether a sink can set it. */
export interface MetadataKey {
  readonly writable: boolean;
}

/**
 * The metadata of Kafka's records.
 *
 * @see Apache Flink SQL connector for Kafka 4.0.1, KafkaDynamicSource.ReadableMetadata, KafkaDynamicSink.WritableMetadata
 */
export const KAFKA_METADATA: Readonly<Record<string, MetadataKey>> = {
  topic: { writable: false },
  partition: { writable: false },
  headers: { writable: true },
  'leader-epoch': { writable: false },
  offset: { writable: false },
  timestamp: { writable: true },
  'timestamp-type': { writable: false },
};

/** @internal What each kind of column consists of. */
export type ColumnDetails =
  | { readonly kind: 'physical'; readonly type: FlinkType }
  | { readonly kind: 'metadata'; readonly type: FlinkType; readonly from: string }
  | { readonly kind: 'computed'; readonly expression: string };

/** A column of a table in Flink SQL. */
export class FlinkColumn {
  /**
   * A column that is part of the record's key or value.
   *
   * @param name the name
   * @param type the type
   */
  public static physical(name: string, type: FlinkType): FlinkColumn {
    return new FlinkColumn(name, { kind: 'physical', type });
  }

  /**
   * A column that shows metadata of the record: `topic`, `partition`, `headers`, `leader-epoch`, `offset`, `timestamp`,
   * `timestamp-type`, or what the value's format offers, such as `value.source.timestamp`.
   *
   * What a sink cannot set is marked as VIRTUAL, so that a table with it can be written to.
   *
   * @param name the name
   * @param type the type
   * @param from the metadata's key; the column's name if none is given
   */
  public static metadata(name: string, type: FlinkType, from?: string): FlinkColumn {
    return new FlinkColumn(name, { kind: 'metadata', type, from: from ?? name });
  }

  /**
   * A column that is computed from others.
   *
   * @param name the name
   * @param expression the expression, in Flink SQL
   */
  public static computed(name: string, expression: string): FlinkColumn {
    return new FlinkColumn(name, { kind: 'computed', expression });
  }

  private constructor(
    /** The name. */
    public readonly name: string,
    /** @internal */
    public readonly _details: ColumnDetails,
  ) {}

  /** @internal The column in a CREATE TABLE statement. */
  public _sql(): string {
    const name = sqlIdentifier(this.name);
    switch (this._details.kind) {
      case 'physical':
        return `${name} ${this._details.type.sql}`;
      case 'metadata': {
        const { type, from } = this._details;
        const virtual = KAFKA_METADATA[from]?.writable ? '' : ' VIRTUAL';
        return `${name} ${type.sql} METADATA FROM ${sqlString(from)}${virtual}`;
      }
      case 'computed':
        return `${name} AS ${this._details.expression}`;
    }
  }
}

/** How far event time has come in a table. */
export class FlinkWatermark {
  /**
   * Records come at most `delay` later than others with a newer time.
   *
   * @param column the column with the event time
   * @param delay how late records may be
   */
  public static delayed(column: string, delay: Duration): FlinkWatermark {
    return new FlinkWatermark(column, `${sqlIdentifier(column)} - ${secondsInterval(delay)}`);
  }

  /**
   * Any other strategy.
   *
   * @param column the column with the event time
   * @param expression the watermark, in Flink SQL
   */
  public static of(column: string, expression: string): FlinkWatermark {
    return new FlinkWatermark(column, expression);
  }

  private constructor(
    /** The column with the event time. */
    public readonly column: string,
    /** The watermark, in Flink SQL. */
    public readonly expression: string,
  ) {}

  /** @internal The watermark in a CREATE TABLE statement. */
  public _sql(): string {
    return `WATERMARK FOR ${sqlIdentifier(this.column)} AS ${this.expression}`;
  }
}

/** An interval in seconds. Flink takes two digits before the point unless it is told of more. */
function secondsInterval(duration: Duration): string {
  const milliseconds = duration.toMilliseconds();
  const seconds = String(milliseconds / 1000);
  const digits = String(Math.floor(milliseconds / 1000)).length;
  return `INTERVAL ${sqlString(seconds)} SECOND${digits > 2 ? `(${digits})` : ''}`;
}
