import type {
  ImportColumn,
  ImportPreview,
  ImportStatus,
  ImportUndo,
} from '@palmares/shared/import/import';
import type { MappingKind } from '@palmares/shared/import/field';
import type { Mapping } from '@palmares/shared/import/mapping';
import type { Outcome } from '@palmares/shared/intake/receipt';
import type { Tx } from '../platform/database.js';
import type { Encoding } from './decode.js';
import type { Signer } from './signer.js';
import type { FileShape } from './read-file.js';

export type Counts = Record<Outcome | 'skipped' | 'refused', number>;

export interface ImportRow extends Counts {
  id: string;
  kind: MappingKind;
  fileName: string;
  format: 'csv' | 'xlsx';
  encoding: Encoding | null;
  sheets: string[];
  sheet: string | null;
  status: ImportStatus;
  version: number;
  columns: ImportColumn[];
  mapping: Mapping;
  preview: ImportPreview | null;
  createdAt: Date;
  createdBy: string | null;
  finishedAt: Date | null;
  bytesTotal: number;
  rowsTotal: number;
  rows: number;
  undo: ImportUndo | null;
  error: { code: string; detail: string } | null;
}

const light = `id, kind, file_name as "fileName", format, encoding, sheets, sheet, status, version,
  created_at as "createdAt", created_by as "createdBy", finished_at as "finishedAt",
  bytes_total as "bytesTotal", rows_total as "rowsTotal", rows, skipped, recorded, revised,
  unchanged, stale, waiting, refused, undo, error`;
const selected = `${light}, columns, mapping, preview`;

/** Makes room for a file that is on its way. */
export async function begin(
  tx: Tx,
  organisationId: string,
  id: string,
  fileName: string,
  createdBy: string | null,
  now: Date,
): Promise<void> {
  await tx.rows(
    `insert into import (organisation_id, id, kind, file_name, format, sheets, status, columns,
       mapping, created_at, created_by, bytes_total, rows_total)
     values ($1, $2, 'activities', $3, 'csv', '{}', 'uploading', '[]', '{}', $4, $5, 0, 0)`,
    [organisationId, id, fileName, now, createdBy],
  );
}

export async function discard(tx: Tx, organisationId: string, id: string): Promise<void> {
  await tx.rows('delete from import where organisation_id = $1 and id = $2', [organisationId, id]);
}

/** The file is here: what it is, and how it would be read. */
export async function complete(
  tx: Tx,
  organisationId: string,
  id: string,
  shape: FileShape,
  columns: readonly ImportColumn[],
  plan: { mapping: Mapping; preview: ImportPreview | null },
): Promise<void> {
  const { mapping, preview } = plan;
  await tx.rows(
    `update import set status = 'draft', format = $3, encoding = $4, sheets = $5, sheet = $6,
       bytes_total = $7, rows_total = $8, columns = $9, kind = $10, mapping = $11, preview = $12
     where organisation_id = $1 and id = $2`,
    [
      organisationId,
      id,
      shape.format,
      shape.encoding,
      shape.sheets,
      shape.sheet,
      shape.bytes,
      shape.rows,
      JSON.stringify(columns),
      mapping.kind,
      JSON.stringify(mapping),
      preview && JSON.stringify(preview),
    ],
  );
}

/** Plans a draft anew; false when it is none any more. */
export async function plan(
  tx: Tx,
  organisationId: string,
  id: string,
  mapping: Mapping,
  preview: ImportPreview,
): Promise<boolean> {
  const rows = await tx.rows(
    `update import set kind = $3, mapping = $4, preview = $5, version = version + 1
     where organisation_id = $1 and id = $2 and status = 'draft' returning id`,
    [organisationId, id, mapping.kind, JSON.stringify(mapping), JSON.stringify(preview)],
  );
  return rows.length > 0;
}

export async function find(
  tx: Tx,
  organisationId: string,
  id: string,
): Promise<ImportRow | undefined> {
  return tx.one<ImportRow>(
    `select ${selected} from import
     where organisation_id = $1 and id = $2 and status <> 'uploading'`,
    [organisationId, id],
    'import.find',
  );
}

/** Newest first, from after a cursor, and only of these kinds. */
export async function list(
  tx: Tx,
  organisationId: string,
  kinds: readonly MappingKind[],
  limit: number,
  before: string | undefined,
): Promise<ImportRow[]> {
  return tx.rows<ImportRow>(
    `select ${light} from import
     where organisation_id = $1 and id < $2 and kind = any($3) and status <> 'uploading'
     order by id desc limit $4`,
    [organisationId, before ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff', kinds, limit],
  );
}

/**
 * Lets an import be recorded as its signer has looked at it; false when it is not in one of some
 * states, or has been planned anew meanwhile.
 */
export async function queue(
  tx: Tx,
  organisationId: string,
  id: string,
  from: readonly ImportStatus[],
  version: number,
  signer: Signer,
): Promise<boolean> {
  const rows = await tx.rows(
    `update import set status = 'queued', error = null, finished_at = null, leased_by = null,
       leased_until = null, signed_by = $5, signed_scopes = $6
     where organisation_id = $1 and id = $2 and status = any($3) and version = $4 returning id`,
    [organisationId, id, from, version, signer.by, signer.scopes],
  );
  return rows.length > 0;
}

/** Moves an import on from one of some states; false when it was in none of them. */
export async function move(
  tx: Tx,
  organisationId: string,
  id: string,
  from: readonly ImportStatus[],
  to: ImportStatus,
): Promise<boolean> {
  const rows = await tx.rows(
    `update import set status = $4, error = null, finished_at = null,
       leased_by = null, leased_until = null
     where organisation_id = $1 and id = $2 and status = any($3) returning id`,
    [organisationId, id, from, to],
  );
  return rows.length > 0;
}

/** Whoever gave up half-way, and drafts that nobody came back to. */
export async function sweep(tx: Tx): Promise<void> {
  await tx.rows(
    `delete from import where finished_at is null
       and ((status = 'uploading' and created_at < now() - interval '1 day')
         or (status = 'draft' and created_at < now() - interval '7 days'))`,
  );
}
