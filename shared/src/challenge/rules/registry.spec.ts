import { describe, expect, it } from '@jest/globals';
import { formatScaled, parseScaled } from '../../quantity/scaled.js';
import { ruleSchema, ruleTypeOf, ruleTypes } from './registry.js';

const same = (text: string) => text;
const words = { kpi: 'Revenue', one: undefined, number: same, money: same };

describe.each(Object.entries(ruleTypes))('the rule type %s', (name, type) => {
  it('is the one that its rules carry', () => {
    for (const { rule } of type.examples) {
      const parsed = ruleSchema.parse(rule);
      expect(parsed.type).toBe(name);
      expect(ruleTypeOf(parsed)).toBe(type);
    }
  });

  it.each(type.examples)('scores $score for a total of $total', ({ rule, total, score }) => {
    const parsed = ruleSchema.parse(rule);
    const scaled = parseScaled(total) ?? Number.NaN;
    expect(formatScaled(ruleTypeOf(parsed).score(parsed, scaled))).toBe(score);
  });

  it.each(['fr', 'en'] as const)('says in %s what it does', (locale) => {
    for (const { rule } of type.examples) {
      const parsed = ruleSchema.parse(rule);
      const sentence = ruleTypeOf(parsed).describe[locale](parsed, words);
      expect(sentence).toContain('revenue');
      const counted = ruleTypeOf(parsed).describe[locale](parsed, { ...words, one: 'sale' });
      expect(counted).toMatch(/sale|revenue/);
    }
  });
});

describe('a rule', () => {
  it.each([
    { type: 'per-wish', kpi: 'revenue', score: '1', per: '1' },
    { type: 'per-unit', kpi: 'revenue', score: '0', per: '1' },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '0' },
    { type: 'per-unit', kpi: 'revenue', score: '1' },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '1', cap: 3 },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '1', filters: { colour: ['red'] } },
  ])('%j is refused', (rule) => {
    expect(ruleSchema.safeParse(rule).success).toBe(false);
  });
});
