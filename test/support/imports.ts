import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';

/** One `import` or `export ... from` of a file of the library. */
export interface Import {
  /** The importing file, relative to the folder, without its ending. */
  readonly from: string;
  /** The imported file, likewise. */
  readonly to: string;
  /** Whether nothing but types is imported, so that nothing remains of it at run time. */
  readonly typeOnly: boolean;
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^;']*?\sfrom\s+)?'(\.[^']*)'/gm;

/** The imports between the TypeScript files below a folder. */
export function importsIn(folder: string): Import[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.split(sep).join('/'));
  const modules = new Set(files.map((file) => file.slice(0, -'.ts'.length)));
  return files.flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(IMPORT)].map(([, typeOnly, path]) => {
      const target = normalize(join(dirname(file), path))
        .split(sep)
        .join('/');
      return {
        from: file.slice(0, -'.ts'.length),
        to: modules.has(target) ? target : `${target}/index`,
        typeOnly: Boolean(typeOnly),
      };
    }),
  );
}

/** The cycles among imports, each as the files on it; none twice. */
export function cyclesIn(imports: readonly Import[]): string[] {
  const targets = new Map<string, string[]>();
  imports.forEach(({ from, to }) => targets.set(from, [...(targets.get(from) ?? []), to]));
  const cycles: string[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    if (path.includes(file) || finished.has(file)) return;
    (targets.get(file) ?? []).forEach((target) => visit(target, [...path, file]));
    finished.add(file);
  };
  [...targets.keys()].forEach((file) => visit(file, []));
  return cycles;
}
