import type { Bind } from '@palmares/shared/kpi/aggregations/aggregation';
import type { Measure } from '@palmares/shared/kpi/measure';
import type { MemberStretch } from '@palmares/shared/people/membership';
import type { Verdict } from '@palmares/shared/activity/verdict';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';
import { selected } from './activity-row.js';
import type { RevisionRow } from './activity.store.js';
import type { Mark } from './mark.js';
import { binder, currentSql, ownSql, passesSql } from './filter-sql.js';

/** Which activities are asked for: those of members that a measure may count, in some days. */
export interface BehindQuery {
  measure: Measure;
  /** Whose: one, or several on the days on which they count. */
  members: readonly MemberStretch[];
  from: Day;
  to: Day;
  limit: number;
  after?: Mark | undefined;
  asOf?: number | undefined;
}

/** As the core reads it, and a cursor says it. */
const INSTANT = `date_trunc('milliseconds', occurred_at)`;

export type BehindRow = RevisionRow & { verdict: Verdict | null };

/** Rows in which one of some members has a part, on a day on which it counts. */
function theirSql(members: readonly MemberStretch[], bind: Bind): string {
  const [only] = members;
  if (only && members.length === 1)
    return `${ownSql(only.memberId, bind)} and ${within(only, bind)}`;
  const ids = bind(members.map(({ memberId }) => memberId));
  const from = bind(members.map((one) => one.from));
  const to = bind(members.map((one) => one.to));
  return `(member_id = any(${ids}::uuid[]) or shares is not null) and exists (
    select from unnest(${ids}::uuid[], ${from}::date[], ${to}::date[]) as stay (id, from_day, to_day)
    where occurred_on >= from_day and (to_day is null or occurred_on < to_day)
      and (member_id = stay.id
        or (shares is not null and shares @> jsonb_build_array(jsonb_build_array(stay.id)))))`;
}

const within = ({ from, to }: MemberStretch, bind: Bind) =>
  `occurred_on >= ${bind(from)}::date${to === null ? '' : ` and occurred_on < ${bind(to)}::date`}`;

/** Activities of members, in business order; also those that a verdict keeps from counting. */
export async function behind(
  tx: Tx,
  organisationId: string,
  { measure, members, from, to, limit, after, asOf }: BehindQuery,
): Promise<BehindRow[]> {
  const values: unknown[] = [organisationId];
  const bind = binder(values);
  const beyond = after
    ? `and (occurred_on, coalesce(${INSTANT}, '-infinity'), source collate "C",
        external_id collate "C") > (${bind(after.occurredOn)}::date,
        coalesce(${bind(after.occurredAt)}::timestamptz, '-infinity'), ${bind(after.source)}::text,
        ${bind(after.externalId)}::text)`
    : '';
  const verdict = `(select verdict from verdict
    where verdict.organisation_id = $1 and verdict.source = found.source
      and verdict.external_id = found."externalId" ${asOf === undefined ? '' : `and verdict.seq <= ${bind(asOf)}`}
    order by seq desc limit 1) as verdict`;
  return tx.rows<BehindRow>(
    `select found.*, ${verdict} from (
       select ${selected}, revision, seq, superseded_seq as "supersededSeq", withheld,
         recorded_at as "recordedAt"
       from activity where organisation_id = $1 and type = any(${bind(measure.types)})
         and occurred_on >= ${bind(from)}::date and occurred_on < ${bind(to)}::date
         and ${currentSql(asOf, bind)} and not void and ${theirSql(members, bind)}
         and ${passesSql(measure.filters, bind)} ${beyond}
       order by occurred_on, ${INSTANT} nulls first, source collate "C",
         external_id collate "C" limit ${bind(limit)}) as found`,
    values,
  );
}
