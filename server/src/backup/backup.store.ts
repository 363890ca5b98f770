import type { Readable } from 'node:stream';
import type { StoredJson } from './stored-json.js';
import type { Tx } from '../platform/database.js';

/** The migrations that made this schema, oldest first. */
export async function migrations(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ name: string }>('select name from migration order by id');
  return rows.map(({ name }) => name);
}

export async function isEmpty(tx: Tx): Promise<boolean> {
  const row = await tx.one<{ empty: boolean }>(
    `select not exists (select from organisation) and not exists (select from person) as empty`,
  );
  return row?.empty ?? false;
}

/** The signing key of a fresh installation makes way for the one in the backup. */
export async function clearInstallation(tx: Tx): Promise<void> {
  await tx.rows('delete from installation');
}

const list = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(', ');

/** The rows of a table in COPY's text format. */
export function rowsOf(tx: Tx, table: string, columns: readonly string[]): Readable {
  return tx.copyOut(`"${table}" (${list(columns)})`);
}

/** Lines that are written at once. */
const CHUNK = 2_000;

/** Appends lines to a table; answers how many. */
export async function fill(
  tx: Tx,
  table: string,
  columns: readonly string[],
  lines: AsyncIterable<string>,
): Promise<number> {
  const target = `"${table}" (${list(columns)})`;
  let count = 0;
  let chunk: string[] = [];
  const write = async () => {
    count += chunk.length;
    await tx.copy(target, chunk.map((line) => `${line}\n`).join(''));
    chunk = [];
  };
  for await (const line of lines) {
    chunk.push(line);
    if (chunk.length === CHUNK) await write();
  }
  await write();
  return count;
}

/** The JSON of a column, with the place of each row; a row after the other may be large. */
export async function jsonOf(
  tx: Tx,
  { table, column, except }: StoredJson,
): Promise<{ place: string; json: unknown }[]> {
  return tx.rows(
    `select ctid::text as place, "${column}" as json from "${table}"
     where "${column}" is not null ${except ? `and not (${except})` : ''}`,
  );
}
