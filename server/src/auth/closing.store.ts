import type { Tx } from '../platform/database.js';

/** The keys and board links of an organisation that were good until now. */
export async function revokeCredentials(
  tx: Tx,
  organisationId: string,
  now: Date,
): Promise<{ id: string; kind: 'key' | 'link' }[]> {
  return tx.rows<{ id: string; kind: 'key' | 'link' }>(
    `with keys as (update api_key set revoked_at = $2
       where organisation_id = $1 and revoked_at is null returning id),
     links as (update board_link set revoked_at = $2
       where organisation_id = $1 and revoked_at is null returning id)
     select id, 'key' as kind from keys union all select id, 'link' from links`,
    [organisationId, now],
  );
}

/** Takes the access of all members away. Answers the ids of the persons who had access. */
export async function expelAll(tx: Tx, organisationId: string): Promise<string[]> {
  await tx.rows('delete from invitation where organisation_id = $1', [organisationId]);
  const rows = await tx.rows<{ id: string }>(
    `with known as (select id, person_id from member
       where organisation_id = $1 and person_id is not null for update)
     update member m set person_id = null from known
     where m.organisation_id = $1 and m.id = known.id returning known.person_id as id`,
    [organisationId],
  );
  return rows.map(({ id }) => id);
}

/** Takes the passwords of those whom theirs opens nothing else; answers who that is. */
export async function forgetPasswords(tx: Tx, personIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `update person p set password_hash = null
     where p.id = any($1) and not p.operator
       and not exists (select from member m where m.person_id = p.id) returning p.id`,
    [personIds],
  );
  return rows.map(({ id }) => id);
}

/** Ends the sessions in an organisation, and all of some people. */
export async function deleteSessions(
  tx: Tx,
  organisationId: string,
  personIds: readonly string[],
): Promise<Buffer[]> {
  const rows = await tx.rows<{ tokenHash: Buffer }>(
    `delete from session where organisation_id = $1 or person_id = any($2)
     returning token_hash as "tokenHash"`,
    [organisationId, personIds],
  );
  return rows.map(({ tokenHash }) => tokenHash);
}

/** Ids of the demo organisations that a password, an API key or a board link still opens. */
export async function openDemos(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select o.id from organisation o where o.demo and (
       exists (select from member m where m.organisation_id = o.id and m.person_id is not null)
       or exists (select from api_key k where k.organisation_id = o.id and k.revoked_at is null)
       or exists (select from board_link l where l.organisation_id = o.id and l.revoked_at is null))
     order by o.id`,
  );
  return rows.map(({ id }) => id);
}
