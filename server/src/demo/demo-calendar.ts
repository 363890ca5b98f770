import { isoWeekday } from '@palmares/shared/people/presence';
import { addDays, localInstant, type Day } from '@palmares/shared/time/day';

/** Easter Sunday by Gauss, as the days around it are free. */
function easter(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100];
  const e = Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - e + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${year}-${two(Math.floor(days / 31))}-${two((days % 31) + 1)}`;
}

const FIXED = [
  ['01-01', 'Jour de l’An'],
  ['05-01', 'Fête du Travail'],
  ['05-08', 'Victoire 1945'],
  ['07-14', 'Fête nationale'],
  ['08-15', 'Assomption'],
  ['11-01', 'Toussaint'],
  ['11-11', 'Armistice 1918'],
  ['12-25', 'Noël'],
] as const;

/** The French public holidays of a year; each day once. */
export function holidaysOf(year: number): { day: Day; name: string }[] {
  const sunday = easter(year);
  const all = [
    ...FIXED.map(([day, name]) => ({ day: `${year}-${day}`, name })),
    { day: addDays(sunday, 1), name: 'Lundi de Pâques' },
    { day: addDays(sunday, 39), name: 'Ascension' },
    { day: addDays(sunday, 50), name: 'Lundi de Pentecôte' },
  ];
  return [...new Map(all.map((one) => [one.day, one])).values()];
}

export const holidaysBetween = (from: Day, to: Day) => yearsBetween(from, to).flatMap(holidaysOf);

function yearsBetween(from: Day, to: Day): number[] {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** How much is sold in a month: renovation sleeps in August and wakes in September. */
const SEASON = [0.88, 0.94, 1.06, 1.06, 1, 1.06, 0.92, 0.55, 1.16, 1.18, 1.12, 0.84];

export const seasonOf = (day: Day): number => SEASON[Number(day.slice(5, 7)) - 1] ?? 1;

/** The Monday of a day’s week. */
export const mondayOf = (day: Day): Day => addDays(day, 1 - isoWeekday(day));

export const monthOf = (day: Day): Day => `${day.slice(0, 7)}-01`;

/** The first day of the month so many months later. */
export function addMonths(month: Day, count: number): Day {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

export const quarterOf = (day: Day): Day =>
  addMonths(monthOf(day), -((Number(day.slice(5, 7)) - 1) % 3));

const instant = localInstant('Europe/Paris');

/** A moment of a day in the house’s own zone, such as `09:30`. */
export const at = (day: Day, time: string): Date => new Date(instant(`${day}T${time}:00`));
