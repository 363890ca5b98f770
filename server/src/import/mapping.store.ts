import type { SavedMapping, SavedMappingInput } from '@palmares/shared/import/import';
import type { Tx } from '../platform/database.js';

const selected = 'id, name, kind, mapping';

export async function insert(
  tx: Tx,
  organisationId: string,
  id: string,
  { name, mapping }: SavedMappingInput,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into import_mapping (organisation_id, id, name, kind, mapping, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [organisationId, id, name, mapping.kind, JSON.stringify(mapping), now],
  );
}

export async function update(
  tx: Tx,
  organisationId: string,
  { id, name, mapping }: SavedMapping,
): Promise<void> {
  await tx.rows(
    `update import_mapping set name = $3, kind = $4, mapping = $5
     where organisation_id = $1 and id = $2`,
    [organisationId, id, name, mapping.kind, JSON.stringify(mapping)],
  );
}

export async function remove(tx: Tx, organisationId: string, id: string): Promise<boolean> {
  const rows = await tx.rows(
    'delete from import_mapping where organisation_id = $1 and id = $2 returning id',
    [organisationId, id],
  );
  return rows.length > 0;
}

export async function find(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<SavedMapping | undefined> {
  return tx.one<SavedMapping>(
    `select ${selected} from import_mapping where organisation_id = $1 and id = $2`,
    [organisationId, id],
  );
}

export async function findByName(
  tx: Tx,
  organisationId: string,
  name: string,
): Promise<SavedMapping | undefined> {
  return tx.one<SavedMapping>(
    `select ${selected} from import_mapping where organisation_id = $1 and name = $2`,
    [organisationId, name],
  );
}

/** By name, from after a cursor. */
export async function list(
  tx: Tx,
  organisationId: string,
  limit: number,
  after: string | undefined,
): Promise<SavedMapping[]> {
  return tx.rows<SavedMapping>(
    `select ${selected} from import_mapping
     where organisation_id = $1 and ($2::text is null or name > $2)
     order by name limit $3`,
    [organisationId, after ?? null, limit],
  );
}
