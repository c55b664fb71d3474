/*
 * Looks for values of development secrets where none may be: `tsx tools/secret-scan.ts <state folder> <folder>...`.
 *
 * Every file below the folders is read, apart from the manifests of development secrets themselves.
 */
import { countChecks } from './counts';
import { filesIn, leaksOf, secretsIn } from './secrets';

const [state = '.secure-kafka', ...folders] = process.argv.slice(2);
const files = folders.flatMap((folder) => filesIn(folder)).filter(({ name }) => !name.includes('development-secrets'));
const secrets = secretsIn(state);

console.log(`${secrets.length} secrets of ${state} looked for in ${files.length} files`);
const leaks = secrets.flatMap((secret) => leaksOf(secret, files));
leaks.forEach(({ secret, file }) => console.error(`FAULT ${file} holds the value of ${secret}`));
const leaked = new Set(leaks.map(({ secret }) => secret)).size;
countChecks(files.length === 0 ? 0 : secrets.length - leaked, leaked);
