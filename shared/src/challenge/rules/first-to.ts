import { z } from 'zod';
import { decimalSchema } from '../../quantity/decimal.js';
import { fromScaled } from '../../quantity/fraction.js';
import { addExact, shownExact, type Exact } from '../../quantity/exact.js';
import { formatScaled } from '../../quantity/scaled.js';
import type { Day } from '../../time/day.js';
import { byDay, filtersField, kpiField, lower, placesField } from './parameter.js';
import { placeIn, saidPlaces } from './rank-bonus.js';
import type { RuleType } from './rule-type.js';

export const firstToSchema = z
  .strictObject({
    type: z.literal('first-to'),
    kpi: kpiField,
    filters: filtersField,
    threshold: decimalSchema(1),
    scores: placesField.meta({ description: 'what the first to arrive gets, the second, …' }),
  })
  .meta({ id: 'FirstToRule' });
type FirstTo = z.output<typeof firstToSchema>;

/** The day that begins the last stretch at or above a threshold; null when it ends below. */
export function crossedOn(days: readonly (readonly [Day, Exact])[], threshold: number): Day | null {
  let running: Exact = 0;
  let since: Day | null = null;
  for (const [day, value] of days) {
    running = addExact(running, value);
    if (shownExact(running) < threshold) since = null;
    else since ??= day;
  }
  return since;
}

/** The first to reach a threshold, by business day; who arrives on one day shares. */
export const firstTo: RuleType<FirstTo, z.input<typeof firstToSchema>> = {
  schema: firstToSchema,
  wants: 'sums',
  reads: ({ kpi, filters }) => ({ all: { kpi, filters } }),
  places: {
    standing: ({ threshold }, have) => {
      const on = crossedOn(have.days('all'), threshold);
      return on === null ? null : { value: fromScaled(threshold), on };
    },
    compare: byDay,
    scores: ({ scores }) => scores,
  },
  most: ({ scores }) => ({ each: 0, once: scores.reduce((sum, score) => sum + score, 0) }),
  describe: {
    fr: ({ scores, threshold }, words) => {
      const goal = `${words.amount(formatScaled(threshold))} de ${lower(words.kpi)}`;
      return `Premier à atteindre ${goal} : ${saidPlaces(scores, words, placeIn.fr)}`;
    },
    en: ({ scores, threshold }, words) => {
      const goal = `${words.amount(formatScaled(threshold))} of ${lower(words.kpi)}`;
      return `First to reach ${goal}: ${saidPlaces(scores, words, placeIn.en)}`;
    },
  },
  examples: [
    {
      rule: { type: 'first-to', kpi: 'revenue', threshold: '1000', scores: ['50', '20'] },
      days: {
        ana: { '2026-03-02': '1200', '2026-03-04': '-300', '2026-03-09': '100' },
        ben: { '2026-03-06': '1000' },
        cyd: { '2026-03-08': '900' },
      },
      score: { ana: '20', ben: '50', cyd: '0' },
    },
    {
      rule: { type: 'first-to', kpi: 'revenue', threshold: '10', scores: ['50', '25'] },
      days: {
        ana: { '2026-03-02': '10' },
        ben: { '2026-03-02': '12' },
        cyd: { '2026-03-03': '9' },
      },
      score: { ana: '37.5', ben: '37.5', cyd: '0' },
    },
  ],
};
