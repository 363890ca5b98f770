/**
 * The one writer of CSV. A spreadsheet computes a cell that begins with a sign of a formula, and a
 * reader set to another separator cuts our cells in other places. So every cell is quoted, and
 * wherever any reader could see the beginning of a formula there is an apostrophe before it.
 */

/** Between which characters a reader may cut a cell: separators and ends of lines. */
const CUT = /([,;\t\r\n\v\f\u0085\u2028\u2029])/;

/**
 * White space of any kind, invisible characters, quotation marks, and then a sign of a formula or
 * a call of another program by DDE (`cmd|' /C calc'!A1`).
 */
const FORMULA =
  /^['"\p{C}\p{Z}]*(?:[=+\-@\uff1d\uff0b\uff0d\uff20\ufe66\ufe62\ufe63\ufe6b]|[\w.]*\|)/u;

/** A negative amount with its currency or per cent is shown as the number that it is. */
const NEGATIVE =
  /^[ \u00a0\u202f]*-[ \u00a0\u202f]?(?:\d{1,3}(?:[ \u00a0\u202f.,'’]\d{3})+|\d+)(?:[.,]\d+)?[ \u00a0\u202f]?[%\p{Sc}]?$/u;

/** Answers alike for a text before and after apostrophes were put into it. */
const computes = (text: string) => FORMULA.test(text);

/** A part behind a cut; an empty last one would have the closing mark open another cell. */
const computesBehind = (part: string, last: boolean) =>
  computes(part) || (last && /^'*$/.test(part));

/** Applies a change to what stands behind each cut of a text. */
function behindCuts(text: string, change: (part: string, last: boolean) => string): string {
  const parts = text.split(CUT);
  if (parts.length === 1) return text;
  // Cuts are at odd places, parts at even ones; the first part is no part behind a cut.
  return parts
    .map((part, at) => (at > 0 && at % 2 === 0 ? change(part, at === parts.length - 1) : part))
    .join('');
}

/**
 * A text that no spreadsheet computes, whichever separator it reads by: an apostrophe is put before
 * what it would compute. Negative numbers stay as they are. `untamed` takes the apostrophes away.
 */
export function tamed(text: string): string {
  const inside = behindCuts(text, (part, last) => (computesBehind(part, last) ? `'${part}` : part));
  return computes(text) && !NEGATIVE.test(text) ? `'${inside}` : inside;
}

/** The text that `tamed` was given, apostrophes of its own included. */
export function untamed(text: string): string {
  const inside = text.startsWith("'") && computes(text) ? text.slice(1) : text;
  return behindCuts(inside, (part, last) =>
    part.startsWith("'") && computesBehind(part, last) ? part.slice(1) : part,
  );
}

/** A cell between quotation marks, with its text as it is: only for what no spreadsheet opens. */
export const quotedCell = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A cell that is safe to open. */
export const csvCell = (text: string): string => quotedCell(tamed(text));

/** Rows of a file that is safe to open, each with its line end. */
export const csvText = (rows: readonly (readonly string[])[], separator: ',' | ';'): string =>
  rows.map((row) => `${row.map(csvCell).join(separator)}\r\n`).join('');

/** With this before it Excel reads a text file as UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';
