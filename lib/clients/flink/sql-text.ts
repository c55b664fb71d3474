/**
 * A piece of SQL text.
 *
 * `open` is a quote, backtick or comment that does not end, with all that follows.
 */
export interface SqlPiece {
  readonly kind: 'code' | 'string' | 'identifier' | 'comment' | 'open';
  readonly text: string;
}

/**
 * The next piece, as Flink's parser tells strings, names and comments apart.
 *
 * @see Apache Calcite 1.36, core/src/main/codegen/templates/Parser.jj with Lex.JAVA
 */
const PIECE =
  /(?<string>'(?:''|[^'])*')|(?<identifier>`(?:``|[^`])*`)|(?<comment>(?:--|\/\/)[^\r\n]*|\/\*[^]*?\*\/)|(?<open>(?:['`]|\/\*)[^]*)|(?<code>[^'`/-]+|[/-])/g;

/** The pieces of a text, in order. Together they are the text. */
export function sqlPieces(text: string): SqlPiece[] {
  return [...text.matchAll(PIECE)].map(({ 0: matched, groups = {} }) => {
    const kind = (Object.keys(groups) as SqlPiece['kind'][]).find((name) => groups[name] !== undefined) ?? 'code';
    return { kind, text: matched };
  });
}

/** Every word and quoted name outside strings and comments: what can name a table. */
export function namesIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const { kind, text: piece } of sqlPieces(text)) {
    if (kind === 'identifier') names.add(piece.slice(1, -1).replace(/``/g, '`'));
    if (kind === 'code') for (const [word] of piece.matchAll(/[\p{L}_][\p{L}\p{N}_$]*/gu)) names.add(word);
  }
  return names;
}

/** What keeps `text` from being a single statement or expression; nothing if it is one. */
export function sqlFaults(text: string): string[] {
  const pieces = sqlPieces(text);
  const has = (kind: SqlPiece['kind'], part: string) =>
    pieces.some((piece) => piece.kind === kind && piece.text.includes(part));
  const code = pieces.filter(({ kind }) => kind !== 'comment').map((piece) => piece.text);
  return [
    ...(code.join('').trim() === '' ? ['is empty'] : []),
    ...(pieces.some(({ kind }) => kind === 'open') ? ['has a quote or comment that does not end'] : []),
    ...(has('code', ';') ? ["has a ';' outside quotes"] : []),
    ...(has('comment', ';') ? ["has a ';' in a comment"] : []),
  ];
}
