import { z } from 'zod';
import { addDays, daysBetween, isDay, type Day } from './day.js';

/** Days from one to another, `to` exclusive, in the organisation's calendar. */
export interface Window {
  from: Day;
  to: Day;
}

export type PeriodKind = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'range';

/** A stretch of days and the text by which it is asked for. */
export interface Period extends Window {
  text: string;
  kind: PeriodKind;
}

const two = (number: number) => String(number).padStart(2, '0');
const four = (number: number) => String(number).padStart(4, '0');

/** The first day of a month; months before 1 and after 12 are of other years. */
function monthStart(year: number, month: number): Day {
  const index = year * 12 + month - 1;
  return `${four(Math.floor(index / 12))}-${two((((index % 12) + 12) % 12) + 1)}-01`;
}

/** The Monday of the first week of a year: the week that has 4 January. */
function firstMonday(year: number): Day {
  const fourth = `${four(year)}-01-04`;
  return addDays(fourth, -((new Date(`${fourth}T00:00:00Z`).getUTCDay() + 6) % 7));
}

const weeksIn = (year: number) => daysBetween(firstMonday(year), firstMonday(year + 1)) / 7;

const yearOf = (year: number): Period => {
  const from = monthStart(year, 1);
  return { text: four(year), kind: 'year', from, to: monthStart(year + 1, 1) };
};

function quarterOf(year: number, quarter: number): Period {
  const month = quarter * 3 - 2;
  const [from, to] = [monthStart(year, month), monthStart(year, month + 3)];
  return {
    text: `${from.slice(0, 4)}-Q${(Number(from.slice(5, 7)) + 2) / 3}`,
    kind: 'quarter',
    from,
    to,
  };
}

function monthOf(year: number, month: number): Period {
  const from = monthStart(year, month);
  return { text: from.slice(0, 7), kind: 'month', from, to: monthStart(year, month + 1) };
}

/** A week by its number; the last one where the year has none of that number. */
function weekOf(year: number, week: number): Period {
  const number = Math.min(week, weeksIn(year));
  const from = addDays(firstMonday(year), (number - 1) * 7);
  return { text: `${four(year)}-W${two(number)}`, kind: 'week', from, to: addDays(from, 7) };
}

const dayOf = (day: Day): Period => ({ text: day, kind: 'day', from: day, to: addDays(day, 1) });

export const rangeOf = ({ from, to }: Window): Period => {
  return { text: `${from}/${to}`, kind: 'range', from, to };
};

const forms: [RegExp, (...numbers: number[]) => Period | undefined][] = [
  [/^(\d{4})$/, (year = 0) => yearOf(year)],
  [/^(\d{4})-Q([1-4])$/, (year = 0, quarter = 0) => quarterOf(year, quarter)],
  [/^(\d{4})-(0[1-9]|1[0-2])$/, (year = 0, month = 0) => monthOf(year, month)],
  [
    /^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$/,
    (year = 0, week = 0) => (week <= weeksIn(year) ? weekOf(year, week) : undefined),
  ],
];

/**
 * Reads `2017`, `2017-Q4`, `2017-10`, `2017-W40`, `2017-10-03` or `2017-03-01/2018-01-01`; a week
 * has seven days and starts on Monday, numbered as ISO 8601 does. Undefined for anything else, and
 * for years outside 1900 to 2199.
 */
export function parsePeriod(text: string): Period | undefined {
  if (isDay(text)) return dayOf(text);
  const [from = '', to = '', ...more] = text.split('/');
  if (isDay(from) && isDay(to) && from < to && more.length === 0) return rangeOf({ from, to });
  for (const [form, make] of forms) {
    const match = form.exec(text);
    if (!match || text < '1900' || text >= '2200') continue;
    return make(...match.slice(1).map(Number));
  }
  return undefined;
}

export const periodSchema = z
  .string()
  .max(21)
  .transform((text, context): Period => {
    const period = parsePeriod(text);
    if (period) return period;
    const message = 'a period like 2017, 2017-Q4, 2017-10, 2017-W40, 2017-10-03 or from/to';
    context.issues.push({ code: 'custom', message, input: text });
    return z.NEVER;
  })
  .meta({
    id: 'Period',
    description: '2017, 2017-Q4, 2017-10, 2017-W40, 2017-10-03, or from/to with `to` exclusive',
    examples: ['2017-Q4', '2017-03-01/2018-01-01'],
  });

const numbers = (day: Day) => day.split('-').map(Number) as [number, number, number];
const isMonthStart = (day: Day) => day.endsWith('-01');

/**
 * The period before: of a year the year before, and so on. Before a range lies one that is as
 * long: in months where it is made of whole months, else in days.
 */
export function previousPeriod(period: Period): Period {
  const { from, to, kind } = period;
  const [year, month] = numbers(from);
  if (kind === 'year') return yearOf(year - 1);
  if (kind === 'quarter') return quarterOf(year, (month + 2) / 3 - 1);
  if (kind === 'month') return monthOf(year, month - 1);
  if (kind === 'week') return weekAt(addDays(from, -7));
  if (kind === 'day') return dayOf(addDays(from, -1));
  if (isMonthStart(from) && isMonthStart(to)) {
    const [lastYear, lastMonth] = numbers(to);
    const months = lastYear * 12 + lastMonth - year * 12 - month;
    return rangeOf({ from: monthStart(year, month - months), to: from });
  }
  return rangeOf({ from: addDays(from, -daysBetween(from, to)), to: from });
}

/** The ISO week that begins on a Monday: its Thursday lies in its year. */
function weekAt(monday: Day): Period {
  const year = Number(addDays(monday, 3).slice(0, 4));
  return weekOf(year, daysBetween(firstMonday(year), monday) / 7 + 1);
}

/** 29 February has its day in every year: the 28th. */
function yearEarlier(day: Day): Day {
  const [year] = numbers(day);
  const same = `${four(year - 1)}${day.slice(4)}`;
  return day.endsWith('-02-29') ? `${four(year - 1)}-02-28` : same;
}

/**
 * The same period a year earlier: the week of the same number (the last one where there is no
 * 53rd), and of a range the same first and last day.
 */
export function lastYear(period: Period): Period {
  const { from, to, kind, text } = period;
  const [year, month] = numbers(from);
  if (kind === 'year') return yearOf(year - 1);
  if (kind === 'quarter') return quarterOf(year - 1, (month + 2) / 3);
  if (kind === 'month') return monthOf(year - 1, month);
  if (kind === 'week') return weekOf(Number(text.slice(0, 4)) - 1, Number(text.slice(6)));
  if (kind === 'day') return dayOf(yearEarlier(from));
  const last = yearEarlier(addDays(to, -1));
  return rangeOf({ from: yearEarlier(from), to: addDays(last, 1) });
}

export const comparisons = ['previous', 'last-year'] as const;
export type Comparison = (typeof comparisons)[number];

export const comparedPeriod = (period: Period, comparison: Comparison): Period =>
  comparison === 'previous' ? previousPeriod(period) : lastYear(period);
