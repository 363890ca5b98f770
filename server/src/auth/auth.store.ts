import type { Scope } from '@palmares/shared/auth/scope';
import type { Tx } from '../platform/database.js';

export interface KeyRow {
  organisationId: string;
  id: string;
  secretHash: Buffer;
  scopes: Scope[];
  createdBy: string | null;
}

export async function insertKey(tx: Tx, key: KeyRow & { name: string }, now: Date): Promise<void> {
  await tx.rows(
    `insert into api_key (organisation_id, id, name, secret_hash, scopes, created_at, created_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [key.organisationId, key.id, key.name, key.secretHash, key.scopes, now, key.createdBy],
  );
}

/**
 * Whether the maker of key k may still make keys, on the organisation's day of the instant $2. A
 * key of the command line has no maker, and goes on.
 */
const MAKER_STANDS = `(k.created_by is null or exists (
  select from member m join organisation o on o.id = m.organisation_id
  where m.organisation_id = k.organisation_id and m.id = k.created_by and 'admin' = any(m.roles)
    and (m.left_on is null or m.left_on > ($2::timestamptz at time zone o.time_zone)::date)))`;

/** A key that opens: not revoked, and its maker is still an admin. */
export async function findKey(
  tx: Tx,
  id: string,
  now: Date,
): Promise<(KeyRow & { lastUsedAt: Date | null }) | undefined> {
  return tx.one(
    `select organisation_id as "organisationId", id, secret_hash as "secretHash", scopes,
       created_by as "createdBy", last_used_at as "lastUsedAt"
     from api_key k where id = $1 and revoked_at is null and ${MAKER_STANDS}`,
    [id, now],
    'api_key.find',
  );
}

/** Of these keys the ones that open. */
export async function openingKeys(tx: Tx, ids: readonly string[], now: Date): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from api_key k where id = any($1) and revoked_at is null and ${MAKER_STANDS}`,
    [ids, now],
  );
  return rows.map(({ id }) => id);
}

/** The keys, not revoked, that some members made. */
export async function keysMadeBy(
  tx: Tx,
  organisationId: string,
  memberIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select id from api_key
     where organisation_id = $1 and created_by = any($2) and revoked_at is null`,
    [organisationId, memberIds],
  );
  return rows.map(({ id }) => id);
}

export async function noteUse(
  tx: Tx,
  organisationId: string,
  id: string,
  now: Date,
): Promise<void> {
  await tx.rows('update api_key set last_used_at = $3 where organisation_id = $1 and id = $2', [
    organisationId,
    id,
    now,
  ]);
}

export interface ListedKey {
  id: string;
  name: string;
  scopes: Scope[];
  createdAt: Date;
  createdBy: { id: string; name: string } | null;
  orphaned: boolean;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Newest first, since ids grow with time. */
export async function listKeys(tx: Tx, organisationId: string, now: Date): Promise<ListedKey[]> {
  return tx.rows<ListedKey>(
    `select k.id, k.name, k.scopes, k.created_at as "createdAt", k.last_used_at as "lastUsedAt",
       k.revoked_at as "revokedAt", not ${MAKER_STANDS} as orphaned,
       case when maker.id is not null
         then json_build_object('id', maker.id, 'name', maker.name) end as "createdBy"
     from api_key k left join member maker
       on maker.organisation_id = k.organisation_id and maker.id = k.created_by
     where k.organisation_id = $1 order by k.id desc`,
    [organisationId, now],
  );
}

/** Revokes a key of the organisation; false when it was before, undefined where there is none. */
export async function revokeKey(
  tx: Tx,
  organisationId: string,
  id: string,
  now: Date,
): Promise<boolean | undefined> {
  const row = await tx.one<{ closed: boolean }>(
    `with closed as (update api_key set revoked_at = $3
       where organisation_id = $1 and id = $2 and revoked_at is null returning id)
     select exists (select from closed) as closed from api_key
     where organisation_id = $1 and id = $2`,
    [organisationId, id, now],
  );
  return row?.closed;
}

export async function isDemo(tx: Tx, organisationId: string): Promise<boolean> {
  const row = await tx.one<{ demo: boolean }>(
    'select demo from organisation where id = $1',
    [organisationId],
    'organisation.demo',
  );
  return row?.demo ?? false;
}

/** The installation's signing key, once there is one. */
export async function findSigningKey(tx: Tx): Promise<Buffer | undefined> {
  const row = await tx.one<{ key: Buffer }>(
    'select signing_key as key from installation where id = 1',
  );
  return row?.key;
}

/** The installation's signing key; the first server to ask stores the one it offers. */
export async function signingKey(tx: Tx, offered: Buffer): Promise<Buffer> {
  await tx.rows(
    'insert into installation (id, signing_key) values (1, $1) on conflict do nothing',
    [offered],
  );
  const row = await tx.one<{ key: Buffer }>(
    'select signing_key as key from installation where id = 1',
  );
  return row?.key ?? offered;
}
