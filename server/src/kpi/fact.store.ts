import type { Activity } from '@palmares/shared/activity/activity';
import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Filters } from '@palmares/shared/kpi/measure';
import type { Window } from '@palmares/shared/time/period';
import { selected, type ActivityRow } from '../activity/activity-row.js';
import type { Mark } from '../activity/mark.js';
import { binder, COUNTS, filterSql } from '../activity/filter-sql.js';
import type { Tx } from '../platform/database.js';
import { seesSql, type Seen } from './result.store.js';

interface Wanted {
  period: Window;
  /** One of these, where some are named. */
  among: Partial<Record<'type' | 'source' | 'item', readonly string[] | undefined>>;
  filters: Filters;
  seen: readonly Seen[];
  after: Mark | undefined;
  limit: number;
}

/** The latest first: every part downwards, so that a page begins where the one before has ended. */
const orderBy = (day: string, instant: string, externalId: string) => [
  day,
  `coalesce(date_trunc('milliseconds', ${instant}), '-infinity')`,
  'source collate "C"',
  `${externalId} collate "C"`,
];
const ORDER = orderBy('occurred_on', 'occurred_at', 'external_id');
/** The same of rows that have been selected. */
const ORDER_FOUND = orderBy('"occurredOn"', '"occurredAt"', '"externalId"');

/** Everybody who has a part in an activity, and on which day. */
const PARTS = `select member_id, occurred_on as day where member_id is not null
  union all select (share->>0)::uuid, occurred_on
  from jsonb_array_elements(coalesce(shares, '[]'::jsonb)) as share`;

/** The types of which there are activities, from one to the next. */
const TYPES = `(with recursive kind (name) as (
    (select type from activity where organisation_id = $1 order by type limit 1)
    union all
    select (select type from activity where organisation_id = $1 and type > kind.name
      order by type limit 1) from kind where name is not null
  ) select name from kind where name is not null)`;

/**
 * Activities of a period that count, the latest first, as far as they may be seen. Of each type as
 * many as are wanted: the index goes by type and day, so that it is read from where a page begins to
 * where it is full, and not the whole period.
 */
export async function facts(
  tx: Tx,
  organisationId: string,
  { period, among, filters, seen, after, limit }: Wanted,
): Promise<ActivityRow[]> {
  const parameters: unknown[] = [organisationId, period.from, period.to];
  const bind = binder(parameters);
  const sees = seesSql(seen, bind);
  const { type, ...others } = among;
  const conditions = [
    'organisation_id = $1 and occurred_on >= $2::date and occurred_on < $3::date',
    'type = wanted.name',
    COUNTS,
    ...filterSql(filters, bind),
    ...Object.entries(others).flatMap(([column, values]) =>
      values ? [`${column} = any(${bind(values)})`] : [],
    ),
    ...(after ? [beyond(after, bind)] : []),
    ...(sees ? [`exists (select from (${PARTS}) as part where ${sees})`] : []),
  ];
  const latest = (parts: readonly string[]) => {
    return `order by ${parts.map((part) => `${part} desc`).join(', ')} limit ${bind(limit)}`;
  };
  const page = (...more: string[]) => `(select ${selected} from activity
    where ${[...conditions, ...more].join(' and ')} ${latest(ORDER)})`;
  const pages = sees
    ? `${page(...seen.map((one) => soleSql(one, bind)))} union all ${page('shares is not null')}`
    : page();
  const types = type ? `unnest(${bind([...new Set(type)])}::text[])` : TYPES;
  return tx.rows(
    `select found.* from ${types} as wanted (name)
       cross join lateral (${pages}) as found
     ${latest(ORDER_FOUND)}`,
    parameters,
  );
}

/** Whoever did it alone may be among these: the index knows who that is, but not in which team. */
function soleSql({ memberIds, teamIds }: Seen, bind: Bind): string {
  const named = `${bind(memberIds)}::uuid[]`;
  if (teamIds.length === 0) return `member_id = any(${named})`;
  return `member_id = any(array(select unnest(${named}) union select member_id from team_member
    where organisation_id = $1 and team_id = any(${bind(teamIds)}::uuid[])))`;
}

/** What comes after a page; the day by itself, so that an index need not begin at the period’s end. */
function beyond({ occurredOn, occurredAt, source, externalId }: Mark, bind: Bind): string {
  const day = `${bind(occurredOn)}::date`;
  const instant = `coalesce(${bind(occurredAt)}::timestamptz, '-infinity')`;
  const last = `(${day}, ${instant}, ${bind(source)}::text, ${bind(externalId)}::text)`;
  return `occurred_on <= ${day} and (${ORDER.join(', ')}) < ${last}`;
}

/** The parts of activities that may be seen, by identity and member; undefined where all may. */
export async function seenParts(
  tx: Tx,
  organisationId: string,
  activities: readonly Activity[],
  seen: readonly Seen[],
): Promise<ReadonlySet<string> | undefined> {
  if (seen.length === 0) return undefined;
  const parts = activities.flatMap(({ shares, occurredOn }) =>
    shares.map(({ memberId }) => ({ memberId, day: occurredOn })),
  );
  const parameters: unknown[] = [organisationId];
  const bind = binder(parameters);
  const members = bind(parts.map(({ memberId }) => memberId));
  const days = bind(parts.map(({ day }) => day));
  // The condition names the organisation only where it looks at teams.
  const rows = await tx.rows<{ memberId: string; day: string }>(
    `select distinct member_id as "memberId", day
     from unnest(${members}::uuid[], ${days}::date[]) as part (member_id, day)
     where $1::uuid is not null and ${seesSql(seen, bind)}`,
    parameters,
  );
  return new Set(rows.map(({ memberId, day }) => `${memberId} ${day}`));
}

/** What those who have a part in these activities are called. */
export async function names(
  tx: Tx,
  organisationId: string,
  activities: readonly Activity[],
): Promise<Map<string, string>> {
  const ids = new Set(activities.flatMap(({ shares }) => shares.map((one) => one.memberId)));
  const rows = await tx.rows<{ id: string; name: string }>(
    'select id, name from member where organisation_id = $1 and id = any($2::uuid[])',
    [organisationId, [...ids]],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
