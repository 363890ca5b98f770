import { describe, expect, it } from '@jest/globals';
import { formatScaled, parseScaled, SCALE } from '../../quantity/scaled.js';
import type { Day } from '../../time/day.js';
import { compileChallenge } from '../compile.js';
import { challengeDefinitionSchema } from '../challenge.js';
import type { Facts } from '../have.js';
import { scoresOf } from '../score.js';
import { ruleSchema, ruleTypeOf, ruleTypes, type RuleInput } from './registry.js';
import type { Example, RuleWords } from './rule-type.js';

const same = (text: string) => text;
const words: RuleWords = {
  kpi: 'Revenue',
  one: undefined,
  number: same,
  money: same,
  percent: same,
  amount: same,
  list: (texts) => texts.join(', '),
};

const scaled = (text: string) => parseScaled(text) ?? Number.NaN;
const window = { name: 'x', from: '2026-03-01', to: '2026-04-01' };

const ALONE = 'somebody';
const isDay = (key: string) => /^\d{4}-/.test(key);

/** An example speaks of one subject, or of several by name. */
function subjectsOf({ days, score }: Example<unknown>) {
  const alone = typeof score === 'string';
  const named = Object.keys(days).every((key) => !isDay(key)) && !alone;
  return {
    days: (named ? days : { [ALONE]: days }) as Record<string, Record<Day, string>>,
    scores: alone ? { [ALONE]: score } : score,
  };
}

/** Revenue day by day; what is below zero is a refund. */
function factsOf(
  { measures }: ReturnType<typeof compileChallenge>,
  days: Record<Day, string>,
  frozen: string | undefined,
): Facts {
  return {
    frozenFor: () => (frozen === undefined ? null : scaled(frozen)),
    totalsOf: (text) => {
      const refunds = measures.get(text)?.types.includes('sale.refunded') ?? false;
      const own = Object.entries(days).filter(([, value]) => scaled(value) < 0 === refunds);
      return new Map(
        own.map(([day, value]) => [day, { count: SCALE, sum: Math.abs(scaled(value)) }]),
      );
    },
  };
}

const types = Object.entries(ruleTypes);

describe.each(types)('the rule type %s', (name, type) => {
  const examples: readonly Example<RuleInput>[] = type.examples;

  it('is the one that its rules carry', () => {
    for (const { rule } of examples) {
      const parsed = ruleSchema.parse(rule);
      expect(parsed.type).toBe(name);
      expect(ruleTypeOf(parsed)).toBe(type);
    }
  });

  it('does what its examples say', () => {
    for (const example of examples) {
      const definition = challengeDefinitionSchema.parse({ ...window, rules: [example.rule] });
      const challenge = compileChallenge(definition);
      const { days, scores } = subjectsOf(example);
      const facts = Object.entries(days).map(
        ([id, own]) => [id, factsOf(challenge, own, example.frozen)] as const,
      );
      const found = [...scoresOf(challenge, new Map(facts))].map(([id, { score }]) => [
        id,
        formatScaled(score),
      ]);
      expect(Object.fromEntries(found)).toEqual(scores);
    }
  });

  it('never gives more than it says', () => {
    for (const example of examples) {
      const rule = ruleSchema.parse(example.rule);
      const { each, once } = ruleTypeOf(rule).most(rule, 31);
      const given = Object.values(subjectsOf(example).scores).map(scaled);
      if (each === null) continue;
      expect(Math.max(...given)).toBeLessThanOrEqual(each + once);
      expect(given.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(
        each * given.length + once,
      );
    }
  });

  it.each(['fr', 'en'] as const)('says in %s what it does', (locale) => {
    for (const { rule } of examples) {
      const parsed = ruleSchema.parse(rule);
      const sentence = ruleTypeOf(parsed).describe[locale](parsed, words);
      expect(sentence.toLowerCase()).toContain('revenue');
      expect(sentence).not.toMatch(/undefined|null|NaN|%score|%at/);
    }
  });
});

describe('a rule', () => {
  it.each([
    { type: 'per-wish', kpi: 'revenue', score: '1', per: '1' },
    { type: 'per-unit', kpi: 'revenue', score: '0', per: '1' },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '0' },
    { type: 'per-unit', kpi: 'revenue', score: '1' },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '1', colour: 'red' },
    { type: 'per-unit', kpi: 'revenue', score: '1', per: '1', filters: { colour: ['red'] } },
    { type: 'milestone', kpi: 'revenue', thresholds: [] },
    {
      type: 'milestone',
      kpi: 'revenue',
      thresholds: [
        { at: '5', score: '1' },
        { at: '5', score: '2' },
      ],
    },
    {
      type: 'per-unit',
      kpi: 'revenue',
      score: '1',
      per: '1',
      weights: {
        by: 'channel',
        factors: [
          { values: ['web'], factor: '2' },
          { values: ['web'], factor: '3' },
        ],
      },
    },
  ])('%j is refused', (rule) => {
    expect(ruleSchema.safeParse(rule).success).toBe(false);
  });
});
