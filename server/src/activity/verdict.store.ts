import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';

export interface VerdictRow {
  verdict: string;
  reason: string | null;
  givenBy: string;
  byAdmin?: boolean;
}

/** Writes a verdict down; the latest one of an identity holds. */
export async function give(
  tx: Tx,
  turn: Turn,
  { source, externalId }: { source: string; externalId: string },
  { verdict, reason, givenBy, byAdmin = false }: VerdictRow,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into verdict (organisation_id, source, external_id, seq, verdict, reason, given_by,
       given_at, by_admin) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [turn.organisationId, source, externalId, turn.seq, verdict, reason, givenBy, now, byAdmin],
  );
}

/** True where the verdict that holds of an identity was given by an admin. */
export async function heldByAdmin(
  tx: Tx,
  organisationId: string,
  { source, externalId }: { source: string; externalId: string },
): Promise<boolean> {
  const row = await tx.one<{ byAdmin: boolean }>(
    `select by_admin as "byAdmin" from verdict
     where organisation_id = $1 and source = $2 and external_id = $3 order by seq desc limit 1`,
    [organisationId, source, externalId],
  );
  return row?.byAdmin ?? false;
}
