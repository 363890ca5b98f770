import type { Tx } from '../platform/database.js';

/** The one link that is good; those before open nothing any more. */
export async function replaceLink(tx: Tx, tokenHash: Buffer, expiresAt: Date): Promise<void> {
  await tx.rows('delete from setup_link');
  await tx.rows('insert into setup_link (token_hash, expires_at) values ($1, $2)', [
    tokenHash,
    expiresAt,
  ]);
}

/** When a link ends that is good now; nothing once there is an organisation. */
export async function findLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<Date | undefined> {
  const row = await tx.one<{ expiresAt: Date }>(
    `select expires_at as "expiresAt" from setup_link where token_hash = $1 and expires_at > $2
       and not exists (select from organisation)`,
    [tokenHash, now],
  );
  return row?.expiresAt;
}

/** Uses a link up; false for one that is good no more. */
export async function takeLink(tx: Tx, tokenHash: Buffer, now: Date): Promise<boolean> {
  const rows = await tx.rows(
    `delete from setup_link where token_hash = $1 and expires_at > $2
       and not exists (select from organisation) returning 1`,
    [tokenHash, now],
  );
  return rows.length === 1;
}
