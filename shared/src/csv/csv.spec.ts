import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { csvCell, csvText, tamed, untamed } from './csv.js';

/**
 * A reader as lenient as spreadsheets are: a cell that begins with a mark ends at the next single
 * one, and whatever follows it up to the separator still belongs to it.
 */
function read(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    let cell = '';
    if (text[at] === '"') {
      for (at += 1; at < text.length; at += 1) {
        if (text[at] !== '"') cell += text[at];
        else if (text[at + 1] === '"') cell += text[(at += 1)];
        else break;
      }
      at += 1;
    }
    while (at < text.length && ![separator, '\r', '\n'].includes(text[at] ?? ''))
      cell += text[at++];
    row.push(cell);
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    rows.push(row);
    row = [];
    at += text.startsWith('\r\n', at) ? 2 : 1;
    if (at >= text.length) return rows;
  }
}

/**
 * Whether a spreadsheet might compute the cell. A negative number is shown as it is; with another
 * cell of ours glued to it, which begins with a quotation mark, it is no formula either.
 */
function isLive(cell: string): boolean {
  const shown = cell.replace(/^[\s\p{C}\p{Z}]+/u, '');
  if (/^-[ \u00a0\u202f]?[\d.,'’ \u00a0\u202f]*\d ?[%\p{Sc}]?([,;]".*)?$/su.test(shown))
    return false;
  return /^([=+\-@＝＋－＠﹦﹢﹣﹫]|[\w.]*\|)/.test(shown);
}

const signs = ['=', '+', '-', '@', '|', 'cmd|', '＝', '＋', '－', '＠', '﹣'];
const blanks = [
  '',
  ' ',
  '\u00a0',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\u200b',
  '\ufeff',
  '\u2060',
  '\u2028',
];
const pieces = [...signs, ...blanks, '"', '""', "'", ',', ';', '1', 'A1', '5,5', '!', 'é', 'x'];
const texts = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map((parts) => parts.join('')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const tables = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.array(fc.array(texts, { minLength: width, maxLength: width }), {
    minLength: 1,
    maxLength: 4,
  }),
);
const written = fc.constantFrom(',' as const, ';' as const);

describe('a file with separators', () => {
  it('has no cell that a spreadsheet computes, by whichever separator it is read', () => {
    fc.assert(
      fc.property(tables, written, (rows, separator) => {
        const text = csvText(rows, separator);
        for (const reader of [',', ';', '\t']) {
          expect(read(text, reader).flat().filter(isLive)).toEqual([]);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives every cell back as it was, its own apostrophes included', () => {
    fc.assert(
      fc.property(tables, written, (rows, separator) => {
        const back = read(csvText(rows, separator), separator);
        expect(back.map((row) => row.map(untamed))).toEqual(rows);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(signs.flatMap((sign) => blanks.map((blank) => `${blank}${sign}1+1`)))(
    'shows %j as a text',
    (text) => {
      expect(tamed(text).startsWith("'")).toBe(true);
      expect(isLive(text)).toBe(true);
    },
  );

  it.each(['-12.5', '-5,5', '-1 200,00 €', '-1\u202f200', '-5 %', '12', '1.5', 'Anne-Marie', ''])(
    'leaves %j as it is',
    (text) => expect(csvCell(text)).toBe(`"${text}"`),
  );

  it('takes away one apostrophe only, and none that stands before a word', () => {
    expect([`'=1`, `''=1`, `'s-Hertogenbosch`, `'-A13`, `x,'=1`].map(untamed)).toEqual([
      '=1',
      `'=1`,
      `'s-Hertogenbosch`,
      '-A13',
      'x,=1',
    ]);
  });
});
