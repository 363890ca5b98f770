import { z } from 'zod';
import { formatScaled } from '../../quantity/scaled.js';
import { byValue, filtersField, kpiField, lower, placesField } from './parameter.js';
import type { RuleType, RuleWords } from './rule-type.js';

export const rankBonusSchema = z
  .strictObject({
    type: z.literal('rank-bonus'),
    kpi: kpiField,
    filters: filtersField,
    scores: placesField.meta({ description: 'the bonus of the first place, of the second, …' }),
  })
  .meta({ id: 'RankBonusRule' });
type RankBonus = z.output<typeof rankBonusSchema>;

export const saidPlaces = (
  scores: readonly number[],
  words: RuleWords,
  place: (index: number) => string,
) =>
  words.list(
    scores.map((score, index) => `${words.number(formatScaled(score))} ${place(index + 1)}`),
  );

const ENDINGS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const english = new Intl.PluralRules('en', { type: 'ordinal' });
export const placeIn = {
  fr: (place: number) => `au ${place}${place === 1 ? 'er' : 'e'}`,
  en: (place: number) => `to the ${place}${ENDINGS[english.select(place)] ?? 'th'}`,
};

/** A bonus by the final rank in a KPI; equals add their places up and share them. */
export const rankBonus: RuleType<RankBonus, z.input<typeof rankBonusSchema>> = {
  schema: rankBonusSchema,
  wants: 'any',
  reads: ({ kpi, filters }) => ({ all: { kpi, filters } }),
  places: {
    standing: (_rule, have, direction) => {
      const { value } = have.figure('all');
      // Who has done nothing has not won anything where more is better.
      if (!value || (direction === 'higher' && value.n <= 0n)) return null;
      return { value, on: null };
    },
    compare: byValue,
    scores: ({ scores }) => scores,
  },
  most: ({ scores }) => ({ each: 0, once: scores.reduce((sum, score) => sum + score, 0) }),
  describe: {
    fr: ({ scores }, words) =>
      `Classement en ${lower(words.kpi)} : ${saidPlaces(scores, words, placeIn.fr)}`,
    en: ({ scores }, words) =>
      `Ranking by ${lower(words.kpi)}: ${saidPlaces(scores, words, placeIn.en)}`,
  },
  examples: [
    {
      rule: { type: 'rank-bonus', kpi: 'revenue', scores: ['100', '50', '20'] },
      days: {
        ana: { '2026-03-02': '500' },
        ben: { '2026-03-03': '500' },
        cyd: { '2026-03-03': '100' },
        dan: {},
      },
      score: { ana: '75', ben: '75', cyd: '20', dan: '0' },
    },
  ],
};
