import type { MappingKind } from '@palmares/shared/import/field';
import type { SavedMapping } from '@palmares/shared/import/import';
import type { Tx } from '../platform/database.js';

const selected = 'id, name, kind, mapping, saved_by as "savedBy"';

export async function insert(
  tx: Tx,
  organisationId: string,
  { id, name, kind, mapping, savedBy }: SavedMapping,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into import_mapping (organisation_id, id, name, kind, mapping, created_at, saved_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [organisationId, id, name, kind, JSON.stringify(mapping), now, savedBy],
  );
}

export async function update(
  tx: Tx,
  organisationId: string,
  { id, name, mapping, savedBy }: SavedMapping,
): Promise<void> {
  await tx.rows(
    `update import_mapping set name = $3, mapping = $4, saved_by = $5
     where organisation_id = $1 and id = $2`,
    [organisationId, id, name, JSON.stringify(mapping), savedBy],
  );
}

export async function remove(tx: Tx, organisationId: string, id: string): Promise<void> {
  await tx.rows('delete from import_mapping where organisation_id = $1 and id = $2', [
    organisationId,
    id,
  ]);
}

/** One mapping, for a change held until the end of the transaction. */
export async function find(
  tx: Tx,
  organisationId: string,
  id: string,
  held = false,
): Promise<SavedMapping | undefined> {
  return tx.one<SavedMapping>(
    `select ${selected} from import_mapping where organisation_id = $1 and id = $2
     ${held ? 'for update' : ''}`,
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

/** By name, from after a cursor, and only of these kinds. */
export async function list(
  tx: Tx,
  organisationId: string,
  kinds: readonly MappingKind[],
  limit: number,
  after: string | undefined,
): Promise<SavedMapping[]> {
  return tx.rows<SavedMapping>(
    `select ${selected} from import_mapping
     where organisation_id = $1 and ($2::text is null or name > $2) and kind = any($4)
     order by name limit $3`,
    [organisationId, after ?? null, limit, kinds],
  );
}
