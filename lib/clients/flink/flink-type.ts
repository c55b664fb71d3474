import { sqlIdentifier } from './sql-literal';

/**
 * The type of a column in Flink SQL.
 *
 * @see Apache Flink 2.1, "Data Types" of the Table API
 */
export class FlinkType {
  /** Text of any length. */
  public static readonly STRING = new FlinkType('STRING');
  /** True or false. */
  public static readonly BOOLEAN = new FlinkType('BOOLEAN');
  /** Bytes of any length. */
  public static readonly BYTES = new FlinkType('BYTES');
  /** A whole number of 32 bits. */
  public static readonly INT = new FlinkType('INT');
  /** A whole number of 64 bits. */
  public static readonly BIGINT = new FlinkType('BIGINT');
  /** A floating point number of 32 bits. */
  public static readonly FLOAT = new FlinkType('FLOAT');
  /** A floating point number of 64 bits. */
  public static readonly DOUBLE = new FlinkType('DOUBLE');
  /** A day. */
  public static readonly DATE = new FlinkType('DATE');

  /**
   * A decimal number.
   *
   * @param precision the number of digits, 1 to 38
   * @param scale the number of digits after the point
   */
  public static decimal(precision: number, scale: number): FlinkType {
    return new FlinkType(`DECIMAL(${precision}, ${scale})`);
  }

  /**
   * A date and time without a time zone.
   *
   * @param precision the number of digits of the second's fraction, 0 to 9
   */
  public static timestamp(precision: number = 3): FlinkType {
    return new FlinkType(`TIMESTAMP(${precision})`);
  }

  /**
   * A point in time, shown in the time zone of the session.
   *
   * @param precision the number of digits of the second's fraction, 0 to 9
   */
  public static timestampLtz(precision: number = 3): FlinkType {
    return new FlinkType(`TIMESTAMP_LTZ(${precision})`);
  }

  /**
   * A list.
   *
   * @param element the type of its elements
   */
  public static array(element: FlinkType): FlinkType {
    return new FlinkType(`ARRAY<${element.sql}>`);
  }

  /**
   * Values by keys.
   *
   * @param key the type of the keys
   * @param value the type of the values
   */
  public static map(key: FlinkType, value: FlinkType): FlinkType {
    return new FlinkType(`MAP<${key.sql}, ${value.sql}>`);
  }

  /**
   * A record in a column.
   *
   * @param fields the types of its fields by name
   */
  public static row(fields: { [name: string]: FlinkType }): FlinkType {
    const rendered = Object.entries(fields).map(([name, { sql }]) => `${sqlIdentifier(name)} ${sql}`);
    return new FlinkType(`ROW<${rendered.join(', ')}>`);
  }

  /**
   * Any other type.
   *
   * @param sql the type in Flink SQL, such as `TIME(3)`
   */
  public static of(sql: string): FlinkType {
    return new FlinkType(sql);
  }

  private constructor(
    /** The type in Flink SQL. */
    public readonly sql: string,
  ) {}

  /** The same type without NULL. */
  public notNull(): FlinkType {
    return new FlinkType(`${this.sql} NOT NULL`);
  }
}
