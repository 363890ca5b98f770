import { describe, expect, it } from '@jest/globals';
import { shownExact } from '@palmares/shared/quantity/exact';
import type { RuleView } from './challenge.api';
import { nextStep, perHeadOf } from './proof-step';

const ruleOf = (rule: { type: string }, value: number | string, more: object = {}): RuleView =>
  ({
    by: rule.type,
    rule,
    own: '12',
    frozen: null,
    heldBy: [],
    kpis: [{ kpi: 'sales-count', by: 'formula', value }],
    ...more,
  }) as unknown as RuleView;

const steps = {
  type: 'milestone',
  kpi: 'sales-count',
  thresholds: [
    { at: '6', score: '12' },
    { at: '10', score: '25' },
  ],
};

describe('the next step of a rule', () => {
  it('says what is missing of a shared sale, and what it gives more', () => {
    expect(nextStep(ruleOf(steps, 9.6), null)).toEqual({ at: '10', missing: '0.4', gain: '13' });
    const cumulative = { ...steps, mode: 'cumulative' };
    expect(nextStep(ruleOf(cumulative, 9.6), null)).toMatchObject({ gain: '25' });
    expect(nextStep(ruleOf(steps, 10), null)).toBeUndefined();
    expect(nextStep(ruleOf(steps, 9.6, { heldBy: [1] }), null)).toBeUndefined();
  });

  it('is of the total by head where a team is measured so', () => {
    const heads = { personDays: 150, days: 30 };
    expect(nextStep(ruleOf(steps, 48), heads)).toMatchObject({ missing: '0.4' });
  });

  it('goes by the own target', () => {
    const line = { type: 'attainment', kpi: 'revenue', steps: [{ at: '0.8', score: '40' }] };
    const kpis = [{ kpi: 'revenue', by: 'formula', value: '700' }];
    const rule = ruleOf(line, 0, { kpis, frozen: '1000', own: '0' });
    expect(nextStep(rule, null)).toEqual({ at: '0.8', missing: '100', gain: '40' });
    expect(nextStep({ ...rule, frozen: null }, null)).toBeUndefined();
  });
});

describe('what is divided by head', () => {
  it('is what adds up, and neither a rate nor what is compared with a target', () => {
    const heads = { personDays: 90, days: 30 };
    const each = perHeadOf(ruleOf(steps, 35), heads);
    expect(each === null ? null : shownExact(each)).toBe(116_667);
    expect(perHeadOf(ruleOf({ type: 'attainment' }, 35), heads)).toBeNull();
    const rate = { kpis: [{ kpi: 'win-rate', by: 'formula', value: 0.5 }] };
    expect(perHeadOf(ruleOf(steps, 35, rate), heads)).toBeNull();
    expect(perHeadOf(ruleOf(steps, 35), null)).toBeNull();
  });
});
