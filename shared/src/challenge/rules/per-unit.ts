import { z } from 'zod';
import { filtersSchema } from '../../kpi/measure.js';
import { decimalSchema } from '../../quantity/decimal.js';
import { formatScaled, multiplyDivide } from '../../quantity/scaled.js';
import type { RuleType } from './rule-type.js';

export const perUnitSchema = z
  .strictObject({
    type: z.literal('per-unit'),
    kpi: z.string().max(60),
    score: decimalSchema(1).meta({ description: 'score given for each `per` of the KPI' }),
    per: decimalSchema(1).meta({ description: 'how much of the KPI makes one unit' }),
    filters: filtersSchema.default({}),
  })
  .meta({ id: 'PerUnitRule' });

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** Score per unit of a KPI's total over the window, without rounding units down. */
export const perUnit: RuleType<z.output<typeof perUnitSchema>, z.input<typeof perUnitSchema>> = {
  schema: perUnitSchema,
  reads: ({ kpi, filters }) => ({ kpi, filters }),
  score: (rule, total) => multiplyDivide(total, rule.score, rule.per),
  describe: {
    fr: (rule, words) => {
      const score = words.number(formatScaled(rule.score));
      const per = formatScaled(rule.per);
      if (!words.one) return `${score} par tranche de ${words.money(per)} de ${lower(words.kpi)}`;
      return per === '1'
        ? `${score} par ${words.one}`
        : `${score} pour ${words.number(per)} : ${lower(words.kpi)}`;
    },
    en: (rule, words) => {
      const score = words.number(formatScaled(rule.score));
      const per = formatScaled(rule.per);
      if (!words.one) return `${score} for each ${words.money(per)} of ${lower(words.kpi)}`;
      return per === '1'
        ? `${score} for each ${words.one}`
        : `${score} for every ${words.number(per)} ${lower(words.kpi)}`;
    },
  },
  examples: [
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '1', per: '1000' },
      total: '357666',
      score: '357.666',
    },
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '12', per: '1' },
      total: '41',
      score: '492',
    },
    {
      rule: { type: 'per-unit', kpi: 'revenue', score: '1', per: '3' },
      total: '-1',
      score: '-0.3333',
    },
  ],
};
