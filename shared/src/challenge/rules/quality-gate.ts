import { z } from 'zod';
import { decimalSchema } from '../../quantity/decimal.js';
import { compareFractions, fromScaled, toScaled } from '../../quantity/fraction.js';
import { formatScaled } from '../../quantity/scaled.js';
import { filtersField, kpiField, lower } from './parameter.js';
import type { RuleType } from './rule-type.js';

export const qualityGateSchema = z
  .strictObject({
    type: z.literal('quality-gate'),
    kpi: kpiField,
    filters: filtersField,
    atLeast: decimalSchema(0).meta({ description: 'what the KPI must be; a rate is a fraction' }),
    minimumDenominator: decimalSchema(0)
      .default(0)
      .meta({ description: 'fewer facts than this say nothing' }),
    whenUnknown: z.enum(['pass', 'hold']).default('hold'),
    rules: z.array(z.int().min(0).max(9)).min(1).max(10).meta({
      description: 'places, from 0, of the rules that count only while this one is met',
    }),
  })
  .meta({ id: 'QualityGateRule' });
type QualityGate = z.output<typeof qualityGateSchema>;

/** Not a score but a condition: other rules are held back while a guardrail KPI, as it is shown,
 * is not met. */
export const qualityGate: RuleType<QualityGate, z.input<typeof qualityGateSchema>> = {
  schema: qualityGateSchema,
  wants: 'any',
  reads: ({ kpi, filters }) => ({ all: { kpi, filters } }),
  gate: {
    rules: ({ rules }) => rules,
    met: ({ atLeast, minimumDenominator, whenUnknown }, { value, denominator }) => {
      const least = fromScaled(minimumDenominator);
      const enough = !denominator || compareFractions(denominator, least) >= 0;
      if (!value || !enough) return whenUnknown === 'pass';
      return toScaled(value) >= atLeast;
    },
  },
  most: () => ({ each: 0, once: 0 }),
  describe: {
    fr: ({ atLeast, minimumDenominator, whenUnknown }, words) => {
      const few =
        minimumDenominator > 0
          ? ` (sur ${words.number(formatScaled(minimumDenominator))} au moins)`
          : '';
      const unknown = whenUnknown === 'hold' ? 'retenus' : 'acquis';
      const least = words.amount(formatScaled(atLeast));
      return `Condition qualité : ${lower(words.kpi)} d’au moins ${least}${few} ; sans mesure, points ${unknown}`;
    },
    en: ({ atLeast, minimumDenominator, whenUnknown }, words) => {
      const few =
        minimumDenominator > 0
          ? ` (over at least ${words.number(formatScaled(minimumDenominator))})`
          : '';
      const unknown = whenUnknown === 'hold' ? 'held back' : 'granted';
      const least = words.amount(formatScaled(atLeast));
      return `Quality gate: ${lower(words.kpi)} of at least ${least}${few}; if it has no value, points are ${unknown}`;
    },
  },
  examples: [],
};
