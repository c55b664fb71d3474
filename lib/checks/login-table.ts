import { LOGIN_MODES, LoginSupport } from '../connection/login-mode';
import { cell, renderTable } from './markdown';
import { SYSTEM_CATALOGUE } from './system-catalogue';

/** Which system logs in by which ways, in Markdown. */
export function renderLoginTable(): string {
  const rows = SYSTEM_CATALOGUE.map(({ system, refused }) => [
    cell(system),
    ...LOGIN_MODES.map((mode) => (refused[mode] === undefined ? 'yes' : 'no')),
  ]);
  return renderTable(['System', ...LOGIN_MODES], rows);
}

/** The ways in which one system logs in, and why not in others, in Markdown. */
export function renderLoginModes({ refused }: LoginSupport): string {
  const rows = LOGIN_MODES.map((mode) => {
    const reason = refused[mode];
    return [mode, reason === undefined ? 'yes' : `no: ${cell(reason)}`];
  });
  return renderTable(['Way to log in', 'Taken'], rows);
}

/** A page of documentation in which the tables of its systems are what the rules say. */
export function withLoginTables(page: string): string {
  return page.replace(
    /(<!-- login modes(?:: (.+?))? -->\n)[^]*?(<!-- end -->)/g,
    (_, begin: string, name: string | undefined, end: string) => `${begin}\n${tableOf(name)}\n${end}`,
  );
}

function tableOf(name: string | undefined): string {
  if (name === undefined) return renderLoginTable();
  const support = SYSTEM_CATALOGUE.find(({ system }) => system === name);
  if (!support) throw new Error(`the documentation has login modes of ${name}, which the catalogue does not know`);
  return renderLoginModes(support);
}
