import type { Ceilings } from '@palmares/shared/challenge/ceiling';
import type { Tx } from '../platform/database.js';

export async function find(tx: Tx, organisationId: string): Promise<Ceilings | undefined> {
  return tx.one<Ceilings>(
    `select per_challenge as "perChallenge", per_author_and_month as "perAuthorAndMonth"
     from ceiling where organisation_id = $1`,
    [organisationId],
  );
}

export async function save(tx: Tx, organisationId: string, ceilings: Ceilings): Promise<void> {
  await tx.rows(
    `insert into ceiling (organisation_id, per_challenge, per_author_and_month)
     values ($1, $2, $3)
     on conflict (organisation_id) do update set per_challenge = excluded.per_challenge,
       per_author_and_month = excluded.per_author_and_month`,
    [organisationId, ceilings.perChallenge, ceilings.perAuthorAndMonth],
  );
}

/** By how much launches and amendments of these days raised what may be paid, with the authors. */
export async function commitments(
  tx: Tx,
  organisationId: string,
  { from, to }: { from: string; to: string },
): Promise<{ points: number; actors: string[] }[]> {
  return tx.rows<{ points: number; actors: string[] }>(
    `select points, array(select actor from challenge_author a
       where a.organisation_id = $1 and a.challenge_id = c.challenge_id) as actors
     from challenge_commitment c
     where organisation_id = $1 and day >= $2::date and day < $3::date`,
    [organisationId, from, to],
  );
}

/** What a challenge was launched and amended for, all told. */
export async function committed(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<number> {
  const row = await tx.one<{ points: number }>(
    `select coalesce(sum(points), 0)::bigint as points from challenge_commitment
     where organisation_id = $1 and challenge_id = $2`,
    [organisationId, challengeId],
  );
  return row?.points ?? 0;
}

/** Notes by how much the present version of a challenge raises what may be paid. */
export async function commit(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  { day, points }: { day: string; points: number },
): Promise<void> {
  await tx.rows(
    `insert into challenge_commitment (organisation_id, challenge_id, version, day, points)
     select organisation_id, id, version, $3::date, $4 from challenge
     where organisation_id = $1 and id = $2 and version is not null`,
    [organisationId, challengeId, day, points],
  );
}

/** Members who sell, are in a team, or take part in a challenge that is not over and pays. */
export async function competing(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from member where organisation_id = $1 and id = any($2::uuid[])
       and ('rep' = any(roles)
         or exists (select from team_member t
           where t.organisation_id = $1 and t.member_id = member.id)
         or exists (select from score join challenge c on c.organisation_id = $1
             and c.id = score.challenge_id and c.certified_seq is null and c.cancelled_at is null
           where score.organisation_id = $1 and score.subject_id = member.id)
         or exists (select from challenge c where c.organisation_id = $1 and c.version is null
             and c.cancelled_at is null
             and c.draft -> 'audience' -> 'memberIds' ? member.id::text))`,
    [organisationId, memberIds],
  );
  return rows.map(({ id }) => id);
}
