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
  /** The relation `line (team_id, below)` of each team that is shown and those below it. */
  line?: string | undefined;
}

/** How the days of a window make one value. */
const combined = {
  sum: 'sum(sum)',
  mean: 'sum(sum)',
  min: 'min(sum)',
  max: 'max(sum)',
  last: '(array_agg(sum order by day))[count(*)]',
} as const;

/** When members were in a team, and in which of those that are shown. */
const teamRelations = (line: string) => [
  `line as (${line})`,
  `stay as (select member_id, from_day, coalesce(to_day, 'infinity') as to_day, team_id
    from team_member where organisation_id = $1)`,
];
const PLACE = `place as materialized (select member_id, from_day, to_day, line.team_id
  from stay join line on line.below = stay.team_id)`;

/**
 * What each subject has of a measure in a window, distinct at the level shown, as rows of
 * (subject, count, sum). The subject `all` is everybody together, where the statement says it.
 */
export function subjectTotalsSql(windowed: Windowed, view: SqlView, bind: Bind): string {
  const { by, sees } = view;
  const { additive } = aggregations[windowed.measure.aggregation];
  const ofMembers = by === 'member' || by === 'team' || (by === 'all' && sees !== undefined);
  return additive && ofMembers
    ? throughMembersSql(windowed, view, bind)
    : distinctSql(windowed, view, bind);
}

/** True when the statement for a view also says what all have together; ids are never `all`. */
export function saysTotal({ measure }: Windowed, { by, sees }: SqlView): boolean {
  const { additive } = aggregations[measure.aggregation];
  if (by === 'all') return true;
  return (by === 'member' || by === 'team') && (additive || sees === undefined);
}

/** The days of a window that count: of a stock, all that came before its end. */
function daysSql({ measure, window }: Windowed, bind: Bind): string {
  const from = aggregations[measure.aggregation].stock
    ? ''
    : `part.day >= ${bind(window.from)}::date and `;
  return `${from}part.day < ${bind(window.to)}::date`;
}

/** Subjects in the place of members, so that whoever counts counts once for each of them. */
function distinctSql(windowed: Windowed, view: SqlView, bind: Bind): string {
  const { measure, window } = windowed;
  const { by, sees } = view;
  const aggregation = aggregations[measure.aggregation];
  const total = by !== 'all' && saysTotal(windowed, view);
  const credit = creditSql(measure, bind, {
    ...aggregation.reach(measure, window),
    by,
    sees,
    total,
  });
  const teams = view.line ? [...teamRelations(view.line), PLACE] : [];
  return `with ${[...teams, credit].join(', ')}
    select member_id as subject, sum(count)::bigint as count,
      ${combined[aggregation.combine]}::bigint as sum
    from (${aggregation.sql(measure, bind)}) as part
    where member_id is not null and ${daysSql(windowed, bind)} group by member_id`;
}

/** What members have, added up: teams of the days on which they were in them. */
function throughMembersSql(windowed: Windowed, view: SqlView, bind: Bind): string {
  const { measure, window } = windowed;
  const { by, sees, line } = view;
  const aggregation = aggregations[measure.aggregation];
  const each = aggregation.each?.(measure);
  const credit = creditSql(measure, bind, aggregation.reach(measure, window));
  const source = each
    ? { from: 'credit as part', where: ['passes', ...(each.where ? [each.where] : [])] }
    : { from: `(${aggregation.sql(measure, bind)}) as part`, where: [daysSql(windowed, bind)] };
  const where = [...source.where, ...(sees ? [sees] : [])].join(' and ');
  const values = `coalesce(sum(${each ? 'weight' : 'count'}), 0)::bigint as count,
    coalesce(sum(${each ? each.sum : 'sum'}), 0)::bigint as sum`;
  const sums = 'coalesce(sum(count), 0)::bigint as count, coalesce(sum(sum), 0)::bigint as sum';
  const rest = by === 'all' ? '' : `union all select 'all', ${sums} from found`;
  const head = `with ${[...(line ? teamRelations(line) : []), credit].join(', ')}, found as`;
  if (by === 'team') {
    // Few teams are left before each is counted for those above it too.
    return `${head} (select stay.team_id, ${values} from ${source.from}
        left join stay on stay.member_id = part.member_id
          and part.day >= stay.from_day and part.day < stay.to_day
        where ${where} group by stay.team_id)
      select line.team_id::text as subject, ${sums} from found
      join line on line.below = found.team_id group by line.team_id ${rest}`;
  }
  const whose = by === 'all' ? `'all'` : 'part.member_id';
  return `${head} (select ${whose} as subject, ${values} from ${source.from}
      where ${where} ${by === 'all' ? '' : `group by ${whose}`})
    select subject::text, count, sum from found where subject is not null ${rest}`;
}
