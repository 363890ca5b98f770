import type { Tx } from '../platform/database.js';

const running = 'outdated and certified_seq is null and cancelled_at is null';

/** Organisations with a challenge whose scores have to be made anew. */
export async function organisations(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(
    `select distinct organisation_id as id from challenge where ${running}`,
  );
  return rows.map(({ id }) => id);
}

/** Those challenges; from now on they are up to date. */
export async function take(tx: Tx, organisationId: string): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `update challenge set outdated = false where organisation_id = $1 and ${running} returning id`,
    [organisationId],
  );
  return new Set(rows.map(({ id }) => id));
}
