import type { Role } from '@palmares/shared/people/member';
import type { Day } from '@palmares/shared/time/day';
import type { Tx } from '../platform/database.js';

export interface CandidateRow {
  signature: string;
  name: string;
  roles: Role[];
}

/** Members who are there, may enter, and have a role that signs; and operators. */
export async function candidates(
  tx: Tx,
  organisationId: string,
  today: Day,
): Promise<CandidateRow[]> {
  return tx.rows<CandidateRow>(
    `select 'member:' || id as signature, name, roles from member
     where organisation_id = $1 and person_id is not null
       and (left_on is null or left_on > $2::date)
       and roles && array['hr', 'manager', 'admin']
     union all
     select 'person:' || id, email, array[]::text[] from person
     where operator and password_hash is not null
     order by signature`,
    [organisationId, today],
    'signer.candidates',
  );
}

/** Which teams a challenge concerns: all of them, or those of members, or some with those below. */
export interface Concerned {
  all: boolean;
  memberIds: readonly string[];
  teamIds: readonly string[];
  from: Day;
  to: Day;
}

/** Who manages today which of the teams concerned, or stands in for who does. */
export async function managers(
  tx: Tx,
  organisationId: string,
  { all, memberIds, teamIds, from, to }: Concerned,
  today: Day,
): Promise<{ memberId: string; teamIds: string[] }[]> {
  return tx.rows<{ memberId: string; teamIds: string[] }>(
    `with recursive below (id) as (
       select unnest($4::uuid[])
       union
       select team.id from team join below on team.parent_id = below.id
       where team.organisation_id = $1
     ), concerned (id) as (
       select id from below
       union
       select team_id from team_member
       where organisation_id = $1 and member_id = any($3::uuid[])
         and from_day < $6::date and (to_day is null or to_day > $5::date)
       union
       select parent_id from team join concerned on team.id = concerned.id
       where team.organisation_id = $1 and parent_id is not null
     )
     select member_id as "memberId", array_agg(distinct team_id) as "teamIds"
     from team_manager
     where organisation_id = $1 and from_day <= $7::date and (to_day is null or to_day > $7::date)
       and ($2 or team_id in (select id from concerned))
     group by member_id`,
    [organisationId, all, memberIds, teamIds, from, to, today],
  );
}

/** In which organisation a challenge is. */
export async function organisationOf(tx: Tx, challengeId: string): Promise<string | undefined> {
  const row = await tx.one<{ id: string }>(
    'select organisation_id as id from challenge where id = $1',
    [challengeId],
  );
  return row?.id;
}
