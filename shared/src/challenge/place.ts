import type { Standing } from './rules/rule-type.js';

/**
 * What the places bring, the best first. Equals add up what their places bring and share it, each
 * part rounded down; what is left of it is nobody’s.
 * @param scores of the first place, of the second, …; later ones bring nothing
 * @example two firsts of 100, 50, 20 get 75 each, and the third 20
 */
export function placed(
  standings: readonly { id: string; standing: Standing }[],
  compare: (a: Standing, b: Standing) => number,
  scores: readonly number[],
): Map<string, number> {
  const sorted = standings.toSorted((a, b) => compare(a.standing, b.standing));
  const found = new Map<string, number>();
  let place = 0;
  while (place < sorted.length && place < scores.length) {
    const first = sorted[place];
    if (!first) break;
    const after = sorted.findIndex(
      ({ standing }, index) => index > place && compare(first.standing, standing) !== 0,
    );
    const equals = sorted.slice(place, after === -1 ? undefined : after);
    const pool = scores.slice(place, place + equals.length).reduce((sum, score) => sum + score, 0);
    for (const { id } of equals) found.set(id, Math.floor(pool / equals.length));
    place += equals.length;
  }
  return found;
}
