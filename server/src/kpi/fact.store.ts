import type { Activity } from '@palmares/shared/activity/activity';
import type { Filters } from '@palmares/shared/kpi/measure';
import type { Window } from '@palmares/shared/time/period';
import { selected, type ActivityRow } from '../activity/activity-row.js';
import { binder, COUNTS, passesSql } from '../activity/filter-sql.js';
import type { Tx } from '../platform/database.js';
import { seesSql, type Seen } from './result.store.js';

interface Wanted {
  period: Window;
  types: readonly string[] | undefined;
  filters: Filters;
  seen: readonly Seen[];
  from: number;
  limit: number;
}

/** Everybody who has a part in an activity, and on which day. */
const PARTS = `select member_id, occurred_on as day where member_id is not null
  union all select (share->>0)::uuid, occurred_on
  from jsonb_array_elements(coalesce(shares, '[]'::jsonb)) as share`;

/** Activities of a period that count, the latest first, as far as they may be seen. */
export async function facts(
  tx: Tx,
  organisationId: string,
  { period, types, filters, seen, from, limit }: Wanted,
): Promise<ActivityRow[]> {
  const values: unknown[] = [organisationId, period.from, period.to];
  const bind = binder(values);
  const sees = seesSql(seen, bind);
  const conditions = [
    'organisation_id = $1 and occurred_on >= $2::date and occurred_on < $3::date',
    COUNTS,
    passesSql(filters, bind),
    ...(types ? [`type = any(${bind(types)})`] : []),
    ...(sees ? [`exists (select from (${PARTS}) as part where ${sees})`] : []),
  ];
  return tx.rows(
    `select ${selected} from activity where ${conditions.join(' and ')}
      order by occurred_on desc, occurred_at desc nulls last, source, external_id
      limit ${bind(limit)} offset ${bind(from)}`,
    values,
  );
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
