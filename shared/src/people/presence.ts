import { z } from 'zod';
import { decimalSchema, decimalStringSchema } from '../quantity/decimal.js';
import { SCALE } from '../quantity/scaled.js';
import { daysBetween, type Day } from '../time/day.js';
import { daySchema } from '../time/day-schema.js';
import { ALWAYS, firstOverlap, type Stretch } from './stretch.js';

/** A working day has a morning and an afternoon. */
export const halves = ['am', 'pm'] as const;
export type Half = (typeof halves)[number];

/** From the first half-day away up to the first one back. */
export interface Absence {
  from: Day;
  fromHalf: Half;
  to: Day;
  toHalf: Half;
}

/** When somebody is there: from joining until leaving, how much of the time, less the absences. */
export interface Presence {
  enteredOn: Day | null;
  /** The day after the last one. */
  leftOn: Day | null;
  /** In 1/10 000, each from a day on; full time before the first. */
  workRates: readonly { from: Day; rate: number }[];
  absences: readonly Absence[];
}

/** When the organisation works: ISO days of the week (1 is Monday), without the holidays. */
export interface WorkSettings {
  workingWeek: readonly number[];
  holidays: readonly Day[];
}

const absenceSchema = z
  .strictObject({
    from: daySchema,
    fromHalf: z.enum(halves).default('am'),
    to: daySchema.meta({ description: 'with toHalf the first half-day of being back' }),
    toHalf: z.enum(halves).default('am'),
  })
  .refine(
    (absence) => halfOf(absence.from, absence.fromHalf) < halfOf(absence.to, absence.toHalf),
    {
      path: ['to'],
      error: 'must come after from',
    },
  )
  .meta({ id: 'Absence' });

const workRateSchema = z.strictObject({
  from: daySchema
    .nullish()
    .transform((day) => day ?? ALWAYS)
    .pipe(daySchema),
  rate: decimalSchema(0, SCALE),
});

export const employmentFields = { enteredOn: daySchema.nullish(), leftOn: daySchema.nullish() };

/** True unless somebody leaves before having come. */
export const leavesAfterEntering = {
  check: ({ enteredOn, leftOn }: { enteredOn?: Day | null; leftOn?: Day | null }) =>
    !enteredOn || !leftOn || enteredOn < leftOn,
  fault: { path: ['leftOn'], error: 'must come after enteredOn' },
};

export const presenceInputSchema = z
  .strictObject({
    ...employmentFields,
    workRates: z.array(workRateSchema).max(200).default([]),
    absences: z.array(absenceSchema).max(2_000).default([]),
  })
  .refine(leavesAfterEntering.check, leavesAfterEntering.fault)
  .superRefine(({ workRates, absences }, context) => {
    const add = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path, message });
    const days = workRates.map(({ from }) => from);
    const twice = days.findIndex((day, index) => days.indexOf(day) < index);
    if (twice >= 0) add(['workRates', twice, 'from'], 'another rate begins on this day');
    const overlap = firstOverlap(absences.map(asStretch));
    if (overlap !== undefined) add(['absences', overlap], 'overlaps another absence');
  })
  .meta({ id: 'PresenceInput' });
export type PresenceInput = z.output<typeof presenceInputSchema>;

export const presenceViewSchema = z
  .object({
    enteredOn: daySchema.nullable(),
    leftOn: daySchema.nullable(),
    workRates: z.array(z.object({ from: daySchema.nullable(), rate: decimalStringSchema })),
    absences: z.array(
      z.object({
        from: daySchema,
        fromHalf: z.enum(halves),
        to: daySchema,
        toHalf: z.enum(halves),
      }),
    ),
  })
  .meta({ id: 'Presence' });

/** 1970-01-05 was a Monday. */
const dayNumber = (day: Day) => daysBetween('1970-01-05', day);

/** Half-days in one row of numbers; also before 1970. */
function halfOf(day: Day, half: Half = 'am'): number {
  return dayNumber(day) * 2 + Number(half === 'pm');
}

/** Half-days compare as text, so that they can stand for the days of a stretch. */
function asStretch({ from, fromHalf, to, toHalf }: Absence): Stretch {
  return { from: from + fromHalf, to: to + toHalf };
}

/** The ISO day of the week: `isoWeekday('2026-03-02')` → `1`, a Monday. */
export function isoWeekday(day: Day): number {
  return ((((dayNumber(day) % 7) + 7) % 7) + 1) as number;
}

/** The working half-days of an organisation in a period, ready to be counted for many members. */
export interface WorkCalendar {
  readonly first: number;
  /** How many of the first n half-days of the period are worked. */
  readonly upTo: Int32Array;
}

export function workCalendar(
  { workingWeek, holidays }: WorkSettings,
  period: { from: Day; to: Day },
): WorkCalendar {
  const first = halfOf(period.from);
  const count = Math.max(0, halfOf(period.to) - first);
  const closed = new Set(holidays.map((day) => halfOf(day)));
  const open = Array.from({ length: 7 }, (_, index) => workingWeek.includes(index + 1));
  const upTo = new Int32Array(count + 1);
  const monday = isoWeekday(period.from) - 1;
  for (let half = 0; half < count; half += 1) {
    const morning = first + half - (half % 2);
    const worked = open[(monday + (half >> 1)) % 7] && !closed.has(morning);
    upTo[half + 1] = (upTo[half] ?? 0) + Number(worked);
  }
  return { first, upTo };
}

/** How many half-days are worked from one half-day up to another, within the calendar’s period. */
function worked({ first, upTo }: WorkCalendar, from: number, to: number): number {
  const at = (half: number) => upTo[Math.min(Math.max(half - first, 0), upTo.length - 1)] ?? 0;
  return Math.max(0, at(to) - at(from));
}

/**
 * How long somebody is at work in the period of a calendar, in 1/10 000 of a half-day: half-days
 * of the working week that are no holiday, between entering and leaving, away from no absence,
 * each by the work rate of its day. Exact, nothing is rounded.
 * @example five days at full time // 100_000
 */
export function workingTime(calendar: WorkCalendar, presence: Presence): number {
  const begin = presence.enteredOn === null ? -Infinity : halfOf(presence.enteredOn);
  const end = presence.leftOn === null ? Infinity : halfOf(presence.leftOn);
  const rates = presence.workRates.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const away = presence.absences.map(({ from, fromHalf, to, toHalf }) => {
    return [halfOf(from, fromHalf), halfOf(to, toHalf)] as const;
  });
  let time = 0;
  for (let index = -1; index < rates.length; index += 1) {
    const rate = index < 0 ? SCALE : (rates[index]?.rate ?? SCALE);
    const next = rates[index + 1];
    const from = Math.max(begin, index < 0 ? -Infinity : halfOf(rates[index]?.from ?? ALWAYS));
    const to = Math.min(end, next ? halfOf(next.from) : Infinity);
    if (from >= to) continue;
    let count = worked(calendar, from, to);
    for (const [left, back] of away) {
      count -= worked(calendar, Math.max(from, left), Math.min(to, back));
    }
    time += count * rate;
  }
  return time;
}

/** True when somebody belongs to the organisation on some day of a period. */
export function employedIn(
  { enteredOn, leftOn }: Pick<Presence, 'enteredOn' | 'leftOn'>,
  { from, to }: Stretch,
): boolean {
  return (
    (enteredOn === null || to === null || enteredOn < to) && (leftOn === null || leftOn > from)
  );
}
