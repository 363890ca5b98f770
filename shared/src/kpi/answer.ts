import { z } from 'zod';
import { decimalStringSchema } from '../quantity/decimal.js';
import { labels } from '../activity/activity.js';
import { formSchema, textSchema } from '../quantity/text.js';
import { comparisons, periodSchema } from '../time/period.js';
import { breakdowns } from './breakdown.js';
import { families } from './kpi.js';
import { reasons } from './result.js';
import { units } from './unit.js';

const cardSchema = z
  .object({
    name: z.string(),
    measures: z.string().meta({ description: 'what it measures' }),
    why: z.string().meta({ description: 'why it matters' }),
    formula: z.string().meta({ description: 'the formula in words' }),
    leftOut: z.string().meta({ description: 'what is left out' }),
    one: z.string().optional().meta({ description: 'what one unit is called' }),
  })
  .meta({ id: 'KpiCard' });

export const kpiSchema = z
  .object({
    code: z.string(),
    family: z.enum(families),
    unit: z.enum(units),
    scale: z.int().meta({ description: 'decimals shown' }),
    direction: z.enum(['higher', 'lower']),
    builtIn: z.boolean(),
    formula: z
      .string()
      .nullable()
      .meta({ description: 'over its measures; null where it is derived from another KPI' }),
    needs: z.array(z.string()).meta({ description: 'types of activity it reads' }),
    card: z.object({ fr: cardSchema, en: cardSchema }),
  })
  .meta({ id: 'Kpi' });
export type KpiAnswer = z.output<typeof kpiSchema>;

const number = z.union([z.string(), z.number()]).nullable();
const reason = z.enum(reasons).nullable();
const figureFields = {
  value: number.meta({
    description: 'money as a decimal string, a rate as a fraction of 1; null with its reason',
  }),
  reason,
  numerator: number,
  denominator: number,
  count: z.number().meta({ description: 'facts it rests on' }),
  leftOut: z.number().optional().meta({ description: 'facts that could not be counted' }),
};

export const figureSchema = z
  .object({ period: z.string(), ...figureFields })
  .meta({ id: 'Figure' });

const compareSchema = z
  .object({
    period: z.string(),
    value: number,
    reason,
    change: z.object({
      value: z.number().nullable().meta({ description: 'growth as a fraction of what it was' }),
      reason,
    }),
  })
  .nullable();

const resultFields = {
  ...figureFields,
  early: z.boolean().optional().meta({ description: 'too early in the period to rely on' }),
  ofTarget: z.number().nullable().optional().meta({ description: 'the landing over the target' }),
  compare: compareSchema,
};

export const resultRowSchema = z
  .object({
    subject: z.object({
      type: z.enum(breakdowns),
      id: z.string().nullable().meta({ description: 'null for what names none' }),
      label: z.string().nullable(),
    }),
    rank: z.int().nullable(),
    ...resultFields,
  })
  .meta({ id: 'ResultRow' });

export const resultSchema = z
  .object({
    kpi: z.string(),
    unit: z.enum(units),
    period: z.string(),
    from: z.string(),
    to: z.string(),
    by: z.enum(breakdowns),
    mature: z
      .boolean()
      .nullable()
      .meta({ description: 'false while what entered in the period may still convert' }),
    rows: z.array(resultRowSchema),
    total: z.object(resultFields),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'KpiResult', description: 'Best first; the total is computed, not added up' });
export type ResultAnswer = z.output<typeof resultSchema>;

/** One value or several of a filter. */
const filter = z
  .union([textSchema(200), z.array(textSchema(200)).min(1).max(50)])
  .transform((value) => [value].flat())
  .pipe(z.array(z.string()))
  .optional();
const idFilter = z
  .union([z.uuid(), z.array(z.uuid()).min(1).max(50)])
  .transform((value) => [value].flat())
  .pipe(z.array(z.string()))
  .optional();

export const resultQuerySchema = z.strictObject({
  period: periodSchema,
  by: z.enum(breakdowns).default('member'),
  compare: z.enum(comparisons).optional(),
  of: z
    .string()
    .max(60)
    .optional()
    .meta({ description: 'for target-attainment and projected-landing: of which KPI' }),
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
  cursor: formSchema(9, /^\d{1,9}$/).optional(),
  member: idFilter,
  team: idFilter.meta({ description: 'with the teams below' }),
  ...(Object.fromEntries([...labels, 'product'].map((label) => [label, filter])) as Record<
    (typeof labels)[number] | 'product',
    typeof filter
  >),
});
export type ResultQuery = z.output<typeof resultQuerySchema>;

export const trendQuerySchema = resultQuerySchema
  .omit({ by: true, compare: true, limit: true, cursor: true })
  .extend({
    steps: z.coerce.number().int().min(2).max(24).default(6).meta({
      description: 'how many periods, the last of which is the one that is asked for',
    }),
  });
export type TrendQuery = z.output<typeof trendQuerySchema>;

export const trendSchema = z
  .object({
    kpi: z.string(),
    unit: z.enum(units),
    points: z.array(figureSchema).meta({ description: 'the earliest period first' }),
  })
  .meta({ id: 'KpiTrend' });
export type TrendAnswer = z.output<typeof trendSchema>;

const ALWAYS = '1900-01-01/2199-12-31';

/** The activities behind a figure: its period and filters, and the types that the KPI reads. */
export const factQuerySchema = resultQuerySchema
  .omit({ by: true, compare: true, of: true })
  .extend({
    period: periodSchema.prefault(ALWAYS).meta({ description: 'without it, whenever they were' }),
    type: filter,
    source: filter,
    item: filter.meta({ description: 'of this deal, order or cart' }),
    kpi: z.string().max(60).optional().meta({ description: 'only what this KPI reads' }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  });
export type FactQuery = z.output<typeof factQuerySchema>;

export const factPageSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.string().meta({ description: 'source~externalId, encoded' }),
        type: z.string(),
        occurredOn: z.string(),
        amount: z.string().nullable(),
        gives: decimalStringSchema.optional().meta({
          description:
            'what it gives to the `kpi` that is asked for, with its sign: all of them add up to it; not there where activities must be looked at together',
        }),
        quantity: z.string().nullable(),
        item: z.string().nullable(),
        customer: z.string().nullable(),
        channel: z.string().nullable(),
        region: z.string().nullable(),
        products: z.array(z.string()),
        members: z.array(z.object({ id: z.string(), name: z.string(), weight: z.string() })),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'ActivityPage', description: 'What counts at present, the latest first' });
export type FactPage = z.output<typeof factPageSchema>;
