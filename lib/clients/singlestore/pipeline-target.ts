import { sqlIdentifier } from '../flink/sql-literal';

/** Where a pipeline puts what it reads. */
export class PipelineTarget {
  /**
   * A table, whose rows the records become.
   *
   * @param name the table
   */
  public static table(name: string): PipelineTarget {
    return new PipelineTarget('TABLE', name);
  }

  /**
   * A stored procedure, which gets the records in batches.
   *
   * @param name the procedure
   */
  public static procedure(name: string): PipelineTarget {
    return new PipelineTarget('PROCEDURE', name);
  }

  private constructor(
    /** @internal */
    public readonly _keyword: string,
    /** The name of the table or procedure. */
    public readonly name: string,
  ) {}

  /** @internal The line of the statement. */
  public _render(): string {
    return `INTO ${this._keyword} ${sqlIdentifier(this.name)}`;
  }
}
