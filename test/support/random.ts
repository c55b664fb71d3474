/** A generator of reproducible randomness (mulberry32): the same seed gives the same sequence. */
export class Random {
  public constructor(private state: number) {}

  /** A whole number from 0 to `limit` - 1. */
  public below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  }

  public pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
}
