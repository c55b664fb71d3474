/** The values that a setting of Kafka takes. */
export interface SettingType {
  /** The values in words: "a whole number, 1 or more". */
  readonly expects: string;
  /** Whether the setting takes a value, as text. */
  readonly accepts: (value: string) => boolean;
}

const INT_MAX = 2147483647;
const LONG_MAX = 9223372036854775807n;

/** `true` or `false`. */
export function boolean(): SettingType {
  return { expects: 'true or false', accepts: (value) => /^(true|false)$/i.test(value) };
}

/** A whole number of 32 bits. */
export function int(min = -INT_MAX - 1, max = INT_MAX): SettingType {
  return wholeNumber(BigInt(min), BigInt(max), min > -INT_MAX - 1, max < INT_MAX);
}

/** A whole number of 64 bits. */
export function long(min?: number): SettingType {
  return wholeNumber(min === undefined ? -LONG_MAX - 1n : BigInt(min), LONG_MAX, min !== undefined, false);
}

/** A number. */
export function decimal(min = -Infinity, max = Infinity): SettingType {
  const expects = Number.isFinite(min) ? `a number from ${min} to ${max}` : 'a number';
  return { expects, accepts: (value) => value !== '' && Number(value) >= min && Number(value) <= max };
}

/** One of several words. */
export function oneOf(...words: readonly string[]): SettingType {
  return { expects: words.join(' or '), accepts: (value) => words.includes(value) };
}

/** One of several words, in capitals or not. */
export function anyCase(...words: readonly string[]): SettingType {
  return { expects: words.join(' or '), accepts: (value) => words.includes(value.toLowerCase()) };
}

/** Some of several words, separated by commas. */
export function someOf(...words: readonly string[]): SettingType {
  return {
    expects: `one or more of ${words.join(', ')}`,
    accepts: (value) => value.split(',').every((word) => words.includes(word.trim())),
  };
}

/** Any text. */
export function text(): SettingType {
  return { expects: 'text', accepts: () => true };
}

function wholeNumber(min: bigint, max: bigint, saysMin: boolean, saysMax: boolean): SettingType {
  const range = saysMax ? ` from ${min} to ${max}` : saysMin ? `, ${min} or more` : '';
  return {
    expects: `a whole number${range}`,
    accepts: (value) => /^[-+]?\d+$/.test(value) && BigInt(value) >= min && BigInt(value) <= max,
  };
}
