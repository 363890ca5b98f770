import type { Turn } from '../people/sequence.js';
import type { Tx } from '../platform/database.js';

export interface VerdictRow {
  verdict: string;
  reason: string | null;
  givenBy: string;
}

/** Writes a verdict down; the latest one of an identity holds. */
export async function give(
  tx: Tx,
  turn: Turn,
  { source, externalId }: { source: string; externalId: string },
  { verdict, reason, givenBy }: VerdictRow,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into verdict (organisation_id, source, external_id, seq, verdict, reason, given_by,
       given_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [turn.organisationId, source, externalId, turn.seq, verdict, reason, givenBy, now],
  );
}
