import type { Scope } from '@palmares/shared/auth/scope';
import type { Tx } from '../platform/database.js';

export interface KeyRow {
  organisationId: string;
  id: string;
  secretHash: Buffer;
  scopes: Scope[];
}

export async function insertKey(tx: Tx, key: KeyRow & { name: string }, now: Date): Promise<void> {
  await tx.rows(
    `insert into api_key (organisation_id, id, name, secret_hash, scopes, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [key.organisationId, key.id, key.name, key.secretHash, key.scopes, now],
  );
}

export async function findKey(
  tx: Tx,
  id: string,
): Promise<(KeyRow & { lastUsedAt: Date | null }) | undefined> {
  return tx.one(
    `select organisation_id as "organisationId", id, secret_hash as "secretHash", scopes,
       last_used_at as "lastUsedAt"
     from api_key where id = $1 and revoked_at is null`,
    [id],
    'api_key.find',
  );
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
  lastUsedAt: Date | null;
  revokedAt: Date | null;
}

/** Newest first, since ids grow with time. */
export async function listKeys(tx: Tx, organisationId: string): Promise<ListedKey[]> {
  return tx.rows<ListedKey>(
    `select id, name, scopes, created_at as "createdAt", last_used_at as "lastUsedAt",
       revoked_at as "revokedAt"
     from api_key where organisation_id = $1 order by id desc`,
    [organisationId],
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
