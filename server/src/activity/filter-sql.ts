import { labels } from '@palmares/shared/activity/activity';
import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Filters } from '@palmares/shared/kpi/measure';

/** Collects values and answers the placeholder of each, after those that are there already. */
export function binder(values: unknown[]): Bind {
  return (value) => `$${values.push(value)}`;
}

/** `passes()` of the shared package, as a condition on rows of `activity`; never null. */
export function passesSql(filters: Filters, bind: Bind): string {
  const conditions = filterSql(filters, bind);
  return conditions.length === 0 ? 'true' : `coalesce(${conditions.join(' and ')}, false)`;
}

/** The same for a `where`, which takes null for false: an index can go by each of these. */
export function filterSql(filters: Filters, bind: Bind): string[] {
  const conditions = labels.flatMap((label) => {
    const wanted = filters[label];
    return wanted ? [`${label} = any(${bind(wanted)})`] : [];
  });
  if (filters.product) {
    const products = bind(filters.product);
    conditions.push(`(product = any(${products}) or (lines is not null and exists (
      select from jsonb_array_elements(lines) as line where line->>0 = any(${products}))))`);
  }
  return conditions;
}

/** Rows that count at present. */
export const COUNTS = 'superseded_seq is null and not void and not withheld';

/** Rows that counted at a `seq`, or at present where none is said. */
export function countsSql(asOf: number | undefined, bind: Bind): string {
  return asOf === undefined ? COUNTS : `not void and not withheld and ${currentSql(asOf, bind)}`;
}

/** Rows that were current at a `seq`, or are at present, whether or not they count. */
export function currentSql(asOf: number | undefined, bind: Bind): string {
  if (asOf === undefined) return 'superseded_seq is null';
  const seq = bind(asOf);
  return `seq <= ${seq}::bigint and (superseded_seq is null or superseded_seq > ${seq}::bigint)`;
}

/** Rows in which a member has a part, alone or beside others. */
export function ownSql(memberId: string, bind: Bind): string {
  const member = bind(memberId);
  return `(member_id = ${member}::uuid or (shares is not null
    and shares @> jsonb_build_array(jsonb_build_array(${member}::uuid))))`;
}
