/**
 * Records that a data generator makes up.
 *
 * Which topic they go to is written in the program, and cannot be changed.
 *
 * @see streamshub/flink-sql-examples 0.1.0, tutorials/data-generator/.../examples
 */
export class DataSet {
  /** What users click on. */
  public static readonly CLICK_STREAM = new DataSet('clickStream', 'flink.click.streams');
  /** Sales in one currency, a hundred a second. */
  public static readonly SALES = new DataSet('sales', 'flink.sales.records');
  /** Sales in several currencies. */
  public static readonly INTERNATIONAL_SALES = new DataSet('internationalSales', 'flink.international.sales.records');

  private constructor(
    /** The name of the data set in the program. */
    public readonly dataName: string,
    /** The topic that the records go to. */
    public readonly topicName: string,
  ) {}
}
