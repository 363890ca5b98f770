import type { Day } from '../time/day.js';
import type { Lot, Part, Place } from './posting.js';

/** True from the day on which the points of a lot cannot be spent any more. */
export const isOverdue = ({ expiresOn }: Pick<Lot, 'expiresOn'>, today: Day): boolean =>
  expiresOn !== null && expiresOn <= today;

type Key = Pick<Lot, 'expiresOn' | 'id'>;
const NEVER = '9999-12-31';

/** Which lot is taken first: the earliest to expire, then the one that was made first. */
export function compareLots(a: Key, b: Key): number {
  const [first, second] = [a.expiresOn ?? NEVER, b.expiresOn ?? NEVER];
  if (first !== second) return first < second ? -1 : 1;
  return a.id < b.id ? -1 : Number(a.id > b.id);
}

/** Up to `amount` points from a place of these lots, the earliest to expire first. */
export function take(lots: readonly Lot[], place: Place, amount: number): Part[] {
  const parts: Part[] = [];
  let left = amount;
  for (const lot of lots.filter((one) => one[place] > 0).toSorted(compareLots)) {
    if (left === 0) break;
    const taken = Math.min(left, lot[place]);
    parts.push({ lotId: lot.id, amount: taken });
    left -= taken;
  }
  return parts;
}

/** Splits parts after the first `amount` points. */
export function split(parts: readonly Part[], amount: number): [first: Part[], rest: Part[]] {
  const first: Part[] = [];
  const rest: Part[] = [];
  let left = amount;
  for (const part of parts) {
    const taken = Math.min(left, part.amount);
    if (taken > 0) first.push({ ...part, amount: taken });
    if (part.amount > taken) rest.push({ ...part, amount: part.amount - taken });
    left -= taken;
  }
  return [first, rest];
}
