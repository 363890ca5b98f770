import type { Tx } from '../platform/database.js';

export async function note(
  tx: Tx,
  organisationId: string,
  challengeId: string,
  actor: string,
): Promise<void> {
  await tx.rows(
    `insert into challenge_author (organisation_id, challenge_id, actor) values ($1, $2, $3)
     on conflict do nothing`,
    [organisationId, challengeId, actor],
  );
}

export async function list(
  tx: Tx,
  organisationId: string,
  challengeIds: readonly string[],
): Promise<{ challengeId: string; actor: string }[]> {
  return tx.rows<{ challengeId: string; actor: string }>(
    `select challenge_id as "challengeId", actor from challenge_author
     where organisation_id = $1 and challenge_id = any($2) order by challenge_id, actor`,
    [organisationId, challengeIds],
    'challenge_author.list',
  );
}

/** What authors are called: members and keys. */
export async function names(
  tx: Tx,
  organisationId: string,
  actors: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tx.rows<{ actor: string; name: string }>(
    `select 'member:' || id as actor, name from member
     where organisation_id = $1 and 'member:' || id = any($2::text[])
     union all
     select 'key:' || id, name from api_key
     where organisation_id = $1 and 'key:' || id = any($2::text[])`,
    [organisationId, actors],
  );
  return new Map(rows.map(({ actor, name }) => [actor, name]));
}
