import { describe, expect, it } from '@jest/globals';
import { SCALE } from '../quantity/scaled.js';
import { challengeDefinitionSchema, type ChallengeDefinitionInput } from './challenge.js';
import { compileChallenge } from './compile.js';
import { scoreToPass, wayTo } from './gap.js';
import type { RuleInput } from './rules/registry.js';

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
