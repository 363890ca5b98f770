import type { Tx } from '../platform/database.js';

export interface LinkRow {
  organisationId: string;
  id: string;
  challengeId: string;
}

export async function insertLink(
  tx: Tx,
  link: LinkRow & { createdBy: string | null },
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into board_link (organisation_id, id, challenge_id, created_at, created_by)
     values ($1, $2, $3, $4, $5)`,
    [link.organisationId, link.id, link.challengeId, now, link.createdBy],
  );
}

export async function findLink(
  tx: Tx,
  id: string,
): Promise<(LinkRow & { lastUsedAt: Date | null }) | undefined> {
  return tx.one(
    `select organisation_id as "organisationId", id, challenge_id as "challengeId",
       last_used_at as "lastUsedAt"
     from board_link where id = $1 and revoked_at is null`,
    [id],
    'board_link.find',
  );
}

export async function noteLinkUse(
  tx: Tx,
  organisationId: string,
  id: string,
  now: Date,
): Promise<void> {
  await tx.rows('update board_link set last_used_at = $3 where organisation_id = $1 and id = $2', [
    organisationId,
    id,
    now,
  ]);
}

export interface ListedLink {
  id: string;
  createdBy: { id: string; name: string } | null;
  createdAt: Date;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Newest first, since ids grow with time. */
export async function listLinks(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<ListedLink[]> {
  return tx.rows<ListedLink>(
    `select l.id, l.created_at as "createdAt", l.last_used_at as "lastUsedAt",
       l.revoked_at as "revokedAt",
       case when m.id is not null then json_build_object('id', m.id, 'name', m.name) end
         as "createdBy"
     from board_link l
     left join member m on m.organisation_id = l.organisation_id and m.id = l.created_by
     where l.organisation_id = $1 and l.challenge_id = $2 order by l.id desc`,
    [organisationId, challengeId],
  );
}

export async function oldestLink(
  tx: Tx,
  organisationId: string,
  challengeId: string,
): Promise<string | undefined> {
  const row = await tx.one<{ id: string }>(
    `select id from board_link
     where organisation_id = $1 and challenge_id = $2 and revoked_at is null
     order by id limit 1`,
    [organisationId, challengeId],
  );
  return row?.id;
}

/** The challenge of a link of the organisation, revoked or not. */
export async function challengeOf(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<string | undefined> {
  const row = await tx.one<{ challengeId: string }>(
    `select challenge_id as "challengeId" from board_link
     where organisation_id = $1 and id = $2`,
    [organisationId, id],
  );
  return row?.challengeId;
}

/** Revokes a link of the organisation; false when it was before, undefined where there is none. */
export async function revokeLink(
  tx: Tx,
  organisationId: string,
  id: string,
  now: Date,
): Promise<boolean | undefined> {
  const row = await tx.one<{ closed: boolean }>(
    `with closed as (update board_link set revoked_at = $3
       where organisation_id = $1 and id = $2 and revoked_at is null returning id)
     select exists (select from closed) as closed from board_link
     where organisation_id = $1 and id = $2`,
    [organisationId, id, now],
  );
  return row?.closed;
}
