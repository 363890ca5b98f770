import type { Tx } from '../platform/database.js';

/** The codes of an organisation's points currencies. */
export async function list(tx: Tx, organisationId: string): Promise<string[]> {
  const rows = await tx.rows<{ code: string }>(
    'select code from points_currency where organisation_id = $1 order by created_at, code',
    [organisationId],
    'points_currency.list',
  );
  return rows.map(({ code }) => code);
}

export async function ensure(
  tx: Tx,
  organisationId: string,
  code: string,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into points_currency (organisation_id, code, created_at) values ($1, $2, $3)
     on conflict do nothing`,
    [organisationId, code, now],
    'points_currency.ensure',
  );
}
