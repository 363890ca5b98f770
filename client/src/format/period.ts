import { addDays, daysBetween } from '@palmares/shared/time/day';
import { parsePeriod, rangeOf, type Period, type PeriodKind } from '@palmares/shared/time/period';
import { formatDate, formatStretch } from './date';
import { tagOf, type Locale } from './locale';

const two = (number: number) => String(number).padStart(2, '0');

/** The text of the year, quarter, month, week or day in which a day lies. */
export function periodAt(kind: Exclude<PeriodKind, 'range'>, day: string): string {
  const year = day.slice(0, 4);
  const month = Number(day.slice(5, 7));
  if (kind === 'year') return year;
  if (kind === 'quarter') return `${year}-Q${Math.ceil(month / 3)}`;
  if (kind === 'month') return day.slice(0, 7);
  if (kind === 'day') return day;
  // A week is of the year of its Thursday.
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  const thursday = addDays(day, 3 - weekday);
  const number = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${two(number)}`;
}

/** The period that follows; after a range one that is as long. */
export function nextPeriod({ kind, from, to }: Period): string {
  if (kind !== 'range') return periodAt(kind, to);
  return rangeOf({ from: to, to: addDays(to, daysBetween(from, to)) }).text;
}

/** A period as it is said: `T4 2017`, `octobre 2017`, `semaine 40, 2017`. */
export function formatPeriod(text: string, locale: Locale): string {
  const period = parsePeriod(text);
  if (!period) return text;
  const { kind, from, to } = period;
  const year = text.slice(0, 4);
  if (kind === 'year') return year;
  if (kind === 'quarter') return `${locale === 'fr' ? 'T' : 'Q'}${text.slice(6)} ${year}`;
  if (kind === 'week') {
    return `${locale === 'fr' ? 'semaine' : 'week'} ${Number(text.slice(6))}, ${year}`;
  }
  if (kind === 'day') return formatDate(from, locale);
  if (kind === 'range') return formatStretch(from, to, locale);
  return new Intl.DateTimeFormat(tagOf(locale), {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(Date.parse(from));
}
