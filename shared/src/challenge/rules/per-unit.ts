import { z } from 'zod';
import { labels } from '../../activity/activity.js';
import type { Filters } from '../../kpi/measure.js';
import { decimalSchema } from '../../quantity/decimal.js';
import { addExact, compareExact, shownExact, timesOver } from '../../quantity/exact.js';
import type { Exact } from '../../quantity/exact.js';
import { SCALE, formatScaled } from '../../quantity/scaled.js';
import { textSchema } from '../../quantity/text.js';
import type { Day } from '../../time/day.js';
import { capped, cutOf, filtersField, kpiField, lower, scoreField } from './parameter.js';
import { gained, type Cut, type Have, type Reading } from './rule-type.js';
import type { RuleType, RuleWords } from './rule-type.js';

/** Sales of some kind count more, or less, than the others. */
const weightsSchema = z
  .strictObject({
    by: z.enum([...labels, 'product']),
    factors: z
      .array(
        z.strictObject({
          values: z.array(textSchema(200)).min(1).max(50),
          factor: decimalSchema(0, 100 * SCALE),
        }),
      )
      .min(1)
      .max(10),
  })
  .refine(
    ({ factors }) => {
      const all = factors.flatMap(({ values }) => values);
      return new Set(all).size === all.length;
    },
    { error: 'a value has one factor' },
  );

export const perUnitSchema = z
  .strictObject({
    type: z.literal('per-unit'),
    kpi: kpiField,
    score: scoreField.meta({ description: 'score given for each `per` of the KPI' }),
    per: decimalSchema(1).meta({ description: 'how much of the KPI makes one unit' }),
    filters: filtersField,
    weights: weightsSchema.nullish(),
    whole: z.boolean().default(false).meta({ description: 'only whole units of the total count' }),
    units: z.enum(['total', 'each']).default('total').meta({
      description: 'units of the total, or whole units of each activity',
    }),
    dailyCap: scoreField.nullish().meta({ description: 'the most that one day gives' }),
    cap: scoreField.nullish().meta({ description: 'the most that the rule gives' }),
  })
  .meta({ id: 'PerUnitRule' });
type PerUnit = z.output<typeof perUnitSchema>;

const groupOf = (rule: PerUnit, index: number): Filters => {
  const { by, factors } = rule.weights ?? { by: 'customer' as const, factors: [] };
  const wanted = factors[index]?.values ?? [];
  const before = rule.filters[by];
  return { ...rule.filters, [by]: before ? wanted.filter((one) => before.includes(one)) : wanted };
};

/** What counts, once the heavier and lighter sales are weighed: of all days, or of one. */
function weighed(rule: PerUnit, valueOf: (reading: string) => Exact): Exact {
  const factors = rule.weights?.factors ?? [];
  return factors.reduce(
    (sum, { factor }, index) =>
      addExact(sum, timesOver(valueOf(`group ${index}`), factor - SCALE, SCALE)),
    valueOf('all'),
  );
}

function scoreOfUnits({ score, per, whole, units: of }: PerUnit, units: Exact): Exact {
  // Of each activity they are whole already, and of a shared one everybody has a part.
  if (!whole || of === 'each') return timesOver(units, score, per);
  // A unit is whole as it is shown, like any other threshold.
  return timesOver(Math.trunc(shownExact(units) / per), score, 1);
}

/** What each day would give without a cap; a day of refunds takes all it takes. */
function dayByDay(rule: PerUnit, have: Have): [Day, Exact][] {
  const names = Object.keys(perUnit.reads(rule));
  const days = new Map<Day, Map<string, Exact>>();
  for (const name of names) {
    for (const [day, value] of have.days(name)) {
      const known = days.get(day) ?? new Map<string, Exact>();
      days.set(day, known.set(name, value));
    }
  }
  return [...days].map(([day, values]) => {
    return [
      day,
      scoreOfUnits(
        rule,
        weighed(rule, (name) => values.get(name) ?? 0),
      ),
    ];
  });
}

/** What all days give together before the cap on the whole, and what a cap on one day cuts. */
function uncapped(rule: PerUnit, have: Have): { full: Exact; cuts: Cut[] } {
  const { dailyCap } = rule;
  if (!dailyCap) {
    const units = weighed(rule, (name) => have.total(name));
    return { full: scoreOfUnits(rule, units), cuts: [] };
  }
  const days = dayByDay(rule, have);
  return {
    full: days.reduce<Exact>((sum, [, score]) => addExact(sum, capped(score, dailyCap)), 0),
    cuts: days
      .filter(([, score]) => compareExact(score, dailyCap) > 0)
      .map(([day, full]) => ({ day, full: shownExact(full), left: dailyCap })),
  };
}

function limitsOf({ dailyCap, cap }: PerUnit, words: RuleWords, day: string, most: string): string {
  const parts = [
    ...(dailyCap ? [day.replace('%', words.number(formatScaled(dailyCap)))] : []),
    ...(cap ? [most.replace('%', words.number(formatScaled(cap)))] : []),
  ];
  return parts.length === 0 ? '' : `, ${parts.join(', ')}`;
}

function weightsOf({ weights }: PerUnit, words: RuleWords): string {
  const parts = (weights?.factors ?? []).map(
    ({ values, factor }) => `${words.list(values)} × ${words.number(formatScaled(factor))}`,
  );
  return parts.length === 0 ? '' : ` (${parts.join(' ; ')})`;
}

/** Score per unit of a KPI's total over the window. */
export const perUnit: RuleType<PerUnit, z.input<typeof perUnitSchema>> = {
  schema: perUnitSchema,
  wants: 'sums',
  reads: (rule) => {
    const { kpi, filters, weights } = rule;
    const step = rule.units === 'each' ? { step: rule.per } : {};
    const groups = (weights?.factors ?? []).map((_factor, index): [string, Reading] => {
      return [`group ${index}`, { kpi, filters: groupOf(rule, index), ...step }];
    });
    return { all: { kpi, filters, ...step }, ...Object.fromEntries(groups) };
  },
  score: (rule, have) => {
    const { full } = uncapped(rule, have);
    return gained(capped(full, rule.cap));
  },
  cuts: (rule, have) => {
    const { full, cuts } = uncapped(rule, have);
    return [...cuts, ...cutOf(full, rule.cap)];
  },
  most: ({ cap, dailyCap }, days) => ({
    each: cap ?? (dailyCap ? dailyCap * days : null),
    once: 0,
  }),
  describe: {
    fr: (rule, words) => {
      const score = words.number(formatScaled(rule.score));
      const per = formatScaled(rule.per);
      const full = rule.whole || rule.units === 'each' ? ' entière' : '';
      const each = rule.units === 'each' ? ', comptées sur chaque activité' : '';
      const unit = words.one
        ? per === '1'
          ? `${score} par ${words.one}`
          : `${score} pour ${words.number(per)} : ${lower(words.kpi)}`
        : `${score} par tranche${full} de ${words.amount(per)} de ${lower(words.kpi)}`;
      const limits = limitsOf(rule, words, 'au plus % par jour', 'au plus % en tout');
      return unit + each + weightsOf(rule, words) + limits;
    },
    en: (rule, words) => {
      const score = words.number(formatScaled(rule.score));
      const per = formatScaled(rule.per);
      const full = rule.whole || rule.units === 'each' ? 'full ' : '';
      const each = rule.units === 'each' ? ', counted on each activity' : '';
      const unit = words.one
        ? per === '1'
          ? `${score} for each ${words.one}`
          : `${score} for every ${words.number(per)} ${lower(words.kpi)}`
        : `${score} for each ${full}${words.amount(per)} of ${lower(words.kpi)}`;
      const limits = limitsOf(rule, words, 'at most % a day', 'at most % in all');
      return unit + each + weightsOf(rule, words) + limits;
    },
  },
  examples: [
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' },
      days: { '2026-03-02': '357666' },
      score: '357.666',
    },
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '12', per: '1' },
      days: { '2026-03-02': '40', '2026-03-05': '1' },
      score: '492',
    },
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '1', per: '3' },
      days: { '2026-03-02': '-1' },
      score: '-0.3333',
    },
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '5', per: '1000', whole: true },
      days: { '2026-03-02': '1600', '2026-03-03': '1500' },
      score: '15',
    },
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '1', per: '1', dailyCap: '100', cap: '250' },
      days: { '2026-03-02': '500', '2026-03-03': '60', '2026-03-04': '900', '2026-03-05': '-20' },
      score: '240',
    },
  ],
};
