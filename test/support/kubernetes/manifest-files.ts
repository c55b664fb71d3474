import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { Manifest } from '../synth';
import { WrittenObject } from './api-client';

/** The objects in the manifests below a folder, in the order in which `kubectl apply -R -f` reads them. */
export function objectsIn(folder: string): WrittenObject[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => objectsOf(readFileSync(join(folder, file), 'utf8')));
}

/** The objects in a text, each as the text it stands in. */
export function objectsOf(text: string): WrittenObject[] {
  return text
    .split(/^---$/m)
    .filter((document) => document.trim() !== '')
    .map(writtenObject);
}

/** An object that is written as YAML. What is wrong with the text is left for the API server to find. */
export function writtenObject(text: string): WrittenObject {
  return { text, object: parse(text, { version: '1.1', uniqueKeys: false }) as Manifest };
}

/** What an object is called in messages. */
export function titleOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}
