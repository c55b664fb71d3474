import { misleadingWords, renderForRunner } from '../../../lib/clients/flink/sql-runner-dialect';
import { literalEnvValue } from '../../../lib/kubernetes/env-value';
import { Generator } from './generator';
import { kubeletValue, runnerStatements } from './upstream';

const VARIABLES = { NAME: 'expanded', '': 'nothing' };

/** What reaches Flink when a manifest carries the script. */
function arriving(script: Parameters<typeof renderForRunner>[0]): string[] {
  return runnerStatements(kubeletValue(literalEnvValue(renderForRunner(script)), VARIABLES));
}

test('a semicolon or backslash inside a statement gets a backslash', () => {
  expect(
    renderForRunner({ statements: ["CREATE TABLE `a` ('b' = 'c;d\\e')"], inserts: ['INSERT INTO `a`\nSELECT 1'] }),
  ).toBe("CREATE TABLE `a` ('b' = 'c\\;d\\\\e');\nINSERT INTO `a`\nSELECT 1;");
});

test('several inserts are one statement set, in which nothing is escaped', () => {
  const inserts = ["INSERT INTO a SELECT ';' FROM x", 'INSERT INTO b SELECT CASE WHEN c THEN 1 END'];
  expect(renderForRunner({ statements: ['CREATE TABLE a'], inserts })).toBe(
    [
      'CREATE TABLE a;',
      'EXECUTE STATEMENT SET BEGIN',
      "INSERT INTO a SELECT ';' FROM x",
      ';',
      'INSERT INTO b SELECT CASE WHEN c THEN 1 END',
      ';',
      'END;',
    ].join('\n'),
  );
});

test('a query that ends in a comment keeps its place in a set', () => {
  const [set] = arriving({ statements: [], inserts: ['INSERT INTO a SELECT 1 -- one', 'INSERT INTO b SELECT 2'] });
  expect(set.split('\n')).toContain(';');
});

test('only what the runner looks for misleads it', () => {
  const words = (statement: string, inserts = [statement, 'INSERT']) =>
    misleadingWords({ statements: [statement], inserts });
  expect(words("SELECT 'weekend;'")).toEqual(['END;']);
  expect(words("SELECT 'weekend;'", ['INSERT'])).toEqual([]);
  expect(words("SELECT 'execute statement set begin'", ['INSERT'])).toEqual(['EXECUTE STATEMENT SET BEGIN']);
  expect(words("SELECT 'weekend ;'")).toEqual([]);
});

test('dollar signs arrive, and placeholders of config providers stay readable', () => {
  expect(literalEnvValue('${dir:/opt/my-user:password} $a $')).toBe('${dir:/opt/my-user:password} $a $');
  expect(literalEnvValue('$(NAME) $$ $é')).toBe('$$(NAME) $$$ $$é');
});

const PARTS = [
  '$',
  '(',
  ')',
  'NAME',
  '{',
  '}',
  ';',
  '\\',
  "'",
  '"',
  '`',
  '-',
  '/',
  '*',
  ' ',
  '\n',
  'é',
  '€',
  '😀',
  'a',
  'END',
  'end',
  'Begin',
];

test('whatever statements contain reaches Flink as it is', () => {
  const random = new Generator(20260131);
  let [sets, escaped, skipped] = [0, 0, 0];
  for (let run = 0; run < 3000; run++) {
    const texts = (prefix: string, count: number) =>
      Array.from({ length: count }, () => `${prefix} ${random.text(PARTS, 12)}.`);
    const script = { statements: texts('CREATE', random.below(3)), inserts: texts('INSERT', 1 + random.below(3)) };
    if (misleadingWords(script).length > 0) {
      skipped += 1;
      continue;
    }
    const isSet = script.inserts.length > 1;
    sets += isSet ? 1 : 0;
    escaped += /[\\;]/.test(script.statements.join('')) ? 1 : 0;
    const inserts = isSet
      ? [`EXECUTE STATEMENT SET BEGIN\n${script.inserts.map((insert) => `${insert}\n;\n`).join('')}END;`]
      : script.inserts.map((insert) => `${insert};`);
    expect(arriving(script)).toEqual([...script.statements.map((statement) => `${statement};`), ...inserts]);
  }
  expect({ sets: sets > 1000, escaped: escaped > 500, skipped: skipped < 300 }).toEqual({
    sets: true,
    escaped: true,
    skipped: true,
  });
});
