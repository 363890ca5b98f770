import { z } from 'zod';
import { labels, type Activity } from '../activity/activity.js';
import { textSchema } from '../quantity/text.js';
import type { Day } from '../time/day.js';
import type { Window } from '../time/period.js';

const filterSchema = z.array(textSchema(200)).min(1).max(50);

/** Which values of which dimensions count; every named dimension must match. */
export const filtersSchema = z
  .strictObject({
    ...(Object.fromEntries(labels.map((label) => [label, filterSchema.optional()])) as Record<
      (typeof labels)[number],
      z.ZodOptional<typeof filterSchema>
    >),
    product: filterSchema.optional(),
  })
  .meta({ id: 'Filters' });
export type Filters = z.infer<typeof filtersSchema>;
const dimensions = [...labels, 'product'] as const;

export const aggregationNames = [
  'count',
  'sum',
  'mean',
  'min',
  'max',
  'latest',
  'distinct',
  'latest-per-respondent',
  'new-customers',
  'retained-customers',
  'cohort-conversion',
  'duration',
  'repeat-customers',
  'open',
] as const;
export type AggregationName = (typeof aggregationNames)[number];

/** One aggregation over the activities of some types that pass the filters. */
export interface Measure {
  aggregation: AggregationName;
  types: readonly string[];
  filters: Filters;
  /** Which number of an activity; the amount where none is named. Products are different ones. */
  of?: 'amount' | 'quantity' | 'cost' | 'products';
  /** Only lines (or activities without any) that say both how many and for how much. */
  priced?: true;
  /** Of each activity only whole steps count, scaled: 2 500 by 1 000 is 2 000. */
  step?: number;
  /** What is counted once. */
  distinct?: 'customer' | 'item';
  /** The later stage of a conversion or what ends an open item, what joins the two, and within how many days. */
  to?: readonly string[];
  link?: 'item' | 'customer';
  withinDays?: number;
  /** The earlier stage of a duration; the opening date of the activity where none is named. */
  since?: readonly string[];
  /** Answers that count in the sum. */
  band?: { atLeast?: number; atMost?: number };
  /** For what is counted once per period: the period, and where the one before began. */
  window?: Window;
  before?: Day;
}

/** Every type of activity that the measure reads. */
export function typesOf(measure: Measure): readonly string[] {
  return [...measure.types, ...(measure.to ?? []), ...(measure.since ?? [])];
}

/** True when the activity is of the measure's types and passes its filters. */
export function matches(measure: Measure, activity: Activity): boolean {
  return measure.types.includes(activity.type) && passes(measure.filters, activity);
}

/** True when the activity has a wanted value in each named dimension; one line is enough. */
export function passes(filters: Filters, activity: Activity): boolean {
  for (const label of labels) {
    const wanted = filters[label];
    if (!wanted) continue;
    const value = activity[label];
    if (value === null || !wanted.includes(value)) return false;
  }
  const products = filters.product;
  return !products || activity.lines.some(({ product }) => products.includes(product));
}

/** One text per meaning: measures with equal texts share their daily totals. */
export function measureText(measure: Measure): string {
  const filters = dimensions.flatMap((dimension) => {
    const wanted = measure.filters[dimension];
    return wanted ? [[dimension, wanted.toSorted()]] : [];
  });
  const { aggregation, of, distinct, link, withinDays, band, window, before, priced, step } =
    measure;
  const types = [measure.types, measure.to, measure.since].map((list) => list?.toSorted());
  const period = [before, window?.from, window?.to];
  // Lists, not objects: a database that keeps a measure as JSON does not keep the order of keys.
  const rest = [of, distinct, link, withinDays, [band?.atLeast, band?.atMost], period];
  // Totals are kept under the digest of this text: a setting that is new is said only where it is set.
  const added = [...(priced ? [priced] : []), ...(step ? [['step', step]] : [])];
  return JSON.stringify([aggregation, types, filters, [...rest, ...added]]);
}

/** A measure with a narrower view: both filters must hold. */
export function narrow(measure: Measure, filters: Filters): Measure {
  const merged: Filters = { ...measure.filters };
  for (const dimension of dimensions) {
    const wanted = filters[dimension];
    if (!wanted) continue;
    const before = merged[dimension];
    merged[dimension] = before ? wanted.filter((value) => before.includes(value)) : wanted;
  }
  return { ...measure, filters: merged };
}

const wordsSchema = z.array(z.string());
const dayTextSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'a day' });

/**
 * A measure as it is kept as JSON. It is read by this each time: parts of it become parts of SQL,
 * and a database may have been filled by a backup from elsewhere.
 */
export const measureSchema = z.strictObject({
  aggregation: z.enum(aggregationNames),
  types: wordsSchema,
  filters: z.strictObject(
    Object.fromEntries(
      dimensions.map((dimension) => [dimension, wordsSchema.optional()] as const),
    ) as Record<(typeof dimensions)[number], z.ZodOptional<typeof wordsSchema>>,
  ),
  of: z.enum(['amount', 'quantity', 'cost', 'products']).optional(),
  priced: z.literal(true).optional(),
  step: z.int().positive().optional(),
  distinct: z.enum(['customer', 'item']).optional(),
  to: wordsSchema.optional(),
  link: z.enum(['item', 'customer']).optional(),
  withinDays: z.int().nonnegative().optional(),
  since: wordsSchema.optional(),
  band: z.strictObject({ atLeast: z.int().optional(), atMost: z.int().optional() }).optional(),
  window: z.strictObject({ from: dayTextSchema, to: dayTextSchema }).optional(),
  before: dayTextSchema.optional(),
});
