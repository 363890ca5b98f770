import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../time/day.js';
import { challengeDefinitionSchema } from './challenge.js';
import { compileChallenge } from './compile.js';
import { raceDays, scoresAfter } from './race.js';
import { scoresOf } from './score.js';

const from = '2026-03-01';

describe('the days of a race', () => {
  it('are all of them while they are few', () => {
    expect(raceDays(from, '2026-03-04', 10)).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
    ]);
    expect(raceDays(from, from, 10)).toEqual([from]);
  });

  it('are none before the first', () => {
    expect(raceDays(from, '2026-02-28', 10)).toEqual([]);
  });

  it('begin with the first, end with the last, grow and are never too many', () => {
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 2, max: 70 }), (length, most) => {
        const last = addDays(from, length);
        const days = raceDays(from, last, most);
        expect(days[0]).toBe(from);
        expect(days.at(-1)).toBe(last);
        expect(days).toEqual([...new Set(days)].sort());
        expect(days.length).toBe(Math.min(length + 1, most));
      }),
    );
  });
});

describe('a race', () => {
  const challenge = compileChallenge(
    challengeDefinitionSchema.parse({
      name: 'Sprint',
      from,
      to: '2026-04-01',
      audience: { kind: 'everyone' },
      rules: [{ type: 'per-unit', kpi: 'revenue', score: '1', per: '1' }],
    }),
  );
  const [sales = ''] = challenge.measures.keys();
  const factsOf = (days: Record<string, number>) => ({
    totalsOf: (text: string) =>
      text === sales
        ? new Map(
            Object.entries(days).map(
              ([day, sum]) => [day, { count: 1, sum: sum * 10_000 }] as const,
            ),
          )
        : undefined,
  });
  const subjects = new Map([
    ['ana', factsOf({ '2026-03-02': 10, '2026-03-20': 5 })],
    ['ben', factsOf({ '2026-03-03': 12 })],
  ]);
  const on = (day: string) =>
    [...scoresAfter(challenge, subjects, day)].map(([id, { score }]) => [id, score / 10_000]);

  it('counts a day from its end on', () => {
    expect(on('2026-03-01')).toEqual([
      ['ana', 0],
      ['ben', 0],
    ]);
    expect(on('2026-03-02')).toEqual([
      ['ana', 10],
      ['ben', 0],
    ]);
    expect(on('2026-03-03')).toEqual([
      ['ana', 10],
      ['ben', 12],
    ]);
  });

  it('ends with the board', () => {
    expect(scoresAfter(challenge, subjects, '2026-03-31')).toEqual(scoresOf(challenge, subjects));
  });
});
