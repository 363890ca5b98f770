import { z } from 'zod';
import { dimensions, type Activity } from '../activity/activity.js';
import { textSchema } from '../quantity/text.js';
import type { aggregations } from './aggregations/registry.js';

const filterSchema = z.array(textSchema(200)).min(1).max(50);

/** Which values of which dimensions count; every named dimension must match. */
export const filtersSchema = z
  .strictObject(
    Object.fromEntries(dimensions.map((dimension) => [dimension, filterSchema.optional()])) as {
      [D in (typeof dimensions)[number]]: z.ZodOptional<typeof filterSchema>;
    },
  )
  .meta({ id: 'Filters' });
export type Filters = z.infer<typeof filtersSchema>;

/** One aggregation over the activities of some types that pass the filters. */
export interface Measure {
  aggregation: keyof typeof aggregations;
  types: readonly string[];
  filters: Filters;
}

/** True when the measure counts this activity. */
export function matches(measure: Measure, activity: Activity): boolean {
  if (!measure.types.includes(activity.type)) return false;
  for (const dimension of dimensions) {
    const wanted = measure.filters[dimension];
    if (!wanted) continue;
    const value = activity[dimension];
    if (value === null || !wanted.includes(value)) return false;
  }
  return true;
}

/** One text per meaning: measures with equal texts share their daily totals. */
export function measureText(measure: Measure): string {
  const filters = dimensions.flatMap((dimension) => {
    const wanted = measure.filters[dimension];
    return wanted ? [[dimension, wanted.toSorted()]] : [];
  });
  return JSON.stringify([measure.aggregation, measure.types.toSorted(), filters]);
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
