import { remember, tagOf, type Locale } from './locale';

const DAY = 86_400_000;

const formats = remember((key) => {
  const [tag, zone, options] = JSON.parse(key) as [string, string, Intl.DateTimeFormatOptions];
  return new Intl.DateTimeFormat(tag, { ...options, timeZone: zone });
});

const format = (locale: Locale, zone: string, options: Intl.DateTimeFormatOptions) =>
  formats(JSON.stringify([tagOf(locale), zone, options]));

const asInstant = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** From the first day to the last one that counts: `1–31 octobre 2026`. `to` is exclusive. */
export function formatWindow(from: string, to: string, locale: Locale): string {
  return format(locale, 'UTC', { day: 'numeric', month: 'long', year: 'numeric' })
    .formatRange(asInstant(from), asInstant(to) - DAY)
    .replaceAll('\u2009', '\u202f');
}

/** A local day without its year: `31 octobre`. */
export const formatDay = (day: string, locale: Locale): string =>
  format(locale, 'UTC', { day: 'numeric', month: 'long' }).format(asInstant(day));

/** The last day that counts of a window whose end is exclusive. */
export const lastDay = (to: string): string =>
  new Date(asInstant(to) - DAY).toISOString().slice(0, 10);

export const formatTime = (instant: number, locale: Locale, zone: string): string =>
  format(locale, zone, { hour: '2-digit', minute: '2-digit' }).format(instant);

/** A moment as a reader needs it: only the time today, the day too before, the year if another. */
export function formatMoment(instant: number, now: number, locale: Locale, zone: string): string {
  const day = format(locale, zone, { dateStyle: 'short' });
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  if (day.format(instant) === day.format(now)) return formatTime(instant, locale, zone);
  const year = format(locale, zone, { year: 'numeric' });
  const thisYear = year.format(instant) === year.format(now);
  const date = { day: 'numeric', month: 'short', ...time } as const;
  return format(locale, zone, thisYear ? date : { ...date, year: 'numeric' }).format(instant);
}

/** A local day with its year: `31 oct. 2026`. */
export const formatDate = (day: string, locale: Locale): string =>
  format(locale, 'UTC', { day: 'numeric', month: 'short', year: 'numeric' }).format(asInstant(day));

/** An instant as a day and a time, whatever today is: `31 oct. 2026, 14:05`. */
export const formatInstant = (instant: string, locale: Locale, zone: string): string =>
  format(locale, zone, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(instant));

const moments = remember(
  (zone) =>
    new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone: zone }),
);

/** An instant as spreadsheets read it in any language: `2026-12-01 00:12:46`. */
export const sheetMoment = (instant: string, zone: string): string =>
  moments(zone).format(Date.parse(instant));

/**
 * Days from one to the last that counts, open on either side; nothing when on both.
 * @param to exclusive, as everywhere in the API
 */
export function formatStretch(from: string | null, to: string | null, locale: Locale): string {
  const first = from === null ? '' : formatDate(from, locale);
  const last = to === null ? '' : formatDate(lastDay(to), locale);
  if (first && last) return first === last ? first : `${first} – ${last}`;
  return first ? `${first} →` : last && `→ ${last}`;
}

/** The day that follows a last day, as the API wants it; nothing stays nothing. */
export const dayAfter = (day: string | null): string | null =>
  day ? new Date(asInstant(day) + DAY).toISOString().slice(0, 10) : null;

/** Today where the organisation is: `2026-10-31`. */
export const today = (zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(Date.now());

/** The name of an ISO day of the week: 1 → `lundi`. 2024 began on a Monday. */
export const formatWeekday = (weekday: number, locale: Locale): string =>
  format(locale, 'UTC', { weekday: 'long' }).format(Date.UTC(2024, 0, weekday));
