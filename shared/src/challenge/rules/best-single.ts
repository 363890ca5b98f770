import { z } from 'zod';
import { compareExact, unitsOf, type Exact } from '../../quantity/exact.js';
import { byDay, byValue, filtersField, kpiField, lower, placesField } from './parameter.js';
import { placeIn, saidPlaces } from './rank-bonus.js';
import type { RuleType } from './rule-type.js';

export const bestSingleSchema = z
  .strictObject({
    type: z.literal('best-single'),
    kpi: kpiField,
    filters: filtersField,
    scores: placesField.meta({ description: 'what the largest single one gets, the second, …' }),
  })
  .meta({ id: 'BestSingleRule' });
type BestSingle = z.output<typeof bestSingleSchema>;

/** The largest single activity, by each member’s share of it; the earlier day among equals. */
export const bestSingle: RuleType<BestSingle, z.input<typeof bestSingleSchema>> = {
  schema: bestSingleSchema,
  wants: 'sums',
  reads: ({ kpi, filters }) => ({ best: { kpi, filters, best: true } }),
  places: {
    standing: (_rule, have) => {
      let best: Exact = 0;
      let on: string | null = null;
      for (const [day, value] of have.days('best')) {
        if (compareExact(value, best) <= 0) continue;
        best = value;
        on = day;
      }
      return on === null ? null : { value: unitsOf(best), on };
    },
    compare: (a, b) => byValue(a, b, 'higher') || byDay(a, b),
    scores: ({ scores }) => scores,
  },
  most: ({ scores }) => ({ each: 0, once: scores.reduce((sum, score) => sum + score, 0) }),
  describe: {
    fr: ({ scores }, words) =>
      `La plus belle vente (${lower(words.kpi)}) : ${saidPlaces(scores, words, placeIn.fr)}`,
    en: ({ scores }, words) =>
      `The largest single sale (${lower(words.kpi)}): ${saidPlaces(scores, words, placeIn.en)}`,
  },
  examples: [
    {
      rule: { type: 'best-single', kpi: 'revenue', scores: ['80'] },
      days: {
        ana: { '2026-03-05': '700', '2026-03-09': '900' },
        ben: { '2026-03-02': '900' },
        cyd: {},
      },
      score: { ana: '0', ben: '80', cyd: '0' },
    },
  ],
};
