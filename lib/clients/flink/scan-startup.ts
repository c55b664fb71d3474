/** @internal What each kind of start consists of. */
export type StartupDetails =
  { readonly kind: 'earliest' | 'latest' | 'group' } | { readonly kind: 'timestamp'; readonly milliseconds: number };

/** Where a job begins to read a topic when it has no state of its own. */
export class ScanStartup {
  /** At the oldest record. */
  public static earliest(): ScanStartup {
    return new ScanStartup({ kind: 'earliest' });
  }

  /** After the newest record. */
  public static latest(): ScanStartup {
    return new ScanStartup({ kind: 'latest' });
  }

  /** Where the table's consumer group has come to, and at the oldest record if it has not begun. */
  public static groupOffsets(): ScanStartup {
    return new ScanStartup({ kind: 'group' });
  }

  /**
   * At the first record that is not older.
   *
   * @param milliseconds the time of the record, in milliseconds since 1970
   */
  public static timestamp(milliseconds: number): ScanStartup {
    return new ScanStartup({ kind: 'timestamp', milliseconds });
  }

  private constructor(
    /** @internal */
    public readonly _details: StartupDetails,
  ) {}

  /** @internal The options of a table. */
  public _options(): Record<string, string> {
    switch (this._details.kind) {
      case 'earliest':
        return { 'scan.startup.mode': 'earliest-offset' };
      case 'latest':
        return { 'scan.startup.mode': 'latest-offset' };
      case 'group':
        // Without the second option a group that has committed nothing fails the job.
        return { 'scan.startup.mode': 'group-offsets', 'properties.auto.offset.reset': 'earliest' };
      case 'timestamp':
        return {
          'scan.startup.mode': 'timestamp',
          'scan.startup.timestamp-millis': String(this._details.milliseconds),
        };
    }
  }
}
