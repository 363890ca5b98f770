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
