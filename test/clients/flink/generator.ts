/** Numbers from 0 to `limit` - 1 that only depend on the seed (mulberry32). */
export class Generator {
  public constructor(private state: number) {}

  public below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  }

  public pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }

  /** Up to `length` of the parts in a row. */
  public text(parts: readonly string[], length: number): string {
    return Array.from({ length: this.below(length + 1) }, () => this.pick(parts)).join('');
  }
}
