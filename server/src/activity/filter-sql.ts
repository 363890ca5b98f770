import { labels } from '@palmares/shared/activity/activity';
import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Filters } from '@palmares/shared/kpi/measure';

/** Collects values and answers the placeholder of each, after those that are there already. */
export function binder(values: unknown[]): Bind {
  return (value) => `$${values.push(value)}`;
}

/** `passes()` of the shared package, as a condition on rows of `activity`. */
export function passesSql(filters: Filters, bind: Bind): string {
  const conditions = labels.flatMap((label) => {
    const wanted = filters[label];
    return wanted ? [`${label} = any(${bind(wanted)})`] : [];
  });
  if (filters.product) {
    const products = bind(filters.product);
    conditions.push(`(product = any(${products}) or (lines is not null and exists (
      select from jsonb_array_elements(lines) as line where line->>0 = any(${products}))))`);
  }
  return conditions.length === 0 ? 'true' : `coalesce(${conditions.join(' and ')}, false)`;
}

/** Rows that count at present. */
export const COUNTS = 'superseded_seq is null and not void and not withheld';
