import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A program that a page of the documentation shows, possibly in several pieces. */
export interface Sample {
  /** Where the program begins: `README.md:12`. */
  readonly place: string;
  /** The program, on the lines that it has in the page. */
  readonly code: string;
}

const FENCE = /^```(\S*)[ \t]*(.*)$/;

/**
 * The TypeScript programs on the README and the pages below `docs/`.
 *
 * A block that begins with an import is a new program. Any other continues the program above it, as a reader reads it.
 */
export function samplesOf(root: string): Sample[] {
  const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((page) => page.endsWith('.md'))
    .map((page) => join('docs', page));
  return ['README.md', ...pages.sort()].flatMap((page) => samplesIn(page, readFileSync(join(root, page), 'utf8')));
}

/** The TypeScript programs on one page. */
export function samplesIn(page: string, text: string): Sample[] {
  const programs: { first: number; lines: string[] }[] = [];
  let language: string | undefined;
  let begins = false;
  text.split('\n').forEach((line, index) => {
    const [fence, info, rest] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      language = language === undefined ? info : undefined;
      begins = language !== undefined;
      if (language === 'typescript' || (language === 'ts' && rest)) {
        throw new Error(`${page}:${index + 1}: write \`\`\`ts and nothing after it; every sample is checked`);
      }
    } else if (language === 'ts') {
      if (begins && line.startsWith('import ')) programs.push({ first: index, lines: [] });
      begins = false;
      const program = programs.at(-1);
      if (!program) throw new Error(`${page}:${index + 1}: the first sample of a page begins with its imports`);
      program.lines[index] = line;
    }
  });
  return programs.map(({ first, lines }) => ({
    place: `${page}:${first + 1}`,
    code: Array.from(lines, (line: string | undefined) => line ?? '').join('\n'),
  }));
}
