import { z } from 'zod';
import { addExact, compareExact, timesOver, type Exact } from '../../quantity/exact.js';
import { formatScaled, SCALE } from '../../quantity/scaled.js';
import { decimalSchema } from '../../quantity/decimal.js';
import { capped, cutOf, filtersField, kpiField, lower, scoreField } from './parameter.js';
import { gained, type Gain, type Have, type RuleType } from './rule-type.js';

export const improvementSchema = z
  .strictObject({
    type: z.literal('improvement'),
    kpi: kpiField,
    filters: filtersField,
    score: scoreField.meta({ description: 'score for each `per` of progress' }),
    per: decimalSchema(1)
      .default(SCALE / 100)
      .meta({ description: 'a fraction of the baseline: 0.01 is one percent' }),
    since: z.enum(['previous', 'last-year']).default('previous').meta({
      description: 'the baseline: as many days before the window, or the same ones a year ago',
    }),
    cap: scoreField.nullish().meta({ description: 'the most that the rule gives' }),
  })
  .meta({ id: 'ImprovementRule' });
type Improvement = z.output<typeof improvementSchema>;

function uncapped({ score, per }: Improvement, have: Have, baseline: number): Exact {
  const more = addExact(have.total('all'), -baseline);
  if (compareExact(more, 0) <= 0) return 0;
  return timesOver(timesOver(more, SCALE, baseline), score, per);
}

/** Progress over one’s own baseline period; who falls behind it gets nothing, and loses nothing. */
export const improvement: RuleType<Improvement, z.input<typeof improvementSchema>> = {
  schema: improvementSchema,
  wants: 'sums',
  freezes: 'baseline',
  reads: ({ kpi, filters }) => ({ all: { kpi, filters } }),
  score: (rule, have): Gain => {
    const { frozen: baseline } = have;
    if (baseline === null || baseline === 0) return { score: 0, reason: 'no-history' };
    if (baseline < 0) return { score: 0, reason: 'negative-base' };
    return gained(capped(uncapped(rule, have, baseline), rule.cap));
  },
  cuts: (rule, have) => {
    const { frozen: baseline } = have;
    return baseline !== null && baseline > 0 ? cutOf(uncapped(rule, have, baseline), rule.cap) : [];
  },
  most: ({ cap }) => ({ each: cap ?? null, once: 0 }),
  describe: {
    fr: ({ score, per, since, cap }, words) => {
      const base =
        since === 'previous' ? 'la période précédente' : 'la même période de l’an dernier';
      const most = cap ? `, au plus ${words.number(formatScaled(cap))}` : '';
      const each = `${words.number(formatScaled(score))} par ${words.percent(formatScaled(per))}`;
      return `${each} de progression de votre ${lower(words.kpi)} sur ${base}${most}`;
    },
    en: ({ score, per, since, cap }, words) => {
      const base = since === 'previous' ? 'the period before' : 'the same period last year';
      const most = cap ? `, at most ${words.number(formatScaled(cap))}` : '';
      const each = `${words.number(formatScaled(score))} for each ${words.percent(formatScaled(per))}`;
      return `${each} of progress of your ${lower(words.kpi)} over ${base}${most}`;
    },
  },
  examples: [
    {
      rule: { type: 'improvement', kpi: 'revenue', score: '2' },
      days: { '2026-03-02': '12500' },
      frozen: '10000',
      score: '50',
    },
    {
      rule: { type: 'improvement', kpi: 'revenue', score: '2', cap: '30' },
      days: { '2026-03-02': '12500' },
      frozen: '10000',
      score: '30',
    },
    {
      rule: { type: 'improvement', kpi: 'revenue', score: '2' },
      days: { '2026-03-02': '9000' },
      frozen: '10000',
      score: '0',
    },
  ],
};
