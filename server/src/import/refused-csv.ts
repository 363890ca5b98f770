import { Readable } from 'node:stream';
import { BYTE_ORDER_MARK, csvText } from '@palmares/shared/csv/csv';
import type { ImportColumn, RefusedRow } from '@palmares/shared/import/import';
import type { Mapping } from '@palmares/shared/import/mapping';
import { reasonOf } from '@palmares/shared/import/reason';
import type { Locale } from '@palmares/shared/people/organisation';
import { addedColumns } from './added-columns.js';

const AT_ONCE = 1_000;

const names: Record<Locale, string> = { fr: 'lignes refusées.csv', en: 'refused rows.csv' };

/** What the file is called; in plain letters for programs that read no others. */
export const refusedName = (locale: Locale): string =>
  `attachment; filename="refused.csv"; filename*=UTF-8''${encodeURIComponent(names[locale])}`;

/** Rows as they were in the file, so that they can be mended and imported again by the mapping. */
export function refusedCsv(
  locale: Locale,
  columns: readonly ImportColumn[],
  mapping: Mapping,
  page: (from: number, limit: number) => Promise<RefusedRow[]>,
): Readable {
  const line = (cells: readonly string[]) => csvText([cells], locale === 'fr' ? ';' : ',');
  const write = (refused: readonly RefusedRow[]) => {
    const cells = columns.map((_column, at) => refused[0]?.row[at] ?? '');
    const more = refused[0]?.row.slice(columns.length) ?? [];
    const reasons = new Set(refused.map((one) => reasonOf(locale, mapping, one)));
    return line([...cells, String(refused[0]?.line), [...reasons].join(' · '), ...more]);
  };
  return Readable.from(
    (async function* () {
      yield BYTE_ORDER_MARK + line([...columns.map(({ name }) => name), ...addedColumns[locale]]);
      // A row that makes several things may be refused for several reasons: it is there once.
      let row: RefusedRow[] = [];
      for (let from = 0; ; from += AT_ONCE) {
        const refused = await page(from, AT_ONCE);
        let text = '';
        for (const one of refused) {
          if (row[0] && row[0].line !== one.line) {
            text += write(row);
            row = [];
          }
          row.push(one);
        }
        if (refused.length < AT_ONCE && row.length > 0) text += write(row);
        yield text;
        if (refused.length < AT_ONCE) return;
      }
    })(),
    { objectMode: false },
  );
}
