import { timesOver, type Exact } from '../quantity/exact.js';
import type { Standing } from './rules/rule-type.js';

/** Who stands where: the one in `place`, or several who are equal and take the places from there. */
export interface Place {
  /** From 1. */
  place: number;
  ids: string[];
}

/** Everybody who stands anywhere, the best first. */
export function placesOf(
  standings: readonly { id: string; standing: Standing }[],
  compare: (a: Standing, b: Standing) => number,
): Place[] {
  const sorted = standings.toSorted((a, b) => compare(a.standing, b.standing));
  const found: Place[] = [];
  sorted.forEach(({ id, standing }, index) => {
    const before = sorted[index - 1];
    if (before && compare(before.standing, standing) === 0) found.at(-1)?.ids.push(id);
    else found.push({ place: index + 1, ids: [id] });
  });
  return found;
}

/**
 * What each of those in a place gets, not rounded. Equals add up what their places bring and share
 * it equally.
 * @param scores of the first place, of the second, …; later ones bring nothing
 * @example two firsts of 100, 50, 20 get 75 each, and the third 20
 */
export function bonusOf({ place, ids }: Place, scores: readonly number[]): Exact {
  const pool = scores.slice(place - 1, place - 1 + ids.length);
  const sum = pool.reduce((total, score) => total + score, 0);
  return timesOver(sum, 1, ids.length);
}
