import { BYTE_ORDER_MARK, csvText } from '@palmares/shared/csv/csv';
import { remember, tagOf, type Locale } from './locale';

export type Cell = string | number | null;

/** What the product reckons with is 1/10 000: further digits of a computed number say nothing. */
const DIGITS = 4;
const numbers = remember(
  (tag) => new Intl.NumberFormat(tag, { maximumFractionDigits: DIGITS, useGrouping: false }),
);
const markOf = (locale: Locale) => (tagOf(locale).startsWith('fr') ? ',' : '.');

function cellText(cell: Cell, isDecimal: boolean, locale: Locale): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return numbers(tagOf(locale)).format(cell).replace('−', '-');
  // A decimal as the API sends it is exact, and keeps all its digits.
  if (isDecimal && /^-?\d+(\.\d+)?$/.test(cell)) return cell.replace('.', markOf(locale));
  return cell;
}

/**
 * A table as the reader's Excel opens it by a double click: UTF-8 with its mark, and semicolons
 * and decimal commas where the language has them.
 * @param decimals which columns hold decimals as texts; a text elsewhere stays as it is
 */
export function toCsv(
  rows: readonly (readonly Cell[])[],
  locale: Locale,
  decimals: readonly boolean[] = [],
): string {
  const cells = rows.map((row) =>
    row.map((cell, at) => cellText(cell, decimals[at] ?? false, locale)),
  );
  return BYTE_ORDER_MARK + csvText(cells, markOf(locale) === ',' ? ';' : ',');
}
