/** A table in Markdown: its heading, and its rows. */
export function renderTable(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heading, heading.map(() => '---'), ...rows].map((line) => `| ${line.join(' | ')} |\n`).join('');
}

/** Text that means itself in a cell of a table. */
export function cell(text: string): string {
  return text.replace(/[\\|*_`[\]]/g, '\\$&').replace(/</g, '&lt;');
}
