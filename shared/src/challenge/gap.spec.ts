import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addExact, compareExact, type Exact } from '../quantity/exact.js';
import { SCALE } from '../quantity/scaled.js';
import { challengeDefinitionSchema, type ChallengeDefinitionInput } from './challenge.js';
import { compileChallenge } from './compile.js';
import { scoreToPass, wayTo } from './gap.js';
import type { RuleInput } from './rules/registry.js';
import { passOf } from './score.js';

const compiled = (rules: RuleInput[], more: Partial<ChallengeDefinitionInput> = {}) =>
  compileChallenge(
    challengeDefinitionSchema.parse({
      name: 'Sprint',
      from: '2026-03-01',
      to: '2026-04-01',
      audience: { kind: 'everyone' },
      rules,
      ...more,
    }),
  );
const way = (rules: RuleInput[], needed: number, more = {}) => {
  const found = wayTo(compiled(rules, more), Math.round(needed * SCALE));
  return found && [found.amount / SCALE, found.kpi];
};

const sales: RuleInput = { type: 'per-unit', kpi: 'sales-count', score: '12', per: '1' };
const revenue: RuleInput = { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' };
const basket: RuleInput = {
  type: 'rank-bonus',
  kpi: 'average-sale',
  scores: ['50'],
} as RuleInput;

describe('what closes a gap', () => {
  it('is whole units of what is counted, enough by themselves', () => {
    expect(way([sales], 17)).toEqual([2, 'sales-count']);
    expect(way([sales], 24)).toEqual([2, 'sales-count']);
    expect(way([sales], 24.0001)).toEqual([3, 'sales-count']);
  });

  it('is an amount, to three figures upwards, and never too little, where nothing is counted', () => {
    expect(way([revenue], 17)).toEqual([17_000, 'revenue']);
    expect(way([revenue], 17.321)).toEqual([17_400, 'revenue']);
    expect(way([revenue], 12.326)).toEqual([12_400, 'revenue']);
    expect(way([{ ...revenue, per: '1' }], 4)).toEqual([4, 'revenue']);
  });

  it('prefers units to amounts, and the rule that asks for fewer', () => {
    const visits: RuleInput = { type: 'per-unit', kpi: 'visits', score: '1', per: '1' };
    expect(way([revenue, sales], 17)).toEqual([2, 'sales-count']);
    expect(way([visits, sales], 17)).toEqual([2, 'sales-count']);
  });

  it('counts whole tranches whatever has begun', () => {
    const tens: RuleInput = { ...sales, score: '5', per: '10', whole: true };
    expect(way([tens], 6)).toEqual([20, 'sales-count']);
  });

  it.each<[string, RuleInput[]]>([
    ['a cap', [{ ...sales, cap: '100' }]],
    ['a cap of a day', [{ ...sales, dailyCap: '36' }]],
    ['units of each sale', [{ ...revenue, whole: true, units: 'each' }]],
    ['a filter', [{ ...sales, filters: { channel: ['shop'] } }]],
    [
      'lighter sales',
      [{ ...sales, weights: { by: 'channel', factors: [{ values: ['web'], factor: '0.5' }] } }],
    ],
    [
      'a gate',
      [sales, { type: 'quality-gate', kpi: 'win-rate', atLeast: '0.5', rules: [0] } as RuleInput],
    ],
    ['a rule that the same sales may lower', [sales, basket]],
    ['steps alone', [{ type: 'milestone', kpi: 'revenue', thresholds: [{ at: '1', score: '5' }] }]],
  ])('is not said with %s', (_why, rules) => {
    expect(way(rules, 17)).toBeUndefined();
  });

  const steps: RuleInput = {
    type: 'milestone',
    kpi: 'sales-count',
    thresholds: [
      { at: '6', score: '12' },
      { at: '10', score: '25' },
    ],
  };

  it('counts the threshold that is near, where it is known what somebody has', () => {
    const rules = [sales, steps];
    const of = (total: number) => rules.map(() => ({ total: total * SCALE, frozen: null }));
    const found = (total: number, needed: number) =>
      (wayTo(compiled(rules), needed * SCALE, of(total))?.amount ?? 0) / SCALE;
    expect(found(9, 25)).toBe(1);
    expect(found(9.6, 25)).toBe(1);
    expect(found(7, 25)).toBe(3);
    expect(found(0, 25)).toBe(3);
    expect(wayTo(compiled([steps]), 13 * SCALE, of(8))?.amount).toBe(2 * SCALE);
    expect(wayTo(compiled([steps]), 13 * SCALE, of(12))).toBeUndefined();
  });

  it('knows what a cap leaves, and a target', () => {
    const capped = compiled([{ ...sales, cap: '100' }]);
    expect(wayTo(capped, 12 * SCALE, [{ total: 7 * SCALE, frozen: null }])?.amount).toBe(SCALE);
    expect(wayTo(capped, 20 * SCALE, [{ total: 7 * SCALE, frozen: null }])).toBeUndefined();
    const aim = compiled([
      { type: 'attainment', kpi: 'revenue', steps: [{ at: '1', score: '20' }] } as RuleInput,
    ]);
    const own = [{ total: 87_674 * SCALE, frozen: 100_000 * SCALE }];
    // 100 % as it is shown: 99,995 € are enough.
    expect((wayTo(aim, 20 * SCALE, own)?.amount ?? 0) / SCALE).toBe(12_400);
  });

  it('is always enough, and one less never is', () => {
    const rules = [sales, { ...steps, mode: 'cumulative' } as RuleInput, { ...sales, cap: '50' }];
    const challenge = compiled(rules);
    const scoreOf = (total: number) =>
      passOf(challenge, {
        totalsOf: () => new Map([['2026-03-02', { count: total, sum: total }]]),
      }).gains.reduce<Exact>((sum, { score }) => addExact(sum, score), 0);
    fc.assert(
      fc.property(fc.nat(150_000), fc.integer({ min: 1, max: 900_000 }), (total, needed) => {
        const haves = rules.map(() => ({ total, frozen: null }));
        const amount = wayTo(challenge, needed, haves)?.amount ?? 0;
        const target = addExact(scoreOf(total), needed);
        expect(compareExact(scoreOf(total + amount), target)).toBeGreaterThanOrEqual(0);
        expect(compareExact(scoreOf(total + amount - SCALE), target)).toBeLessThan(0);
      }),
    );
  });

  it('is not said of teams by head, where one sale is a part of one', () => {
    const audience = { kind: 'teams', by: 'per-head' } as const;
    expect(way([sales], 17, { audience })).toBeUndefined();
  });

  it('asks for more than equality where the earlier one stays before', () => {
    expect(scoreToPass(100, 117, 'earliest')).toBe(18);
    expect(scoreToPass(100, 100, 'earliest')).toBe(1);
    expect(scoreToPass(100, 117, 'shared')).toBe(17);
  });
});
