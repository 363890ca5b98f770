import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Award } from './payout.js';
import { sharedAwards } from './team-award.js';

const award = (subjectId: string, points: number, prize: string | null = null): Award => {
  return { line: 0, subjectId, points, prize, teamId: null };
};
const briefs = (awards: readonly Award[]) =>
  awards.map(({ subjectId, points, teamId }) => [subjectId, points, teamId]);

describe('what a team gets', () => {
  it('is shared by days, rounded down', () => {
    const days = new Map([
      ['ana', 20],
      ['ben', 10],
    ]);
    expect(briefs(sharedAwards([award('north', 100)], () => days))).toEqual([
      ['ana', 66, 'north'],
      ['ben', 33, 'north'],
    ]);
  });

  it('gives a gift to each who was in it', () => {
    const days = new Map([
      ['ana', 20],
      ['ben', 1],
    ]);
    const gifts = sharedAwards([award('north', 0, 'Dîner')], () => days);
    expect(gifts.map(({ subjectId, prize }) => [subjectId, prize])).toEqual([
      ['ana', 'Dîner'],
      ['ben', 'Dîner'],
    ]);
  });

  it('is one award for whoever was in two of them', () => {
    const both = sharedAwards(
      [award('north', 100), award('south', 50)],
      () => new Map([['ana', 3]]),
    );
    expect(briefs(both)).toEqual([['ana', 150, 'north']]);
  });

  it('is nobody’s where nobody was there', () => {
    expect(sharedAwards([award('north', 100)], () => new Map())).toEqual([]);
  });

  it('is never more than the team’s, and less by fewer points than there are people', () => {
    const people = fc.uniqueArray(fc.tuple(fc.uuid(), fc.integer({ min: 1, max: 366 })), {
      selector: ([id]) => id,
      minLength: 1,
      maxLength: 30,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000 }), people, (points, days) => {
        const parts = sharedAwards([award('north', points)], () => new Map(days));
        const sum = parts.reduce((total, one) => total + one.points, 0);
        expect(sum).toBeLessThanOrEqual(points);
        expect(points - sum).toBeLessThan(days.length);
      }),
    );
  });
});
