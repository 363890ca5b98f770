import type { Waiting } from '@palmares/shared/intake/read';
import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';
import type { Stamp } from './activity.store.js';

/** Keeps items until their member is known; a later one of an identity takes the place. */
export async function wait(
  tx: Tx,
  turn: Turn,
  items: readonly Waiting[],
  { now, importId }: Stamp,
): Promise<void> {
  if (items.length === 0) return;
  await tx.rows(
    `insert into waiting (organisation_id, source, external_id, missing, version, input,
       recorded_at, import_id)
     select $1, *, $7, $8
     from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::jsonb[])
     on conflict (organisation_id, source, external_id) do update
       set missing = excluded.missing, version = excluded.version, input = excluded.input,
         recorded_at = excluded.recorded_at, import_id = excluded.import_id
       where waiting.version is null or excluded.version is null
         or excluded.version >= waiting.version`,
    [
      turn.organisationId,
      items.map(({ source }) => source),
      items.map(({ externalId }) => externalId),
      items.map(({ missing }) => missing),
      items.map(({ version }) => version),
      items.map(({ raw }) => JSON.stringify(raw)),
      now,
      importId,
    ],
  );
  await count(tx, turn);
}

/** What was recorded under these identities is newer than what waits, unless versions disagree. */
export async function overtake(
  tx: Tx,
  turn: Turn,
  recorded: readonly { source: string; externalId: string; version: number | null }[],
): Promise<void> {
  await tx.rows(
    `delete from waiting using unnest($2::text[], $3::text[], $4::bigint[])
       as fresh (source, external_id, version)
     where waiting.organisation_id = $1 and waiting.source = fresh.source
       and waiting.external_id = fresh.external_id
       and (waiting.version is null or fresh.version is null
         or fresh.version >= waiting.version)`,
    [
      turn.organisationId,
      recorded.map(({ source }) => source),
      recorded.map(({ externalId }) => externalId),
      recorded.map(({ version }) => version),
    ],
  );
  await count(tx, turn);
}

export interface ReleasedItem {
  raw: unknown;
  importId: string | null;
}

/** Takes out what waits for any of these names, oldest first. */
export async function release(
  tx: Tx,
  turn: Turn,
  names: readonly string[],
): Promise<ReleasedItem[]> {
  const rows = await tx.rows<ReleasedItem & { recordedAt: Date }>(
    `delete from waiting where organisation_id = $1 and missing = any($2)
     returning input as raw, import_id as "importId", recorded_at as "recordedAt"`,
    [turn.organisationId, names],
  );
  if (rows.length > 0) await count(tx, turn);
  return rows.toSorted((a, b) => a.recordedAt.getTime() - b.recordedAt.getTime());
}

/** What an import left waiting waits no more. */
export async function forget(tx: Tx, turn: Turn, importId: string): Promise<void> {
  await tx.rows('delete from waiting where organisation_id = $1 and import_id = $2', [
    turn.organisationId,
    importId,
  ]);
  await count(tx, turn);
}

async function count(tx: Tx, turn: Turn): Promise<void> {
  await tx.rows(
    `update sequence set waiting =
       (select count(*) from waiting where waiting.organisation_id = $1)
     where organisation_id = $1`,
    [turn.organisationId],
  );
}
