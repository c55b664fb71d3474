import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file and what is in it. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** A secret value somewhere that it must not be. */
export interface Leak {
  /** The file of the state folder that keeps the value. */
  readonly secret: string;
  /** The file that holds it as well. */
  readonly file: string;
}

/** All files below a folder. */
export function filesIn(folder: string): TextFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => ({ name, text: readFileSync(name, 'utf8') }));
}

/** What a state folder keeps, apart from certificates, which are public. */
export function secretsIn(state: string): TextFile[] {
  return filesIn(state).filter(({ text }) => !text.startsWith('-----BEGIN CERTIFICATE-----'));
}

/** The files that hold a secret: as it is, in base64, or, if it is a key, one of its lines. */
export function leaksOf(secret: TextFile, files: readonly TextFile[]): Leak[] {
  const value = secret.text.trimEnd();
  const lines = value.split('\n').filter((line) => !line.startsWith('-----'));
  const forms = [...lines, ...[value, secret.text].map((text) => Buffer.from(text).toString('base64'))];
  return files
    .filter(({ text }) => forms.some((form) => text.includes(form)))
    .map(({ name }) => ({ secret: secret.name, file: name }));
}
