import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import type { Breakdown } from '@palmares/shared/kpi/breakdown';
import type { Measure } from '@palmares/shared/kpi/measure';
import type { Windowed } from '@palmares/shared/kpi/operand';
import { creditSql } from './credit-sql.js';

/** Daily totals of a measure by member, straight from the activities. */
export function dayTotalsSql(measure: Measure, bind: Bind, asOf?: number): string {
  const credit = creditSql(measure, bind, asOf === undefined ? {} : { asOf });
  const totals = aggregations[measure.aggregation].sql(measure, bind);
  return `with ${credit}
    select member_id, day, count::bigint as count, sum::bigint as sum from (${totals}) as totals
    where member_id is not null`;
}

/** What results are shown by, and whose parts are looked at. */
export interface SqlView {
  by: Breakdown | 'all';
  /** A condition on `part.member_id` and `part.day`. */
  sees?: string | undefined;
  /** The relation `place (member_id, from_day, to_day, team_id)`, where teams are shown. */
  place?: string | undefined;
}

/** How the days of a window make one value. */
const combined = {
  sum: 'sum(sum)',
  mean: 'sum(sum)',
  min: 'min(sum)',
  max: 'max(sum)',
  last: '(array_agg(sum order by day))[count(*)]',
} as const;

/** Additive over members: each one's days are added up first, and teams are made of them. */
const fromMembers = (by: SqlView['by'], sees: string | undefined) =>
  by === 'member' || by === 'team' || (by === 'all' && sees !== undefined);

/**
 * What each subject has of a measure in a window, distinct at the level shown, as rows of
 * (subject, count, sum). With `total` a row more, without a subject, says what all have together.
 */
export function subjectTotalsSql(
  { measure, window }: Windowed,
  view: SqlView,
  bind: Bind,
): { text: string; hasTotal: boolean } {
  const { by, sees } = view;
  const aggregation = aggregations[measure.aggregation];
  const reach = aggregation.reach(measure, window);
  const through = aggregation.additive && fromMembers(by, sees);
  const credit = creditSql(measure, bind, {
    ...reach,
    ...(through ? {} : { by, sees }),
  });
  const from = aggregation.stock ? '' : `day >= ${bind(window.from)}::date and`;
  const days = `select * from (${aggregation.sql(measure, bind)}) as days
    where ${from} day < ${bind(window.to)}::date`;
  const values = `sum(count)::bigint as count, ${combined[aggregation.combine]}::bigint as sum`;
  const relations = [...(view.place ? [`place as materialized (${view.place})`] : []), credit];
  const head = `with ${relations.join(', ')}, part as (${days})`;
  if (!through) {
    const text = `${head} select member_id as subject, ${values} from part
      where member_id is not null group by member_id`;
    return { text, hasTotal: false };
  }
  const seen = sees ? `where ${sees}` : '';
  const total = `select null as subject, ${values} from part ${seen}`;
  const grouped = {
    member: `select member_id::text as subject, ${values} from part
      where member_id is not null ${sees ? `and ${sees}` : ''} group by member_id`,
    team: `select place.team_id::text as subject, ${values} from part
      join place on place.member_id = part.member_id
        and part.day >= place.from_day and part.day < place.to_day ${seen} group by place.team_id`,
  };
  const own = by === 'member' || by === 'team' ? `${grouped[by]} union all ` : '';
  return { text: `${head} ${own}${total}`, hasTotal: true };
}
