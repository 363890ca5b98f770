import { quotedCell } from '@palmares/shared/csv/csv';

/**
 * What a spreadsheet puts on the clipboard (cells between tabs, those with a break or a quotation
 * mark in quotes) as rows of cells.
 */
export function readTabular(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; at < text.length; at += 1) {
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') cell += text[(at += 1)];
        else break;
      }
      at += 1;
    }
    const rest = /[^\t\r\n]*/y;
    rest.lastIndex = at;
    cell += rest.exec(text)?.[0] ?? '';
    at = rest.lastIndex;
    row.push(cell);
    if (text[at] !== '\t') {
      rows.push(row);
      row = [];
    } else if (at === text.length - 1) row.push('');
    at += text.startsWith('\r\n', at) ? 2 : 1;
  }
  if (row.length > 0) rows.push(row);
  return rows.filter((cells) => cells.some((cell) => cell.trim() !== ''));
}

/** True for a table: at least two rows, of several columns or under a heading. */
export const isTabular = (rows: readonly string[][]): boolean =>
  rows.length > 1 && rows[0]?.length === rows[1]?.length;

/** Rows as a file that the import reads; no spreadsheet opens it, so that cells stay as they are. */
export const toFile = (rows: readonly string[][], name: string): File => {
  const text = rows.map((row) => row.map(quotedCell).join(';')).join('\r\n');
  return new File([text], name, { type: 'text/csv' });
};
