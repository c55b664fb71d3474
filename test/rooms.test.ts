import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Import, cyclesIn, importsIn } from './support/imports';

const LIB = join(__dirname, '..', 'lib');

/** The rooms of `lib/`, in the order of `docs/architecture.md`: each imports only from itself and from those before it. */
const ROOMS = [
  'validation',
  'kubernetes',
  'secrets',
  'pki',
  'access',
  'identity',
  'strimzi',
  'external',
  'connection',
  'clients',
  'synthesis',
  'checks',
];

/** Written as a user would write them: they import what the package exports, and each other. */
const SCENARIOS = 'scenarios';

/** The files at the top of `lib/`, which only export. */
const FRONT = ['index', 'library'];

const imports = importsIn(LIB);
const roomOf = (file: string) => file.split('/')[0];
const text = ({ from, to }: Import) => `${from} -> ${to}`;

test('lib/ has the rooms that the order knows', () => {
  const folders = readdirSync(LIB, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...ROOMS, SCENARIOS].sort());
});

test('a room imports only from rooms before it', () => {
  const rank = (file: string) => ROOMS.indexOf(roomOf(file));
  const inRooms = imports.filter(({ from }) => ROOMS.includes(roomOf(from)));
  expect(inRooms.length).toBeGreaterThan(100);
  expect(inRooms.filter(({ from, to }) => rank(to) === -1 || rank(to) > rank(from)).map(text)).toEqual([]);
});

test('scenarios import only what the package exports', () => {
  const ofScenarios = imports.filter(({ from }) => roomOf(from) === SCENARIOS);
  expect(ofScenarios.length).toBeGreaterThan(10);
  expect(ofScenarios.filter(({ to }) => roomOf(to) !== SCENARIOS && to !== 'library').map(text)).toEqual([]);
});

test('the files at the top only export', () => {
  const others = [...new Set(imports.map(({ from }) => from))].filter((file) => !file.includes('/'));
  expect(others.sort()).toEqual(FRONT);
});

test('no file imports itself by a detour', () => {
  expect(cyclesIn(imports.filter(({ typeOnly }) => !typeOnly))).toEqual([]);
});

describe('the search for cycles', () => {
  const chain = (...files: string[]): Import[] =>
    files.slice(1).map((to, i) => ({ from: files[i], to, typeOnly: false }));

  test('finds a cycle', () => {
    expect(cyclesIn(chain('a', 'b', 'c', 'b'))).toEqual(['b -> c -> b']);
  });

  test('takes two ways to one file for none', () => {
    expect(cyclesIn([...chain('a', 'b', 'd'), ...chain('a', 'c', 'd')])).toEqual([]);
  });
});
