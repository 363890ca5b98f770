import type { Award } from './payout.js';

/** Who was in a team, and for how many days of the window. */
export type DaysIn = (teamId: string) => ReadonlyMap<string, number>;

/**
 * What teams get, in the hands of their members: points by the days that each was in the team,
 * rounded down, so that all parts together are never more than the team’s; a gift goes to each.
 * Whoever was in two of them has one award for each line, with the points of both.
 * @example 100 points of a team with ana for 20 days and ben for 10: 66 and 33
 */
export function sharedAwards(awards: readonly Award[], daysIn: DaysIn): Award[] {
  const found = new Map<string, Award>();
  for (const award of awards) {
    const days = daysIn(award.subjectId);
    const sum = [...days.values()].reduce((total, one) => total + one, 0);
    for (const [subjectId, own] of days) {
      const points = Number((BigInt(award.points) * BigInt(own)) / BigInt(sum));
      if (points === 0 && award.prize === null) continue;
      const key = `${award.line} ${subjectId}`;
      const known = found.get(key);
      if (known) known.points += points;
      else found.set(key, { ...award, subjectId, points, teamId: award.subjectId });
    }
  }
  return [...found.values()];
}
