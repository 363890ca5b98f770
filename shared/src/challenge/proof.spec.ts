import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyActivities, plainActivity, someMembers } from '../activity/activity.arbitrary.js';
import { identityOf, type Activity } from '../activity/activity.js';
import type { Values } from '../kpi/aggregations/aggregation.js';
import { addUp, evaluate } from '../kpi/formula.js';
import { addsUp } from '../kpi/kpi.js';
import { anyMeasure, contributionsOf, groupsOf } from '../kpi/measure.arbitrary.js';
import type { Measure } from '../kpi/measure.js';
import { compareFractions, fromScaled } from '../quantity/fraction.js';
import { shownExact, writeExact } from '../quantity/exact.js';
import { SCALE } from '../quantity/scaled.js';
import type { Day } from '../time/day.js';
import { challengeDefinitionSchema } from './challenge.js';
import { compileChallenge } from './compile.js';
import { combined, type Facts } from './have.js';
import { leavesOf } from '../kpi/leaf.js';
import { proofOf, type KpiProof, type MeasureProof, type RuleProof } from './proof.js';
import { ruleTypeOf, ruleTypes } from './rules/registry.js';
import type { Have } from './rules/rule-type.js';
import { scoresOf, standingsOf } from './score.js';

/** Every type of rule, with caps that cut and gates that hold back. */
const sprint = compileChallenge(
  challengeDefinitionSchema.parse({
    name: 'Sprint',
    from: '2026-02-28',
    to: '2026-04-01',
    rules: [
      { type: 'per-unit', kpi: 'revenue', score: '1', per: '10', dailyCap: '5', cap: '8' },
      { type: 'per-unit', kpi: 'revenue', score: '2', per: '3', filters: { product: ['A'] } },
      {
        type: 'per-unit',
        kpi: 'sales-count',
        score: '5',
        per: '1',
        weights: { by: 'region', factors: [{ values: ['West'], factor: '3' }] },
      },
      { type: 'per-unit', kpi: 'new-customers', score: '7', per: '1' },
      { type: 'per-unit', kpi: 'active-customers', score: '11', per: '1' },
      { type: 'milestone', kpi: 'sales-count', thresholds: [{ at: '2', score: '9' }] },
      { type: 'attainment', kpi: 'revenue', steps: [{ at: '1', score: '20' }] },
      { type: 'improvement', kpi: 'revenue', score: '3', per: '0.5', cap: '12' },
      { type: 'rank-bonus', kpi: 'average-sale', scores: ['40', '20'] },
      { type: 'best-single', kpi: 'revenue', scores: ['8'] },
    ],
  }),
);
const guarded = compileChallenge(
  challengeDefinitionSchema.parse({
    name: 'Guarded',
    from: '2026-02-28',
    to: '2026-04-01',
    rules: [
      { type: 'per-unit', kpi: 'revenue', score: '1', per: '1' },
      { type: 'first-to', kpi: 'revenue', threshold: '5', scores: ['15', '5'] },
      { type: 'quality-gate', kpi: 'win-rate', atLeast: '0.9', rules: [0] },
      { type: 'quality-gate', kpi: 'sales-count', atLeast: '2', rules: [1, 0] },
    ],
  }),
);
const challenges = fc.constantFrom(sprint, guarded);

/** What each member has of every measure, by the plain sums of all contributions. */
function factsOf(measures: ReadonlyMap<string, Measure>, activities: readonly Activity[]) {
  const counted = activities.filter((activity) => !activity.void);
  const totals = new Map<string, Map<Day, Values>>();
  for (const [text, measure] of measures) {
    for (const { memberId, day, count, sum } of contributionsOf(measure, counted)) {
      const days = totals.get(`${memberId} ${text}`) ?? new Map<Day, Values>();
      const before = days.get(day) ?? { count: 0, sum: 0 };
      days.set(day, { count: before.count + count, sum: before.sum + sum });
      totals.set(`${memberId} ${text}`, days);
    }
  }
  return new Map(someMembers.map((id) => [id, frozen((text) => totals.get(`${id} ${text}`))]));
}

const frozen = (totalsOf: Facts['totalsOf']): Facts => ({
  totalsOf,
  frozenFor: (rule) => (rule === 6 ? 100 * SCALE : rule === 7 ? 50 * SCALE : null),
});

function proofsOf(challenge: typeof sprint, activities: readonly Activity[]) {
  const facts = factsOf(challenge.measures, activities);
  const others = new Map(
    [...facts].map(([id, own]) => [id, { standings: standingsOf(challenge, own) }]),
  );
  return [...facts].map(([id, own]) => [id, proofOf(challenge, id, own, others)] as const);
}

/** What a rule may look at, found in its branch of the tree alone. */
function haveIn({ kpis, frozen: number }: RuleProof): Have {
  const node = (name: string) => kpis.find(({ reading }) => reading === name) as KpiProof;
  const valueIn = ({ measures }: KpiProof, name: string) =>
    measures.find((one) => one.name === name);
  return {
    total: (name) => addUp(node(name).kpi.formula, (one) => valueIn(node(name), one)?.sum ?? 0),
    figure: (name) => node(name).figure,
    days: (name) => daysIn(node(name)),
    frozen: number,
  };
}

function daysIn({ kpi, by, measures }: KpiProof): [Day, number][] {
  const days = new Set(measures.flatMap((one) => one.days.map(({ day }) => day)));
  return [...days].toSorted().map((day) => {
    const on = (name: string) =>
      measures.find((one) => one.name === name)?.days.find((one) => one.day === day)?.sum ?? 0;
    const values = measures.map(({ name }) => on(name));
    return [day, by === 'largest' ? Math.max(...values) : addUp(kpi.formula, on)];
  });
}

/** What a node is worth by its children alone. */
const again = {
  measure: ({ measure, days }: MeasureProof) =>
    combined(
      measure,
      days.map(({ day, count, sum }) => [day, { count, sum }] as const),
      '9999',
    ),
  kpi: ({ kpi, by, measures }: KpiProof) => {
    if (by === 'largest') return fromScaled(Math.max(...measures.map(({ sum }) => sum)));
    return evaluate(kpi.formula, (name, field) => {
      return measures.find((one) => one.name === name)?.[field] ?? 0;
    });
  },
  rule: (node: RuleProof) => {
    const type = ruleTypeOf(node.rule);
    const have = haveIn(node);
    const own = type.score?.(node.rule, have).score ?? 0;
    return {
      own,
      cuts: type.cuts?.(node.rule, have) ?? [],
      met: type.gate?.met(node.rule, have.figure('all')) ?? null,
    };
  },
};

describe('the proof of a score', () => {
  it('ends where the scores are', () => {
    fc.assert(
      fc.property(challenges, anyActivities(12), (challenge, activities) => {
        const scores = scoresOf(challenge, factsOf(challenge.measures, activities));
        for (const [id, { rules, by, heads, ...proof }] of proofsOf(challenge, activities)) {
          expect([by, heads]).toEqual(['sum', null]);
          expect({ ...proof, parts: rules.map(({ score }) => score) }).toEqual(scores.get(id));
        }
      }),
    );
  });

  it('is made anew from its children at every node', () => {
    fc.assert(
      fc.property(challenges, anyActivities(12), (challenge, activities) => {
        for (const [, proof] of proofsOf(challenge, activities)) {
          expect(proof.rules.reduce((sum, { score }) => sum + score, 0)).toBe(proof.score);
          expect(proof.rules.reduce((sum, { held }) => sum + held, 0)).toBe(proof.held);
          for (const node of proof.rules) {
            const { own, ...rest } = again.rule(node);
            expect(rest).toEqual({ cuts: node.cuts, met: node.met });
            expect(Math.abs(shownExact(own) - node.own)).toBeLessThanOrEqual(1);
            if (node.bonus === 0) expect(writeExact(own)).toBe(node.exact);
            expect(node.score + node.held).toBe(node.own + node.bonus);
            const shut = node.heldBy.some((at) => proof.rules[at]?.met === false);
            expect(shut ? node.score : node.held).toBe(0);
            for (const kpi of node.kpis) {
              const { value, reason } = kpi.figure;
              const found = again.kpi(kpi);
              if (value) expect(found && compareFractions(value, found)).toBe(0);
              else expect(reason ?? kpi.by).toMatch(/no-denominator|largest/);
              if (value && kpi.by === 'formula' && addsUp(kpi.kpi)) {
                // What is listed, with its sign, is what the line above it shows.
                const listed = kpi.measures.reduce((sum, one) => sum + one.sign * one.sum, 0);
                expect(compareFractions(value, fromScaled(listed))).toBe(0);
              }
              for (const measure of kpi.measures) {
                expect(again.measure(measure)).toEqual({ count: measure.count, sum: measure.sum });
              }
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names those with whom a place is shared, and what it brings', () => {
    const sales = (memberId: string, amount: number, externalId: string) =>
      plainActivity({
        externalId,
        amount: amount * SCALE,
        shares: [{ memberId, weight: SCALE }],
      });
    const activities = [sales('zoe', 900, '1'), sales('ali', 900, '2'), sales('eve', 1, '3')];
    const proofs = new Map(proofsOf(sprint, activities));
    expect(proofs.get('zoe')?.rules[8]).toMatchObject({
      bonus: 30 * SCALE,
      place: { place: 1, sharedWith: ['ali'], of: 3 },
    });
    expect(proofs.get('eve')?.rules[8]).toMatchObject({ bonus: 0, place: { place: 3, of: 3 } });
    expect(proofs.get('zoe')?.rules[0]?.cuts).toEqual([
      { day: '2026-03-01', full: 90 * SCALE, left: 5 * SCALE },
    ]);
  });

  it('speaks of every type of rule', () => {
    const types = [sprint, guarded].flatMap(({ rules }) => rules.map(({ rule }) => rule.type));
    expect(new Set(types)).toEqual(new Set(Object.keys(ruleTypes)));
  });
});

describe('the leaves under a measure', () => {
  const anyCase = fc.tuple(anyMeasure, anyActivities(14), fc.constantFrom(...someMembers));

  it('add up to every day of it, each on its own day', () => {
    fc.assert(
      fc.property(anyCase, ([measure, all, memberId]) => {
        const activities = all.filter((activity) => !activity.void);
        const said = new Map<Day, Values>();
        for (const one of contributionsOf(measure, activities)) {
          if (one.memberId === memberId) add(said, one.day, one);
        }
        const leaves = new Map<Day, Values>();
        const byIdentity = new Map(activities.map((one) => [identityOf(one), one]));
        const wanted = new Set(byIdentity.keys());
        for (const group of groupsOf(measure, activities)) {
          for (const [identity, values] of leavesOf(measure, memberId, group, wanted)) {
            add(leaves, byIdentity.get(identity)?.occurredOn ?? '', values);
          }
        }
        expect(something(leaves)).toEqual(something(said));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are the same when only some are asked for', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), ([measure, activities, memberId], pick) => {
        for (const group of groupsOf(measure, activities)) {
          const all = new Set(group.map(identityOf));
          const one = new Set([...all].slice(pick % group.length, (pick % group.length) + 1));
          const [whole, some] = [all, one].map((ids) => leavesOf(measure, memberId, group, ids));
          for (const [id, values] of some ?? []) expect(whole?.get(id)).toEqual(values);
        }
      }),
    );
  });
});

function add(days: Map<Day, Values>, day: Day, { count, sum }: Values): void {
  const before = days.get(day) ?? { count: 0, sum: 0 };
  days.set(day, { count: before.count + count, sum: before.sum + sum });
}

const something = (days: ReadonlyMap<Day, Values>) =>
  Object.fromEntries([...days].filter(([, { count, sum }]) => count !== 0 || sum !== 0));
