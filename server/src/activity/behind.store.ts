import type { Measure } from '@palmares/shared/kpi/measure';
import type { Verdict } from '@palmares/shared/activity/verdict';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';
import { selected } from './activity-row.js';
import type { RevisionRow } from './activity.store.js';
import { binder, currentSql, ownSql, passesSql } from './filter-sql.js';
import { ORDER } from './neighbour.store.js';

/** Where in business order a page ends. */
export interface Mark {
  occurredOn: Day;
  occurredAt: string | null;
  source: string;
  externalId: string;
}

/** Which activities are asked for: those of a member that a measure may count, in some days. */
export interface BehindQuery {
  measure: Measure;
  memberId: string;
  from: Day;
  to: Day;
  limit: number;
  after?: Mark | undefined;
  asOf?: number | undefined;
}

export type BehindRow = RevisionRow & { verdict: Verdict | null };

/** Activities of a member, in business order; also those that a verdict keeps from counting. */
export async function behind(
  tx: Tx,
  organisationId: string,
  { measure, memberId, from, to, limit, after, asOf }: BehindQuery,
): Promise<BehindRow[]> {
  const values: unknown[] = [organisationId];
  const bind = binder(values);
  const first = after && after.occurredOn > from ? after.occurredOn : from;
  const beyond = after
    ? `and (occurred_on, coalesce(occurred_at, '-infinity'), source collate "C",
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
         and occurred_on >= ${bind(first)}::date and occurred_on < ${bind(to)}::date
         and ${currentSql(asOf, bind)} and not void and ${ownSql(memberId, bind)}
         and ${passesSql(measure.filters, bind)} ${beyond}
       order by ${ORDER} limit ${bind(limit)}) as found`,
    values,
  );
}
