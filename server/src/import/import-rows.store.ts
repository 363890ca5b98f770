import type { RefusedRow } from '@palmares/shared/import/import';
import type { Tx } from '../platform/database.js';
import type { SourceRow } from './source-row.js';

/** Keeps a chunk of a file. */
export async function keep(
  tx: Tx,
  organisationId: string,
  importId: string,
  rows: readonly SourceRow[],
  before: number,
): Promise<void> {
  await tx.rows(
    `insert into import_chunk (organisation_id, import_id, first_row, content)
     values ($1, $2, $3, $4)`,
    [organisationId, importId, before, JSON.stringify(rows)],
    'import.keep',
  );
}

/** The rows of a file from a place on, to the end of the chunk that it lies in. */
export async function rowsFrom(
  tx: Tx,
  organisationId: string,
  importId: string,
  from: number,
): Promise<SourceRow[]> {
  const chunk = await tx.one<{ firstRow: number; content: string }>(
    `select first_row as "firstRow", content from import_chunk
     where organisation_id = $1 and import_id = $2 and first_row <= $3
     order by first_row desc limit 1`,
    [organisationId, importId, from],
    'import.rows',
  );
  if (!chunk) return [];
  return (JSON.parse(chunk.content) as SourceRow[]).slice(from - chunk.firstRow);
}

/** Keeps why rows were refused; `number` is how many there were before. */
export async function refuse(
  tx: Tx,
  organisationId: string,
  importId: string,
  refused: readonly RefusedRow[],
  number: number,
): Promise<void> {
  if (refused.length === 0) return;
  await tx.rows(
    `insert into import_refusal (organisation_id, import_id, number, line, pointer, code, detail,
       content)
     select $1, $2, $3 + place - 1, line, pointer, code, detail, content
     from unnest($4::int[], $5::text[], $6::text[], $7::text[], $8::text[])
       with ordinality as refused (line, pointer, code, detail, content, place)`,
    [
      organisationId,
      importId,
      number,
      refused.map(({ line }) => line),
      refused.map(({ pointer }) => pointer),
      refused.map(({ code }) => code),
      refused.map(({ detail }) => detail),
      refused.map(({ row }) => JSON.stringify(row)),
    ],
    'import.refuse',
  );
}

/** Refused rows in the order of the file, from a place on. */
export async function refusals(
  tx: Tx,
  organisationId: string,
  importId: string,
  from: number,
  limit: number,
): Promise<RefusedRow[]> {
  const rows = await tx.rows<Omit<RefusedRow, 'row'> & { content: string }>(
    `select line, pointer, code, detail, content from import_refusal
     where organisation_id = $1 and import_id = $2 and number >= $3 order by number limit $4`,
    [organisationId, importId, from, limit],
  );
  return rows.map(({ content, ...row }) => ({ ...row, row: JSON.parse(content) as string[] }));
}
