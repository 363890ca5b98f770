import type { Absence } from '@palmares/shared/people/presence';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';

export interface WorkRateRow {
  memberId: string;
  from: Day;
  /** In 1/10 000. */
  rate: number;
}

export interface AbsenceRow extends Absence {
  memberId: string;
}

/** Work rates in order of their days: of everybody, or of some members. */
export async function listWorkRates(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[] | null = null,
): Promise<WorkRateRow[]> {
  return tx.rows<WorkRateRow>(
    `select member_id as "memberId", from_day as "from", rate from work_rate
     where organisation_id = $1 and ($2::uuid[] is null or member_id = any($2))
     order by member_id, from_day`,
    [organisationId, memberIds],
  );
}

/** Absences in order, of everybody or of some members: those that touch a period, or all. */
export async function listAbsences(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[] | null = null,
  period: { from: Day; to: Day } | null = null,
): Promise<AbsenceRow[]> {
  return tx.rows<AbsenceRow>(
    `select member_id as "memberId", from_day as "from", from_half as "fromHalf",
       to_day as "to", to_half as "toHalf"
     from absence
     where organisation_id = $1 and ($2::uuid[] is null or member_id = any($2))
       and ($3::date is null or (to_day >= $3 and from_day < $4))
     order by member_id, from_day, from_half`,
    [organisationId, memberIds, period?.from ?? null, period?.to ?? null],
  );
}

/** What a member has of work rates and absences from now on. */
export async function replacePresence(
  tx: Tx,
  organisationId: string,
  memberId: string,
  presence: { workRates: readonly { from: Day; rate: number }[]; absences: readonly Absence[] },
): Promise<void> {
  for (const table of ['work_rate', 'absence']) {
    await tx.rows(`delete from ${table} where organisation_id = $1 and member_id = $2`, [
      organisationId,
      memberId,
    ]);
  }
  const { workRates, absences } = presence;
  await tx.rows(
    `insert into work_rate (organisation_id, member_id, from_day, rate)
     select $1, $2, * from unnest($3::date[], $4::int[])`,
    [organisationId, memberId, workRates.map(({ from }) => from), workRates.map((r) => r.rate)],
  );
  await tx.rows(
    `insert into absence (organisation_id, member_id, from_day, from_half, to_day, to_half)
     select $1, $2, * from unnest($3::date[], $4::text[], $5::date[], $6::text[])`,
    [
      organisationId,
      memberId,
      absences.map(({ from }) => from),
      absences.map(({ fromHalf }) => fromHalf),
      absences.map(({ to }) => to),
      absences.map(({ toHalf }) => toHalf),
    ],
  );
}
