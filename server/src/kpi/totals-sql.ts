import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import { aggregations } from '@palmares/shared/kpi/aggregations/registry';
import type { Breakdown } from '@palmares/shared/kpi/breakdown';
import type { Measure } from '@palmares/shared/kpi/measure';
import type { Windowed } from '@palmares/shared/kpi/operand';
import type { Window } from '@palmares/shared/time/period';
import { creditSql } from './credit-sql.js';

/** Of when daily totals are, and of whom. */
export interface Past {
  /** The `seq` at which activities counted; at present where it is not said. */
  asOf?: number | undefined;
  /** The days that are asked for; all of them where it is not said. */
  window?: Window | undefined;
  /** Whose totals are asked for; everybody’s where it is not said. */
  memberId?: string | undefined;
}

/** Daily totals of a measure by member, straight from the activities. */
export function dayTotalsSql(measure: Measure, bind: Bind, past: Past = {}): string {
  const { asOf, window, memberId } = past;
  const aggregation = aggregations[measure.aggregation];
  const alone = ['activity', 'member-day'].includes(aggregation.key(measure));
  const reach = window && !aggregation.stock ? aggregation.reach(measure, window) : {};
  const credit = creditSql(measure, bind, {
    ...reach,
    asOf,
    memberId: alone ? memberId : undefined,
  });
  const some = [
    'member_id is not null',
    ...(memberId === undefined ? [] : [`member_id = ${bind(memberId)}::uuid`]),
    ...(window ? [`day >= ${bind(window.from)}::date and day < ${bind(window.to)}::date`] : []),
  ];
  return `with ${credit}
    select member_id, day, count::bigint as count, sum::bigint as sum
    from (${aggregation.sql(measure, bind)}) as totals where ${some.join(' and ')}`;
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
 * What each subject has of measures in their window, distinct at the level shown: rows of subject,
 * count0, sum0, count1, … The subject `all` is everybody together, where the statement says it.
 * @param several one measure, or several that `together` lets share a statement
 */
export function subjectTotalsSql(
  several: readonly [Windowed, ...Windowed[]],
  view: SqlView,
  bind: Bind,
): string {
  const [first] = several;
  const { additive } = aggregations[first.measure.aggregation];
  return additive && isOfMembers(view)
    ? throughMembersSql(several, view, bind)
    : distinctSql(first, view, bind);
}

const isOfMembers = ({ by, sees }: SqlView) =>
  by === 'member' || by === 'team' || (by === 'all' && sees !== undefined);

/** One text for measures that may share a statement: each row of theirs is looked at by itself. */
export function together({ measure, window }: Windowed, by: SqlView['by']): string | undefined {
  const { each, additive } = aggregations[measure.aggregation];
  const plain = !measure.priced && measure.of !== 'products';
  if (!additive || !each?.(measure) || !plain || (by !== 'member' && by !== 'team'))
    return undefined;
  return JSON.stringify([window.from, window.to, measure.filters]);
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
  const reach = aggregation.reach(measure, window);
  const credit = creditSql(measure, bind, { ...reach, by, sees, total });
  const teams = view.line ? [...teamRelations(view.line), PLACE] : [];
  return `with ${[...teams, credit].join(', ')}
    select member_id as subject, sum(count)::bigint as count0,
      ${combined[aggregation.combine]}::bigint as sum0
    from (${aggregation.sql(measure, bind)}) as part
    where member_id is not null and ${daysSql(windowed, bind)} group by member_id`;
}

/** What a statement reads, and which of it gives how much. */
interface Source {
  measure: Measure;
  from: string;
  where: string;
  columns: { count: string; sum: string; where?: string }[];
}

const reaching = ({ measure, window }: Windowed) =>
  aggregations[measure.aggregation].reach(measure, window);

/** Rows of activities where each says something by itself, else the days of members. */
function sourceOf(several: readonly [Windowed, ...Windowed[]], bind: Bind): Source {
  const [first] = several;
  const { measure } = first;
  const aggregation = aggregations[measure.aggregation];
  if (!aggregation.each?.(measure)) {
    const from = `(${aggregation.sql(measure, bind)}) as part`;
    return {
      measure,
      from,
      where: daysSql(first, bind),
      columns: [{ count: 'count', sum: 'sum' }],
    };
  }
  const types = [...new Set(several.flatMap((one) => one.measure.types))];
  const cost = several.find((one) => one.measure.of === 'cost');
  const columns = several.map((one) => {
    const each = aggregations[one.measure.aggregation].each?.(one.measure);
    const own = one.measure.types.length < types.length;
    const conditions = [
      ...(own ? [`type = any(${bind(one.measure.types)})`] : []),
      ...(each?.where ? [each.where] : []),
    ];
    const where = conditions.length > 0 ? { where: conditions.join(' and ') } : {};
    return { count: 'weight', sum: each?.sum ?? 'weight', ...where };
  });
  const read = { ...(cost ?? first).measure, types };
  return { measure: read, from: 'credit as part', where: 'passes', columns };
}

const added = ({ columns }: Source) =>
  columns
    .flatMap(({ count, sum, where }, at) => {
      const some = where ? ` filter (where ${where})` : '';
      return [`sum(${count})${some} as count${at}`, `sum(${sum})${some} as sum${at}`];
    })
    .join();

const addedAgain = ({ columns }: Source) =>
  columns
    .flatMap((_column, at) => ['count', 'sum'].map((field) => field + at))
    .map((field) => `coalesce(sum(${field}), 0)::bigint as ${field}`)
    .join();

/** What members have, added up: teams of the days on which they were in them. */
function throughMembersSql(
  several: readonly [Windowed, ...Windowed[]],
  view: SqlView,
  bind: Bind,
): string {
  const { by, sees, line } = view;
  const source = sourceOf(several, bind);
  const credit = creditSql(source.measure, bind, reaching(several[0]));
  const where = [source.where, ...(sees ? [sees] : [])].join(' and ');
  const head = `with ${[...(line ? teamRelations(line) : []), credit].join(', ')}, found as`;
  const sums = addedAgain(source);
  const all = `select 'all' as subject, ${sums} from found`;
  if (by === 'team') {
    // Few teams are left before each is counted for those above it too.
    return `${head} (select stay.team_id, ${added(source)} from ${source.from}
        left join stay on stay.member_id = part.member_id
          and part.day >= stay.from_day and part.day < stay.to_day
        where ${where} group by stay.team_id)
      select line.team_id::text as subject, ${sums} from found
      join line on line.below = found.team_id group by line.team_id union all ${all}`;
  }
  if (by === 'all') {
    return `${head} (select ${added(source)} from ${source.from} where ${where}) ${all}`;
  }
  return `${head} (select part.member_id, ${added(source)} from ${source.from}
      where ${where} group by part.member_id)
    select member_id::text as subject, ${sums} from found where member_id is not null
    group by member_id union all ${all}`;
}
