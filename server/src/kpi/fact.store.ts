import type { Activity } from '@palmares/shared/activity/activity';
import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Filters } from '@palmares/shared/kpi/measure';
import type { Window } from '@palmares/shared/time/period';
import { selected, type ActivityRow } from '../activity/activity-row.js';
import type { Mark } from '../activity/mark.js';
import { binder, COUNTS, passesSql } from '../activity/filter-sql.js';
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
const ORDER = [
  'occurred_on',
  `coalesce(date_trunc('milliseconds', occurred_at), '-infinity')`,
  'source collate "C"',
  'external_id collate "C"',
];

/** Everybody who has a part in an activity, and on which day. */
const PARTS = `select member_id, occurred_on as day where member_id is not null
  union all select (share->>0)::uuid, occurred_on
  from jsonb_array_elements(coalesce(shares, '[]'::jsonb)) as share`;

/** Activities of a period that count, the latest first, as far as they may be seen. */
export async function facts(
  tx: Tx,
  organisationId: string,
  { period, among, filters, seen, after, limit }: Wanted,
): Promise<ActivityRow[]> {
  const parameters: unknown[] = [organisationId, period.from, period.to];
  const bind = binder(parameters);
  const sees = seesSql(seen, bind);
  const conditions = [
    'organisation_id = $1 and occurred_on >= $2::date and occurred_on < $3::date',
    COUNTS,
    passesSql(filters, bind),
    ...Object.entries(among).flatMap(([column, values]) =>
      values ? [`${column} = any(${bind(values)})`] : [],
    ),
    ...(after ? [beyond(after, bind)] : []),
    ...(sees ? [`exists (select from (${PARTS}) as part where ${sees})`] : []),
  ];
  return tx.rows(
    `select ${selected} from activity where ${conditions.join(' and ')}
      order by ${ORDER.map((part) => `${part} desc`).join(', ')} limit ${bind(limit)}`,
    parameters,
  );
}

/** What comes after a page; the day by itself, so that an index need not begin at the period’s end. */
function beyond({ occurredOn, occurredAt, source, externalId }: Mark, bind: Bind): string {
  const day = `${bind(occurredOn)}::date`;
  const instant = `coalesce(${bind(occurredAt)}::timestamptz, '-infinity')`;
  const last = `(${day}, ${instant}, ${bind(source)}::text, ${bind(externalId)}::text)`;
  return `occurred_on <= ${day} and (${ORDER.join(', ')}) < ${last}`;
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
