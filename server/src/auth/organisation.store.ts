import type { OrganisationView } from '@palmares/shared/auth/session';
import type { Tx } from '../platform/database.js';

const COLUMNS = `o.id, o.name, o.locale, o.currency, o.time_zone as "timeZone", o.demo,
  o.created_at as "createdAt",
  (select count(*)::int from member m where m.organisation_id = o.id) as members`;

export type OrganisationRow = Omit<OrganisationView, 'createdAt'> & { createdAt: Date };

/** Newest first, since ids grow with time. */
export async function listOrganisations(
  tx: Tx,
  limit: number,
  before: string | null,
): Promise<OrganisationRow[]> {
  return tx.rows(
    `select ${COLUMNS} from organisation o where $2::uuid is null or o.id < $2
     order by o.id desc limit $1`,
    [limit, before],
  );
}

export async function findOrganisation(tx: Tx, id: string): Promise<OrganisationRow | undefined> {
  return tx.one(`select ${COLUMNS} from organisation o where o.id = $1`, [id]);
}

export async function rename(tx: Tx, id: string, name: string): Promise<void> {
  await tx.rows('update organisation set name = $2 where id = $1', [id, name]);
}

/** True once an admin can enter by themselves. */
export async function hasAdmin(tx: Tx, id: string): Promise<boolean> {
  const row = await tx.one<{ found: boolean }>(
    `select exists (select from member where organisation_id = $1
       and person_id is not null and 'admin' = any(roles)) as found`,
    [id],
  );
  return row?.found ?? false;
}
