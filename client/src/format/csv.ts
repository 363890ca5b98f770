import { tagOf, type Locale } from './locale';

export type Cell = string | number | null;

/** A text that a spreadsheet would take for a formula is shown as a text. */
const tame = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

function cellText(cell: Cell, mark: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell).replace('.', mark);
  // A decimal as the API sends it is a number, with the reader's own mark.
  if (/^-?\d+(\.\d+)?$/.test(cell)) return cell.replace('.', mark);
  return tame(cell);
}

const quoted = (text: string, separator: string) =>
  text.includes(separator) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * A table as the reader's Excel opens it by a double click: UTF-8 with its mark, and semicolons
 * and decimal commas where the language has them.
 */
export function toCsv(rows: readonly (readonly Cell[])[], locale: Locale): string {
  const mark = tagOf(locale).startsWith('fr') ? ',' : '.';
  const separator = mark === ',' ? ';' : ',';
  const lines = rows.map((row) =>
    row.map((cell) => quoted(cellText(cell, mark), separator)).join(separator),
  );
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}
