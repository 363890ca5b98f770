import type { Tx } from '../platform/database.js';

export interface Addressee {
  id: string;
  name: string;
  hasAccess: boolean;
}

/**
 * Who takes part, one row each: members who compete, and those who are in a competing team, or in
 * one below it, on some day of the window. Whoever has left is not told anything any more.
 */
const ADDRESSEES = `with recursive branch (id) as (
    select subject_id from score where organisation_id = $1 and challenge_id = $2
      and reason is distinct from 'left'
    union
    select team.id from team join branch on team.parent_id = branch.id
    where team.organisation_id = $1
  ),
  -- Once: a definition that names fifty thousand members is large.
  frozen as materialized (
    select (definition ->> 'from')::date as first_day, (definition ->> 'to')::date as end_day,
      array(select jsonb_array_elements_text(definition -> 'observers'))::uuid[] as observers
    from challenge_version v
    join challenge c using (organisation_id)
    where organisation_id = $1 and v.challenge_id = $2 and c.id = $2 and v.version = c.version
  ),
  addressee as (
    select member.id, name, person_id is not null as has_access
    from member
    where organisation_id = $1 and (left_on is null or left_on > $3)
      and (
        id in (select id from branch)
        or id in (
          select member_id from team_member, frozen
          where organisation_id = $1 and team_id in (select id from branch)
            and from_day < end_day and (to_day is null or to_day > first_day)
        )
      )
      and not exists (select from frozen where member.id = any(observers))
  )`;

const columns = 'id, name, has_access as "hasAccess"';

export async function list(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  today: string,
): Promise<Addressee[]> {
  return tx.rows<Addressee>(`${ADDRESSEES} select ${columns} from addressee order by name, id`, [
    organisationId,
    challengeId,
    today,
  ]);
}

export async function find(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  today: string,
  memberId: string,
): Promise<Addressee | undefined> {
  return tx.one<Addressee>(`${ADDRESSEES} select ${columns} from addressee where id = $4`, [
    organisationId,
    challengeId,
    today,
    memberId,
  ]);
}

/** Its name, while there is such a challenge; and whether it is over for good. */
export async function challenge(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<{ name: string; certified: boolean; cancelled: boolean } | undefined> {
  return tx.one<{ name: string; certified: boolean; cancelled: boolean }>(
    `select coalesce(v.definition, c.draft) ->> 'name' as name,
       c.certified_seq is not null as certified, c.cancelled_at is not null as cancelled
     from challenge c
     left join challenge_version v on v.organisation_id = c.organisation_id
       and v.challenge_id = c.id and v.version = c.version
     where c.organisation_id = $1 and c.id = $2`,
    [organisationId, challengeId],
  );
}
