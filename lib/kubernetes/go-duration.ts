import { Duration } from 'cdk8s';

const UNITS: readonly [string, number][] = [
  ['h', 3600],
  ['m', 60],
];

/**
 * A duration as operators written in Go read it, in the largest unit that divides it: `2160h`, `90m`, `45s`.
 *
 * @see Go 1.26, time.ParseDuration: there is no unit above the hour
 */
export function goDuration(duration: Duration): string {
  const seconds = duration.toSeconds({ integral: false });
  const [unit, size] = UNITS.find(([, length]) => seconds !== 0 && seconds % length === 0) ?? ['s', 1];
  return `${seconds / size}${unit}`;
}
