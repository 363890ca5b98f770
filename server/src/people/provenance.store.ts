import { actorNow } from '../http/origin.js';
import type { MemberState } from '@palmares/shared/people/people-index';
import type { Stretch } from '@palmares/shared/people/stretch';
import type { Tx } from '../platform/database.js';

/** Keeps who gave something; of several givers the latest counts. */
const LATEST = 'on conflict (organisation_id, subject, what) do update set actor = excluded.actor';

export interface Given {
  subject: string;
  what: string;
  actor: string;
}

export async function note(tx: Tx, organisationId: string, given: Given): Promise<void> {
  const { subject, what, actor } = given;
  await tx.rows(
    `insert into provenance (organisation_id, subject, what, actor)
     values ($1, $2, $3, $4) ${LATEST}`,
    [organisationId, subject, what, actor],
  );
}

/** Before members are written: who makes those that are new, and gives roles to the others. */
export async function noteMembers(
  tx: Tx,
  organisationId: string,
  members: readonly Pick<MemberState, 'id' | 'roles'>[],
): Promise<void> {
  await tx.rows(
    `insert into provenance (organisation_id, subject, what, actor)
     select $1, 'member:' || fresh.id, given.what, $4
     from unnest($2::uuid[], $3::text[]) as fresh (id, roles)
       left join member on member.organisation_id = $1 and member.id = fresh.id
       cross join lateral (
         select 'account' as what where member.id is null
         union all
         select 'role:' || role from unnest(string_to_array(fresh.roles, ',')) as role
         where member.id is not null and role <> all(member.roles)
       ) as given
     ${LATEST}`,
    [
      organisationId,
      members.map(({ id }) => id),
      members.map(({ roles }) => roles.join()),
      actorNow(),
    ],
    'provenance.members',
  );
}

/**
 * Before the managers of teams are replaced: notes who appoints. A management of other days, or as a
 * stand-in, is a new appointment.
 */
export async function noteManagers(
  tx: Tx,
  organisationId: string,
  appointed: readonly (Stretch & { teamId: string; memberId: string; standIn: boolean })[],
): Promise<void> {
  if (appointed.length === 0) return;
  await tx.rows(
    `insert into provenance (organisation_id, subject, what, actor)
     select distinct $1::uuid, 'member:' || member_id, 'team:' || team_id, $4
     from unnest($2::uuid[], $3::uuid[], $5::boolean[], $6::date[], $7::date[])
       as fresh (team_id, member_id, stand_in, from_day, to_day)
     where not exists (select from team_manager known where known.organisation_id = $1
       and known.team_id = fresh.team_id and known.member_id = fresh.member_id
       and known.stand_in = fresh.stand_in and known.from_day is not distinct from fresh.from_day
       and known.to_day is not distinct from fresh.to_day)
     ${LATEST}`,
    [
      organisationId,
      appointed.map(({ teamId }) => teamId),
      appointed.map(({ memberId }) => memberId),
      actorNow(),
      appointed.map(({ standIn }) => standIn),
      appointed.map(({ from }) => from),
      appointed.map(({ to }) => to),
    ],
  );
}

/** What these have, and from whom. */
export async function grantsTo(
  tx: Tx,
  organisationId: string,
  subjects: readonly string[],
): Promise<Given[]> {
  return tx.rows<Given>(
    `select subject, what, actor from provenance
     where organisation_id = $1 and subject = any($2::text[])`,
    [organisationId, subjects],
    'provenance.grants',
  );
}

/** Which members these persons are in the organisation, and the other way round. */
export async function identities(
  tx: Tx,
  organisationId: string,
  wanted: { memberIds: readonly string[]; personIds: readonly string[] },
): Promise<{ memberId: string; personId: string }[]> {
  return tx.rows<{ memberId: string; personId: string }>(
    `select id as "memberId", person_id as "personId" from member
     where organisation_id = $1 and person_id is not null
       and (id = any($2::uuid[]) or person_id = any($3::uuid[]))`,
    [organisationId, wanted.memberIds, wanted.personIds],
  );
}
