import { addDays, daysBetween, type Day } from '../time/day.js';
import type { CompiledChallenge } from './compile.js';
import type { Facts } from './have.js';
import { scoresOf, type Score } from './score.js';

/**
 * Days on which a race is looked at: every one from `from` to `last`, both included, or where these
 * are more than `most` as many that are as far apart as can be. The last is always there.
 * @example raceDays('2026-03-01', '2026-03-09', 5) has the 1st, 3rd, 5th, 7th and 9th
 */
export function raceDays(from: Day, last: Day, most: number): Day[] {
  const length = daysBetween(from, last);
  if (length < 0) return [];
  const count = Math.min(length, Math.max(most, 2) - 1);
  const steps = Array.from({ length: count + 1 }, (_none, index) =>
    count === 0 ? 0 : Math.round((index * length) / count),
  );
  return steps.map((step) => addDays(from, step));
}

/**
 * The scores of everybody by what had happened up to a day and on it: the same function as the
 * board’s, over a window that ends sooner. On the last day of the window it is the board.
 */
export const scoresAfter = (
  challenge: CompiledChallenge,
  subjects: ReadonlyMap<string, Facts>,
  day: Day,
): Map<string, Score> => scoresOf({ ...challenge, to: addDays(day, 1) }, subjects);
