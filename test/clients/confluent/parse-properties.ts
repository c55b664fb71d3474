/**
 * Reads a file of Java properties, one setting a line.
 *
 * @see Java 21, java.util.Properties (load)
 */
export function parseProperties(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const end = line.indexOf('=');
        return [line.slice(0, end), unescaped(line.slice(end + 1).replace(/^[ \t\f]+/, ''))];
      }),
  );
}

const NAMED: Record<string, string> = { n: '\n', r: '\r', t: '\t', f: '\f' };

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, character?: string) =>
    code === undefined ? (NAMED[character ?? ''] ?? character ?? '') : String.fromCharCode(parseInt(code, 16)),
  );
}
