import { addDays } from '../time/day.js';

/** What a file holds in a place: text as it is written there, or a number of a workbook. */
export type Cell = string | number;

const SPACES = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g;
const MONEY = /^(?:[€$£¥]|[A-Z]{3}\b)|(?:[€$£¥]|\b[A-Z]{3})$/g;
/** By what stands before the decimals; thousands are set apart by the other, spaces, quotes. */
const NUMBERS = {
  point: /^(\d{1,3}(?:([ '’,])\d{3})(?:\2\d{3})*|\d+)(?:\.(\d*))?$/,
  comma: /^(\d{1,3}(?:([ '’.])\d{3})(?:\2\d{3})*|\d+)(?:,(\d*))?$/,
};
/** What the schema would read, though the file writes numbers otherwise: 1.5 among 1,5. */
const PLAIN = /^-?\d+\.\d+$/;
/** No number and no date that people write is longer; the rest is not looked at. */
const WRITTEN_MAX = 60;
const NUMBER_DIGITS = 15;
const KEPT_DECIMALS = 4;

/**
 * A number as people write it, as a decimal string: `"1 234,50 €"` → `"1234.5"`. Numbers of a
 * workbook are rounded to four decimals, since they are no decimals there. What cannot be read is
 * answered as it is, for the schema of its field to refuse.
 */
export function decimalOf(cell: Cell, decimals: 'point' | 'comma'): string {
  if (typeof cell === 'number') {
    const plain = Number(cell.toPrecision(NUMBER_DIGITS)).toFixed(KEPT_DECIMALS);
    return plain.includes('e') ? String(cell) : shorten(plain);
  }
  if (cell.length > WRITTEN_MAX) return cell;
  const text = cell.replaceAll(SPACES, ' ').trim();
  const bare = text.replaceAll(/[−–]/g, '-').replaceAll(MONEY, '').trim();
  const negative = /^-|-$|^\(.*\)$/.test(bare);
  const inner = bare.replaceAll(/^[-+(]|[-)]$/g, '').trim();
  const match = NUMBERS[decimals].exec(inner.replaceAll(MONEY, '').trim());
  if (!match) return PLAIN.test(cell) ? `"${cell}"` : cell;
  const whole = (match[1] ?? '').replaceAll(/\D/g, '').replace(/^0+(?=\d)/, '');
  return `${negative ? '-' : ''}${shorten(`${whole}.${match[3] ?? ''}`)}`;
}

/** Without zeros that say nothing: `12.500` → `12.5`, `12.` → `12`. */
function shorten(text: string): string {
  let end = text.length;
  while (text[end - 1] === '0') end -= 1;
  return text.slice(0, text[end - 1] === '.' ? end - 1 : end);
}

const YES = new Set(['true', 'vrai', 'oui', 'yes', 'o', 'y', '1', 'x']);
const NO = new Set(['false', 'faux', 'non', 'no', 'n', '0']);

/** `"oui"` → true; what cannot be read is answered as it is. */
export function booleanOf(text: string): boolean | string {
  if (text.length > WRITTEN_MAX) return text;
  const word = text.trim().toLowerCase();
  return YES.has(word) ? true : NO.has(word) ? false : text;
}

const MONTHS = [
  ['janvier', 'january'],
  ['fevrier', 'february'],
  ['mars', 'march'],
  ['avril', 'april'],
  ['mai', 'may'],
  ['juin', 'june'],
  ['juillet', 'july'],
  ['aout', 'august'],
  ['septembre', 'september'],
  ['octobre', 'october'],
  ['novembre', 'november'],
  ['decembre', 'december'],
];

/** `déc`, `sept.`, `Juil`, `December`: at least three letters, and enough to tell it apart. */
function monthOf(word: string): number | undefined {
  const found = MONTHS.flatMap((names, at) =>
    names.some((name) => name.startsWith(word)) ? [at + 1] : [],
  );
  return word.length >= 3 && found.length === 1 ? found[0] : undefined;
}

const CENTURY_PIVOT = 70;

function yearOf(text: string): number {
  const year = Number(text);
  return text.length > 2 ? year : year + (year < CENTURY_PIVOT ? 2000 : 1900);
}

interface Ymd {
  year: number;
  month: number;
  day: number;
}

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const SLASHED = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})$/;
const DAY_NAME =
  /^(?:[a-z]+\.?,? )?(\d{1,2})(?:er|st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{4}|\d{2})$/;
const NAME_DAY = /^(?:[a-z]+, )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/;

function dateOf(text: string, order: 'day-first' | 'month-first'): Ymd | undefined {
  const numbers = (match: RegExpExecArray) =>
    match.slice(1).map(Number) as [number, number, number];
  const iso = ISO.exec(text) ?? COMPACT.exec(text);
  if (iso) {
    const [year, month, day] = numbers(iso);
    return { year, month, day };
  }
  const slashed = SLASHED.exec(text);
  if (slashed) {
    const [first, second] = numbers(slashed);
    const [day, month] = order === 'day-first' ? [first, second] : [second, first];
    return { year: yearOf(slashed[3] ?? ''), month, day };
  }
  const [, day, name, year] = DAY_NAME.exec(text) ?? [];
  const [, name2, day2, year2] = NAME_DAY.exec(text) ?? [];
  const month = monthOf(name ?? name2 ?? '');
  if (!month) return undefined;
  return { year: yearOf(year ?? year2 ?? ''), month, day: Number(day ?? day2) };
}

/** The day as ISO writes it, if there is such a day. */
function isoDay({ year, month, day }: Ymd): string | undefined {
  const two = (value: number) => String(value).padStart(2, '0');
  const text = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return addDays(text, 0) === text ? text : undefined;
}

const TIME = /^(.+?)(?:,? (?:a |at )?|t)(\d{1,2})[:h](\d{2})?(?::(\d{2})(?:[.,]\d+)?)? ?(am|pm)?$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?(z|[+-]\d{2}):?(\d{2})?$/;

const plain = (text: string) =>
  text
    .replaceAll(SPACES, ' ')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/ +/g, ' ')
    .trim();

/**
 * A date or a date with its time as people write it, as ISO 8601: `"31/12/2017"` and
 * `"31 décembre 2017"` → `"2017-12-31"`; a time without offset is local. What cannot be read is
 * answered as it is, for the schema of its field to refuse.
 * @param instantOf of a local time, see `localInstant`
 */
export function whenOf(
  text: string,
  order: 'day-first' | 'month-first',
  instantOf: (local: string) => number,
): string {
  if (text.length > WRITTEN_MAX) return text;
  const words = plain(text);
  const day = dateOf(words, order);
  if (day) return isoDay(day) ?? text;
  const [, at, minutes, seconds = ':00', offset, rest = '00'] = INSTANT.exec(words) ?? [];
  if (at && offset) {
    return `${at}T${minutes}${seconds}${offset === 'z' ? 'Z' : `${offset}:${rest}`}`;
  }
  const [, date = '', hour, minute = '00', second = '00', half] = TIME.exec(words) ?? [];
  const parts = hour ? dateOf(date, order) : undefined;
  const on = parts && isoDay(parts);
  const hours = (Number(hour) % (half ? 12 : 24)) + (half === 'pm' ? 12 : 0);
  if (!on || Number(hour) > (half ? 12 : 23) || Number(minute) > 59 || Number(second) > 59) {
    return text;
  }
  const local = `${on}T${String(hours).padStart(2, '0')}:${minute}:${second}`;
  return new Date(instantOf(local)).toISOString();
}

/**
 * A month or a quarter as people write it: `"10/2026"` and `"octobre 2026"` → `"2026-10"`, `"T4
 * 2026"` → `"2026-Q4"`. What cannot be read is answered as it is.
 */
export function periodOf(text: string): string {
  if (text.length > WRITTEN_MAX) return text;
  const words = plain(text);
  const [, quarter, year] = /^[tq]([1-4])[ -]?(\d{4})$/.exec(words) ?? [];
  if (quarter) return `${year}-Q${quarter}`;
  const [, first, second] = /^(\d{4})[ -]?t([1-4])$/.exec(words) ?? [];
  if (first) return `${first}-Q${second}`;
  const [, month, of] = /^(\d{1,2})\/(\d{4})$/.exec(words) ?? [];
  const [, name = '', called] = /^([a-z]+)\.? (\d{4})$/.exec(words) ?? [];
  const number = month ? Number(month) : monthOf(name);
  return number ? `${of ?? called}-${String(number).padStart(2, '0')}` : text;
}
