import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { RULE_CATALOGUE } from '../../lib/checks/rule-catalogue';
import { RuleText } from '../../lib/validation/rule';

const LIB = join(__dirname, '..', '..', 'lib');
const RULES = RULE_CATALOGUE.flatMap(({ rules }) => rules);

/** Every list of rules in the library, as `file NAME`. */
const LISTS = readdirSync(LIB, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) =>
    [...readFileSync(join(LIB, file), 'utf8').matchAll(/^(?:export )?const ([A-Z_]*RULES)\b/gm)].map(
      ([, name]) => [file, name] as const,
    ),
  );

test('there are lists of rules to find', () => {
  expect(LISTS.length).toBeGreaterThan(20);
});

test.each(LISTS)('all rules of %s are in the catalogue: %s', async (file, name) => {
  const rules = ((await import(join(LIB, file))) as Record<string, readonly RuleText[] | undefined>)[name];
  expect(rules?.length).toBeGreaterThan(0);
  expect(rules?.filter((rule) => !RULES.includes(rule))).toEqual([]);
});

test('every rule has a name of its own, in lower case and with dashes', () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
});

test('every rule says what must hold in a sentence, and what to do in a phrase', () => {
  expect(RULES.filter(({ holds }) => !/^[A-Z].*\.$/.test(holds)).map(({ id }) => id)).toEqual([]);
  expect(RULES.filter(({ remedy }) => !/^[a-z].*([^.;]|\.\.\.)$/.test(remedy)).map(({ id }) => id)).toEqual([]);
  expect(RULES.filter(({ source }) => source.trim() === '').map(({ id }) => id)).toEqual([]);
});
