import { isSqlIdentifier, sqlIdentifier, sqlString } from '../../../lib/clients/flink/sql-literal';
import { namesIn, sqlFaults, sqlPieces } from '../../../lib/clients/flink/sql-text';
import { Generator } from './generator';
import { unquoted } from './upstream';

test('strings and names are quoted by doubling their quotes', () => {
  expect(sqlString("it's `so`")).toBe("'it''s `so`'");
  expect(sqlIdentifier("it's `so`")).toBe("`it's ``so```");
});

test('whatever a string or name contains is read back as it is', () => {
  const random = new Generator(7);
  for (let run = 0; run < 2000; run++) {
    const text = random.text(["'", '`', '\\', ';', '\n', 'a', '-', 'é', ' '], 10);
    for (const quote of [sqlString, sqlIdentifier]) {
      expect(unquoted(`${quote(text)} rest`)).toEqual({ value: text, rest: ' rest' });
      expect(sqlPieces(quote(text)).length).toBe(1);
    }
  }
});

test('the pieces of a text are the text', () => {
  const random = new Generator(11);
  for (let run = 0; run < 2000; run++) {
    const text = random.text(["'", '`', '--', '/*', '*/', '//', '/', '-', ';', '\n', 'a', ' '], 14);
    expect(
      sqlPieces(text)
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  }
});

test('names are found in code and in backticks, not in strings and comments', () => {
  const sql = "SELECT a.b FROM `My ``T` AS größe -- from x\n WHERE c = 'd' /* e */ AND f";
  expect([...namesIn(sql)]).toEqual(['SELECT', 'a', 'b', 'FROM', 'My `T', 'AS', 'größe', 'WHERE', 'c', 'AND', 'f']);
});

test.each([
  ['SELECT 1', []],
  ["SELECT ';' AS `;` -- fine", []],
  [' \n', ['is empty']],
  ['-- nothing', ['is empty']],
  ['SELECT 1; SELECT 2', ["has a ';' outside quotes"]],
  ['SELECT 1 -- one; two', ["has a ';' in a comment"]],
  ["SELECT 'a", ['has a quote or comment that does not end']],
  ['SELECT `a', ['has a quote or comment that does not end']],
  ['SELECT 1 /* a', ['has a quote or comment that does not end']],
])('%j is one statement, or says why not', (sql, faults) => {
  expect(sqlFaults(sql)).toEqual(faults);
});

test('a name needs characters that can be seen', () => {
  expect(['a', 'größe', 'a b;', '', 'a\tb', '\0'].map(isSqlIdentifier)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
