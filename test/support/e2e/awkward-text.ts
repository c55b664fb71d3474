import { Random } from '../random';

/** What shells, YAML, JAAS, SQL, JSON, URLs, HTTP headers and Kafka's config providers treat specially, and other scripts. */
const AWKWARD = characters(`$\\'";{}#% +&=:/?@,<>()[]\`~^|*!äß€Ω名🔑`);
const PLAIN = characters('abcXYZ019-_.');

/** Texts that something would take for an instruction if it did not take them as they are. */
const INSTRUCTIONS = ['${dir:/opt:x}', '$(HOME)', '%41', '\\n', '"; x="', "' OR '", '{{x}}', ' # x'];

/** A text that is hard to carry, of at least eight characters. */
export function awkwardText(random: Random): string {
  const parts = Array.from({ length: 8 + random.below(9) }, () =>
    random.pick(random.below(8) === 0 ? INSTRUCTIONS : random.below(3) === 0 ? PLAIN : AWKWARD),
  );
  return parts.join('');
}

/** A text with everything that is hard to carry. */
export const ALL_AWKWARD = [...AWKWARD, ...INSTRUCTIONS].join('');

/** The text with one character changed. */
export function nearMiss(text: string, random: Random): string {
  const all = characters(text);
  const at = random.below(all.length);
  all[at] = random.pick([...AWKWARD, ...PLAIN].filter((character) => character !== all[at]));
  return all.join('');
}

/** The characters of a text, none of which is cut in two. */
function characters(text: string): string[] {
  return Array.from(text);
}
