import { FlinkSqlJobRun } from './flink-sql-job-run';
import { ScenarioRun } from './scenario-run';

/** As many as the statement of each scenario takes. */
const LIMIT = 10;

/** The records that Flink jobs copied to the target topic, one job after another. */
export class CopiedSales {
  private count = 0;

  public constructor(private readonly run: ScenarioRun) {}

  /** Waits until a job has copied ten records in a row, and makes sure that they are exactly these. */
  public async expectTen(flink: FlinkSqlJobRun): Promise<void> {
    await flink.reading(this.run.source.topic, 120);
    this.run.cluster.progress('Flink is reading');
    const all = await this.consume(this.count + LIMIT, 60_000).catch((error: unknown) => {
      throw new Error(`${String(error)}\nFlink says\n${flink.complaints()}`);
    });
    const records = all.slice(this.count);
    // The data generator counts, and it counts while Flink starts.
    const first = Number(/^invoice-(\d+),/.exec(records[0])?.[1]);
    const numbers = Array.from({ length: LIMIT }, (_, i) => first + i);
    expect(records).toEqual(numbers.map((i) => `invoice-${i},user-${i},product-${i},${i}`));
    this.count += LIMIT;
    await this.expectNoMore();
    this.run.cluster.progress('the records have arrived');
  }

  /** The data generator goes on sending; what Flink does not copy in two seconds, it does not copy. */
  public async expectNoMore(): Promise<void> {
    await expect(this.consume(this.count + 1, 2000)).rejects.toThrow(`consumed ${this.count} of ${this.count + 1}`);
  }

  private consume(count: number, limit?: number): Promise<string[]> {
    const { probe, cluster, target } = this.run;
    return probe.must(cluster.broker.operatorSettings, { operation: 'consume', topic: target.topic, count }, limit);
  }
}
