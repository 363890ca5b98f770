import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import { typesOf, type Measure } from '@palmares/shared/kpi/measure';
import { SCALE } from '@palmares/shared/quantity/scaled';
import { passesSql } from '../activity/filter-sql.js';

/** Which revision counts: the present one, or the one that did at a `seq`. */
function countsSql(asOf: number | undefined, bind: Bind): string {
  if (asOf === undefined) return 'superseded_seq is null';
  const seq = bind(asOf);
  return `seq <= ${seq}::bigint and (superseded_seq is null or superseded_seq > ${seq}::bigint)`;
}

/** Amount, quantity and cost of an activity, of all its lines or of those of some products. */
export function valuesSql({ filters, of }: Measure, bind: Bind): string {
  const lines = (place: number, where: string) =>
    `(select sum((line->>${place})::bigint) from jsonb_array_elements(lines) as line ${where})`;
  if (!filters.product) {
    const cost =
      of === 'cost'
        ? `case when lines is not null then ${lines(3, '')}::bigint end`
        : 'null::bigint';
    return `amount, quantity, ${cost} as cost`;
  }
  const where = `where line->>0 = any(${bind(filters.product)})`;
  return `case when lines is null then amount else ${lines(2, where)}::bigint end as amount,
    case when lines is null then quantity else ${lines(1, where)}::bigint end as quantity,
    case when lines is not null then ${lines(3, where)}::bigint end as cost`;
}

/** A member's part by largest remainder; `allot()` of the shared package says the same. */
function partSql(field: string): string {
  const product = `${field} * weight`;
  return `(${product} / ${SCALE} + case when row_number() over (order by ${product} % ${SCALE} desc,
      place) <= ${field} - sum(${product} / ${SCALE}) over () then 1 else 0 end)::bigint`;
}

/**
 * The relation that aggregations read: one row per activity that counts and member of it. One that
 * names nobody has a row without a member: it gives nothing, yet it may be the first or the last.
 * `passes` says whether it is of the measure's own types and gets through the filters. Activities
 * of one member, nearly all, are taken as they are; each of the others is divided by itself, so
 * that what a statement asks of `credit` is asked of the table in both.
 */
export function creditSql(measure: Measure, bind: Bind, asOf?: number): string {
  const all = bind(typesOf(measure));
  const passes = `type = any(${bind(measure.types)}) and ${passesSql(measure.filters, bind)}`;
  const facts = 'source, external_id, type, item, customer, day, at, opened_on, answer, passes';
  return `counted as not materialized (
      select source, external_id, type, item, customer, occurred_on as day, occurred_at as at,
        opened_on, quantity as answer, ${passes} as passes, member_id, shares,
        ${valuesSql(measure, bind)}
      from activity
      where organisation_id = $1 and type = any(${all}) and not void and not withheld
        and ${countsSql(asOf, bind)}
    ), credit as (
      select ${facts}, member_id, ${SCALE}::bigint as weight, amount, quantity, cost
      from counted where shares is null
      union all
      select ${facts}, split.*
      from counted, lateral (
        select member_id, weight, ${partSql('amount')}, ${partSql('quantity')}, ${partSql('cost')}
        from (select (share->>0)::uuid as member_id, (share->>1)::bigint as weight, place
          from jsonb_array_elements(shares) with ordinality as each (share, place)) as parts
      ) as split
      where shares is not null
    )`;
}

/** Daily totals of a measure by member, straight from the activities. */
export function dayTotalsSql(measure: Measure, bind: Bind, asOf?: number): string {
  const credit = creditSql(measure, bind, asOf);
  const totals = aggregations[measure.aggregation].sql(measure, bind);
  return `with ${credit}
    select member_id, day, count::bigint as count, sum::bigint as sum from (${totals}) as totals
    where member_id is not null`;
}
