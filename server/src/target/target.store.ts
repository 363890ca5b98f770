import type { Absence, Presence, WorkSettings } from '@palmares/shared/people/presence';
import type { MemberStretch } from '@palmares/shared/people/membership';
import type { Target } from '@palmares/shared/target/target';
import type { Window } from '@palmares/shared/time/period';
import type { Tx } from '../platform/database.js';

export interface TargetKey {
  kpi: string;
  subjectType: 'member' | 'team';
  subjectId: string;
  from: string;
  to: string;
}

export interface StoredTarget extends Target {
  subjectType: 'member' | 'team';
  subjectId: string;
}

/** The targets of a KPI that lie within a window. */
export async function within(
  tx: Tx,
  organisationId: string,
  kpi: string,
  { from, to }: Window,
): Promise<StoredTarget[]> {
  return tx.rows<StoredTarget>(
    `select subject_type as "subjectType", subject_id as "subjectId", from_day as "from",
       to_day as "to", value
     from target where organisation_id = $1 and kpi = $2 and from_day >= $3::date
       and to_day <= $4::date`,
    [organisationId, kpi, from, to],
  );
}

const columns = (keys: readonly TargetKey[]) => [
  keys.map(({ kpi }) => kpi),
  keys.map(({ subjectType }) => subjectType),
  keys.map(({ subjectId }) => subjectId),
  keys.map(({ from }) => from),
  keys.map(({ to }) => to),
];
const TYPES = '$2::text[], $3::text[], $4::uuid[], $5::date[], $6::date[]';

/** Sets values; answers how many were new or changed. */
export async function save(
  tx: Tx,
  organisationId: string,
  targets: readonly (TargetKey & { value: number })[],
): Promise<number> {
  const rows = await tx.rows(
    `insert into target (organisation_id, kpi, subject_type, subject_id, from_day, to_day, value)
     select $1, * from unnest(${TYPES}, $7::bigint[])
     on conflict (organisation_id, kpi, subject_type, subject_id, from_day, to_day)
       do update set value = excluded.value where target.value <> excluded.value
     returning value`,
    [organisationId, ...columns(targets), targets.map(({ value }) => value)],
  );
  return rows.length;
}

/** Takes targets away; answers how many there were. */
export async function remove(
  tx: Tx,
  organisationId: string,
  keys: readonly TargetKey[],
): Promise<number> {
  const rows = await tx.rows(
    `delete from target using unnest(${TYPES}) as gone (kpi, type, id, from_day, to_day)
     where target.organisation_id = $1 and target.kpi = gone.kpi
       and target.subject_type = gone.type and target.subject_id = gone.id
       and target.from_day = gone.from_day and target.to_day = gone.to_day
     returning target.kpi`,
    [organisationId, ...columns(keys)],
  );
  return rows.length;
}

/** Who may have a target, by every name they have. */
export interface Named {
  type: 'member' | 'team';
  id: string;
  email: string | null;
  externalId: string | null;
  name: string;
}

export async function named(tx: Tx, organisationId: string): Promise<Named[]> {
  return tx.rows<Named>(
    `select 'member' as type, id, email, external_id as "externalId", name from member
     where organisation_id = $1
     union all select 'team', id, null, external_id, name from team where organisation_id = $1`,
    [organisationId],
  );
}

/** The days of a window on which members were in teams. */
export async function memberships(
  tx: Tx,
  organisationId: string,
  { from, to }: Window,
): Promise<(MemberStretch & { teamId: string })[]> {
  return tx.rows(
    `select member_id as "memberId", team_id as "teamId", from_day as "from", to_day as "to"
     from team_member where organisation_id = $1 and from_day < $3::date
       and (to_day is null or to_day > $2::date)`,
    [organisationId, from, to],
  );
}

/** When the organisation works in a window, and when each of its members is there. */
export async function presences(
  tx: Tx,
  organisationId: string,
  { from, to }: Window,
): Promise<{ settings: WorkSettings; of: Map<string, Presence> }> {
  const organisation = await tx.one<{ workingWeek: number[] }>(
    'select working_week as "workingWeek" from organisation where id = $1',
    [organisationId],
  );
  const holidays = await tx.rows<{ day: string }>(
    'select day from holiday where organisation_id = $1 and day >= $2 and day < $3',
    [organisationId, from, to],
  );
  const members = await tx.rows<{ id: string; enteredOn: string | null; leftOn: string | null }>(
    `select id, entered_on as "enteredOn", left_on as "leftOn" from member
     where organisation_id = $1`,
    [organisationId],
  );
  const rates = await tx.rows<{ memberId: string; from: string; rate: number }>(
    `select member_id as "memberId", from_day as "from", rate from work_rate
     where organisation_id = $1`,
    [organisationId],
  );
  const absences = await tx.rows<Absence & { memberId: string }>(
    `select member_id as "memberId", from_day as "from", from_half as "fromHalf",
       to_day as "to", to_half as "toHalf"
     from absence where organisation_id = $1 and from_day < $3::date and to_day >= $2::date`,
    [organisationId, from, to],
  );
  const of = new Map<string, Presence & { workRates: object[]; absences: object[] }>();
  for (const { id, enteredOn, leftOn } of members) {
    of.set(id, { enteredOn, leftOn, workRates: [], absences: [] });
  }
  for (const { memberId, ...rate } of rates) of.get(memberId)?.workRates.push(rate);
  for (const { memberId, ...absence } of absences) of.get(memberId)?.absences.push(absence);
  const { workingWeek = [1, 2, 3, 4, 5] } = organisation ?? {};
  return { settings: { workingWeek, holidays: holidays.map(({ day }) => day) }, of };
}
