import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Values } from '../kpi/aggregations/aggregation.js';
import { addExact } from '../quantity/exact.js';
import { SCALE } from '../quantity/scaled.js';
import { addDays, type Day } from '../time/day.js';
import { challengeDefinitionSchema } from './challenge.js';
import { compileChallenge, type CompiledChallenge } from './compile.js';
import type { DayTotals, Facts } from './have.js';
import { bonusesOf, passOf, scoreFrom, scoresOf } from './score.js';

const rule = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' };
const compile = (...rules: object[]) =>
  compileChallenge(
    challengeDefinitionSchema.parse({ name: 'x', from: '2026-03-01', to: '2026-04-01', rules }),
  );

const scoreOf = (challenge: CompiledChallenge, totalsOf: Facts['totalsOf']) =>
  scoreFrom(challenge, passOf(challenge, { totalsOf }));

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
    expect(scored(sprint, {})).toEqual({
      score: 0,
      exact: null,
      parts: [0],
      held: 0,
      reason: null,
      reachedAt: null,
    });
  });

  it('counts the days of the window and no others', () => {
    const days = { '2026-02-28': 1e6, '2026-03-01': 1000, '2026-03-31': 500, '2026-04-01': 1e6 };
    expect(scored(sprint, days)).toEqual({
      score: 15_000,
      exact: null,
      parts: [15_000],
      held: 0,
      reason: null,
      reachedAt: '2026-03-31',
    });
  });

  it('is the sum of what its rules give', () => {
    const both = compile(rule, { ...rule, score: '2', per: '1' });
    expect(scored(both, { '2026-03-05': 1000 })).toEqual({
      score: 2001 * SCALE,
      exact: null,
      parts: [SCALE, 2000 * SCALE],
      held: 0,
      reason: null,
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

/** Somebody who won and lost some deals, of some revenue, on one day each. */
const deals = (challenge: CompiledChallenge, days: Record<Day, [won: number, lost: number]>) => {
  const totalsOf = (text: string): DayTotals => {
    const { types = [], aggregation } = challenge.measures.get(text) ?? {};
    return new Map(
      Object.entries(days).map(([day, [won, lost]]) => {
        const count =
          (types.includes('deal.won') ? won : 0) + (types.includes('deal.lost') ? lost : 0);
        const sum = aggregation === 'count' ? count : types.includes('deal.won') ? won * 100 : 0;
        return [day, { count: count * SCALE, sum: sum * SCALE }];
      }),
    );
  };
  return { totalsOf };
};

describe('a quality gate', () => {
  const gate = {
    type: 'quality-gate',
    kpi: 'win-rate',
    atLeast: '0.5',
    minimumDenominator: '4',
    rules: [0],
  };
  const unit = { type: 'per-unit', kpi: 'sales-count', score: '10', per: '1' };
  const guarded = compile(unit, unit, gate);
  const of = (days: Record<Day, [number, number]>, challenge = guarded) =>
    scoreFrom(challenge, passOf(challenge, deals(challenge, days)));

  it('holds back what it guards, and says how much', () => {
    expect(of({ '2026-03-02': [3, 9] })).toMatchObject({
      score: 30 * SCALE,
      parts: [0, 30 * SCALE, 0],
      held: 30 * SCALE,
    });
  });

  it('lets it go once it is met, from that day on', () => {
    expect(of({ '2026-03-02': [3, 4], '2026-03-09': [1, 0] })).toMatchObject({
      score: 80 * SCALE,
      held: 0,
      reachedAt: '2026-03-09',
    });
    expect(of({ '2026-03-02': [4, 0], '2026-03-09': [0, 5] })).toMatchObject({ held: 40 * SCALE });
  });

  it('decides as declared where too little is known', () => {
    expect(of({ '2026-03-02': [3, 0] })).toMatchObject({ held: 30 * SCALE });
    const lenient = compile(unit, { ...gate, whenUnknown: 'pass' });
    expect(of({ '2026-03-02': [3, 0] }, lenient)).toMatchObject({ score: 30 * SCALE, held: 0 });
  });
});

describe('the places of a rule', () => {
  const bonus = { type: 'rank-bonus', kpi: 'win-rate', scores: ['10', '5'] };
  const ranked = compile({ type: 'per-unit', kpi: 'sales-count', score: '1', per: '1' }, bonus);
  const day = '2026-03-02';

  it('go by a rate as well, and leave out who has none', () => {
    const scores = scoresOf(
      ranked,
      new Map([
        ['ana', deals(ranked, { [day]: [1, 1] })],
        ['ben', deals(ranked, { [day]: [3, 1] })],
        ['cyd', deals(ranked, {})],
      ]),
    );
    expect([...scores].map(([id, { parts }]) => [id, parts[1]])).toEqual([
      ['ana', 5 * SCALE],
      ['ben', 10 * SCALE],
      ['cyd', 0],
    ]);
  });

  it('bring all that there is and never more, however many are equal', () => {
    const wins = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(wins, (all) => {
        const passes = new Map(
          all.map((won, index) => [`${index}`, passOf(ranked, deals(ranked, { [day]: [won, 2] }))]),
        );
        const given = [...bonusesOf(ranked, passes).values()].map((own) => own.get(1) ?? 0);
        const places = Math.min(all.filter((won) => won > 0).length, 2);
        expect(given.reduce(addExact, 0)).toBe(([0, 10, 15][places] ?? 0) * SCALE);
      }),
    );
  });
});
