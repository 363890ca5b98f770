import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import { typesOf, type Measure } from '@palmares/shared/kpi/measure';
import { fieldOf } from '@palmares/shared/kpi/seen';
import { SCALE } from '@palmares/shared/quantity/scaled';
import { COUNTS, passesSql } from '../activity/filter-sql.js';
import { partsSql, valuesSql } from './credit-sql.js';

const FACTS = 'source, external_id, type, item, customer, day, at, opened_on, answer';
const NUMBERS = ['amount', 'quantity', 'cost'] as const;

/** What several measures read, gathered in one pass over the activities. */
export interface Gathering {
  /**
   * One row per activity that counts and member of it. One that names nobody has a row without a
   * member: it gives nothing, yet it may be the first or the last.
   */
  sql: string;
  /** The relation `credit` as the aggregation of one of the measures reads it out of the rows. */
  creditSql: (place: number, rows: string, bind: Bind) => string;
}

/** Each measure has the one number it reads; those that see it alike share a column. */
export function gatherSql(measures: readonly Measure[], bindEach: Bind): Gathering {
  const bind = bindOnce(bindEach);
  const all = [...new Set(measures.flatMap(typesOf))];
  const seen = measures.map((measure) => valuesSql(measure, bind));
  const views = [...new Set(seen)];
  const read = measures.map((one, place) => `${fieldOf(one)}${views.indexOf(seen[place] ?? '')}`);
  const numbers = [...new Set(read)];
  const passes = measures.map((_measure, place) => `passes${place}`).join();
  const asked = measures.map(
    ({ types, filters }, place) =>
      `type = any(${bind(types)}) and ${passesSql(filters, bind)} as passes${place}`,
  );
  const looks = views.map((values, view) => {
    return `lateral (select ${values}) as view${view} (${NUMBERS.map((name) => name + view).join()})`;
  });
  const sql = `with counted as not materialized (
      select source, external_id, type, item, customer, occurred_on as day, occurred_at as at,
        opened_on, activity.quantity as answer, member_id, shares, ${[...asked, ...numbers].join()}
      from activity, ${looks.join()}
      where organisation_id = $1 and type = any(${bind(all)}) and ${COUNTS}
    )
    select ${FACTS}, ${passes}, member_id, ${SCALE}::bigint as weight, ${numbers.join()}
    from counted where shares is null
    union all
    select ${FACTS}, ${passes}, part.*
    from counted, lateral (${partsSql(numbers)}) as part where shares is not null`;
  return {
    sql,
    creditSql: (place, rows, bindOwn) => {
      const measure = measures[place] as Measure;
      const types = [...new Set(typesOf(measure))];
      const own = NUMBERS.map((name) => {
        return `${name === fieldOf(measure) ? read[place] : 'null::bigint'} as ${name}`;
      });
      return `select ${FACTS}, member_id, weight, passes${place} as passes, ${own.join()}
        from ${rows} ${types.length < all.length ? `where type = any(${bindOwn(types)})` : ''}`;
    },
  };
}

/** Gives the same value the same placeholder, so that what says the same is written the same. */
function bindOnce(bind: Bind): Bind {
  const known = new Map<string, string>();
  return (value) => {
    const text = JSON.stringify(value);
    const placeholder = known.get(text) ?? bind(value);
    known.set(text, placeholder);
    return placeholder;
  };
}

/** Daily totals of a measure by member, out of its relation `credit`. */
export function totalsSql(measure: Measure, credit: string, bind: Bind): string {
  const totals = aggregations[measure.aggregation].sql(measure, bind);
  return `with credit as not materialized (${credit})
    select member_id, day, count::bigint as count, sum::bigint as sum from (${totals}) as totals
    where member_id is not null`;
}
