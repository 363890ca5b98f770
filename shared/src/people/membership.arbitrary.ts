import fc from 'fast-check';
import { addDays } from '../time/day.js';
import { ALWAYS, type Stretch } from './stretch.js';

/** Days around a leap day, a change of the clock and a turn of the year. */
export const anyDay = fc
  .integer({ min: 0, max: 800 })
  .map((offset) => addDays('2027-09-01', offset));

/** Days of a stretch, sometimes since ever, sometimes for good. */
export const anyStretch: fc.Arbitrary<Stretch> = fc
  .record({
    from: fc.oneof({ weight: 4, arbitrary: anyDay }, fc.constant(ALWAYS)),
    length: fc.integer({ min: 1, max: 400 }),
    open: fc.boolean(),
  })
  .map(({ from, length, open }) => {
    const start = from === ALWAYS ? '2027-09-01' : from;
    return { from, to: open ? null : addDays(start, length) };
  });

/** A period of some days. */
export const anyPeriod = fc
  .record({ from: anyDay, length: fc.integer({ min: 1, max: 100 }) })
  .map(({ from, length }) => ({ from, to: addDays(from, length) }));

/** The days of a period, one by one. */
export function daysOf({ from, to }: { from: string; to: string }): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}
