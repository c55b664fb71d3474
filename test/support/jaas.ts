/** A JAAS entry, taken apart. */
export interface JaasEntry {
  readonly module: string;
  readonly flag: string;
  readonly options: Record<string, string>;
}

/**
 * Reads one entry of a JAAS configuration as Kafka does: words and quoted strings with backslash escapes, until `;`.
 *
 * @see Apache Kafka 4.3.1, clients/.../security/JaasConfig.java
 */
export function parseJaas(text: string): JaasEntry {
  const tokens = [...text.matchAll(/"((?:[^"\\\n]|\\.)*)"|([=;])|([^\s="';]+)|(\S)/g)].map(
    ([, quoted, sign, word, other]) => {
      if (other !== undefined) throw new Error(`unexpected ${other} in ${text}`);
      return quoted === undefined ? { sign, text: word ?? sign } : { sign: undefined, text: unescape(quoted, text) };
    },
  );
  if (tokens.at(-1)?.sign !== ';' || tokens.filter(({ sign }) => sign === ';').length !== 1) {
    throw new Error(`not one entry that ends in a semicolon: ${text}`);
  }
  const [module, flag, ...rest] = tokens.slice(0, -1);
  const options: Record<string, string> = {};
  for (let i = 0; i < rest.length; i += 3) {
    if (rest[i + 1]?.sign !== '=' || rest[i + 2] === undefined)
      throw new Error(`no option at ${rest[i].text} in ${text}`);
    if (rest[i].text in options) throw new Error(`the option ${rest[i].text} is given twice in ${text}`);
    options[rest[i].text] = rest[i + 2].text;
  }
  return { module: module.text, flag: flag.text, options };
}

/**
 * The value that Java's `Properties.load` reads from the text behind `name=`.
 *
 * @see Java 17, java.util.Properties
 */
export function readPropertiesValue(text: string): string {
  if (/[\r\n]/.test(text)) throw new Error('the value ends at the end of the line');
  if (/[^\x20-\xff]/.test(text)) throw new Error('the file is read as Latin-1');
  return unescape(text, text);
}

const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescape(text: string, context: string): string {
  if (/(^|[^\\])(\\\\)*\\$/.test(text)) throw new Error(`an escape without an end in ${context}`);
  return text.replace(/\\(?:u([0-9a-f]{4})|(.))/gi, (_, code, character) =>
    code === undefined ? (ESCAPES[character] ?? character) : String.fromCharCode(parseInt(code, 16)),
  );
}
