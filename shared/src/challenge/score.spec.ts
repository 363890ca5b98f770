import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Values } from '../kpi/aggregations/aggregation.js';
import { SCALE } from '../quantity/scaled.js';
import { addDays, type Day } from '../time/day.js';
import { challengeDefinitionSchema } from './challenge.js';
import { compileChallenge, scoreOf } from './score.js';

const rule = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' };
const compile = (...rules: object[]) =>
  compileChallenge(
    challengeDefinitionSchema.parse({ name: 'x', from: '2026-03-01', to: '2026-04-01', rules }),
  );

/** Units of revenue a day, refunds below zero, as the measures of a challenge keep them. */
function scored(challenge: ReturnType<typeof compile>, days: Record<Day, number>) {
  const totals = (refund: boolean) =>
    new Map<Day, Values>(
      Object.entries(days)
        .filter(([, units]) => units < 0 === refund)
        .map(([day, units]) => [day, { count: SCALE, sum: Math.abs(units) * SCALE }]),
    );
  return scoreOf(challenge, (text) =>
    totals(challenge.measures.get(text)?.types.includes('sale.refunded') ?? false),
  );
}

describe('a score', () => {
  const sprint = compile(rule);

  it('is nothing, reached never, without activities', () => {
    expect(scored(sprint, {})).toEqual({ score: 0, parts: [0], reachedAt: null });
  });

  it('counts the days of the window and no others', () => {
    const days = { '2026-02-28': 1e6, '2026-03-01': 1000, '2026-03-31': 500, '2026-04-01': 1e6 };
    expect(scored(sprint, days)).toEqual({
      score: 15_000,
      parts: [15_000],
      reachedAt: '2026-03-31',
    });
  });

  it('is the sum of what its rules give', () => {
    const both = compile(rule, { ...rule, score: '2', per: '1' });
    expect(scored(both, { '2026-03-05': 1000 })).toEqual({
      score: 2001 * SCALE,
      parts: [SCALE, 2000 * SCALE],
      reachedAt: '2026-03-05',
    });
  });

  it('may fall below zero by refunds', () => {
    expect(scored(sprint, { '2026-03-02': -500 })).toMatchObject({ score: -5000 });
  });

  it('has stood since before the first day when refunds took all of it back', () => {
    expect(scored(sprint, { '2026-03-02': 500, '2026-03-09': -500 })).toMatchObject({
      score: 0,
      reachedAt: '2026-03-09',
    });
  });

  it('reads one measure once, however many rules need it', () => {
    expect(compile(rule, { ...rule, score: '3' }).measures.size).toBe(2);
    expect(compile(rule, { ...rule, filters: { region: ['West'] } }).measures.size).toBe(4);
  });

  it('refuses a total that could not be kept exactly', () => {
    const days = { '2026-03-01': 9e11, '2026-03-02': 9e11 };
    expect(() => scored(sprint, days)).toThrow(RangeError);
  });

  it('refuses the difference of two totals that could not be kept exactly', () => {
    const few = compile({ ...rule, score: '1', per: '1000000000' });
    const sums: Record<string, number> = { 'deal.won': 8e15, 'sale.refunded': -8e15 };
    const measure = (text: string) => few.measures.get(text)?.types[0] ?? '';
    const huge = (text: string) =>
      new Map([['2026-03-01', { count: SCALE, sum: sums[measure(text)] ?? 0 }]]);
    expect(() => scoreOf(few, huge)).toThrow(RangeError);
  });
});

describe('the day a score was reached', () => {
  /** The definition, read forwards: the first day after which the running score is always final. */
  function naive(days: Record<Day, number>): Day | null {
    const sorted = Object.keys(days).toSorted();
    let running = 0;
    const scores = sorted.map((day) => (running += days[day] ?? 0));
    const from = scores.findLastIndex((score) => score !== running) + 1;
    if (from === 0 && running === 0) return null;
    return sorted[from] ?? null;
  }

  it('is the earliest from which the running score keeps its final value', () => {
    const sprint = compile({ ...rule, per: '1' });
    const day = fc.integer({ min: 0, max: 30 }).map((count) => addDays('2026-03-01', count));
    const days = fc.dictionary(day, fc.integer({ min: -3, max: 3 }), { noNullPrototype: true });
    fc.assert(
      fc.property(days, (units) => {
        expect(scored(sprint, units).reachedAt).toBe(naive(units));
      }),
      { numRuns: 1000 },
    );
  });
});
