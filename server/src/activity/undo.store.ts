import type { ImportUndo } from '@palmares/shared/import/import';
import type { Tx } from '../platform/database.js';

/** What an undo of an import would do now: see `beforeImport` for what is restored. */
export async function countUndoable(
  tx: Tx,
  organisationId: string,
  importId: string,
): Promise<ImportUndo> {
  const row = await tx.one<ImportUndo>(
    `with written as (
       select source, external_id, bool_or(superseded_seq is null) as current from activity
       where organisation_id = $1 and import_id = $2
       group by source, external_id),
     earlier as (
       select written.current, exists (select from activity before
         where before.organisation_id = $1 and before.source = written.source
           and before.external_id = written.external_id
           and before.import_id is distinct from $2 and before.superseded_seq > before.seq
           and not exists (select from undone_import undone
             where undone.organisation_id = $1 and undone.import_id = before.import_id)
       ) as there
       from written)
     select count(*) filter (where current and not there) as voided,
       count(*) filter (where current and there) as restored,
       count(*) filter (where not current) as kept,
       (select count(*) from waiting
         where organisation_id = $1 and import_id = $2) as waiting
     from earlier`,
    [organisationId, importId],
  );
  return row ?? { voided: 0, restored: 0, kept: 0, waiting: 0 };
}
