import type { Day } from '../time/day.js';
import { daySchema } from '../time/day-schema.js';

/** The first day there is; a stretch that begins here has always been. */
export const ALWAYS: Day = '1900-01-01';

/** Days from one, up to and without another; without an end where `to` is null. */
export interface Stretch {
  from: Day;
  to: Day | null;
}

/** The days of a stretch as they are sent: without `from` always, without `to` for good. */
export const stretchFields = {
  from: daySchema
    .nullish()
    .transform((day) => day ?? ALWAYS)
    .pipe(daySchema)
    .meta({ description: 'the first day; always when null' }),
  to: daySchema
    .nullish()
    .transform((day) => day ?? null)
    .pipe(daySchema.nullable())
    .meta({ description: 'the day after the last one; for good when null' }),
};

/** The days of a stretch as they are answered. */
export const stretchViewFields = {
  from: daySchema.nullable().meta({ description: 'the first day; null for always' }),
  to: daySchema.nullable().meta({ description: 'the day after the last one; null for good' }),
};

export const endsAfterStart = {
  check: ({ from, to }: Stretch) => to === null || from < to,
  fault: { path: ['to'], error: 'must come after from' },
};

/** A stretch in the words of the API. */
export function viewOfStretch({ from, to }: Stretch): { from: Day | null; to: Day | null } {
  return { from: from === ALWAYS ? null : from, to };
}

export function holds({ from, to }: Stretch, day: Day): boolean {
  return from <= day && (to === null || day < to);
}

const earlier = (a: Day | null, b: Day | null) => (a === null || (b !== null && b < a) ? b : a);

/** The days that both have; undefined when there are none. */
export function commonOf(a: Stretch, b: Stretch): Stretch | undefined {
  const from = a.from < b.from ? b.from : a.from;
  const to = earlier(a.to, b.to);
  return to === null || from < to ? { from, to } : undefined;
}

/** What is left of a list of stretches when everything from a day on is taken away. */
export function before<Dated extends Stretch>(list: readonly Dated[], day: Day): Dated[] {
  return list
    .filter(({ from }) => from < day)
    .map((one) => (one.to !== null && one.to <= day ? one : { ...one, to: day }));
}

/** The place in the list of the first stretch that shares a day with one that begins earlier. */
export function firstOverlap(list: readonly Stretch[]): number | undefined {
  const order = [...list.keys()].toSorted((a, b) => {
    const [x, y] = [list[a]?.from ?? '', list[b]?.from ?? ''];
    return x < y ? -1 : Number(x > y);
  });
  let end: Day | null = ALWAYS;
  for (const index of order) {
    const one = list[index];
    if (!one) continue;
    if (end === null || one.from < end) return index;
    end = one.to;
  }
  return undefined;
}

/** The same days in as few stretches as there can be, in order. */
export function joined(list: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const { from, to } of list.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1);
    if (!last || (last.to !== null && last.to < from)) result.push({ from, to });
    else if (last.to !== null) last.to = to === null || to > last.to ? to : last.to;
  }
  return result;
}
