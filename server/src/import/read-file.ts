import { ProblemError } from '../http/problem-error.js';
import { readCsv } from './csv-file.js';
import type { Encoding } from './decode.js';
import { SourceTable, type SourceRow } from './source-row.js';
import { spooled } from './spool.js';
import { workbookLine } from './workbook-line.js';
import { readXlsx, type WorkbookShape } from './xlsx-file.js';

/** What a file turned out to be. */
export interface FileShape {
  format: 'csv' | 'xlsx';
  encoding: Encoding | null;
  sheets: string[];
  sheet: string | null;
  columns: string[];
  bytes: number;
  rows: number;
}

const startsWith = (head: Buffer, ...bytes: number[]) =>
  head.subarray(0, bytes.length).equals(Buffer.from(bytes));

/**
 * Reads a file as it comes, CSV or XLSX by its first bytes: the first row names the columns, the
 * others are kept in chunks. Problems: `file-unreadable`, `body-too-large`, `too-many-requests`.
 * @param keep called with each chunk and how many rows come before it
 * @param owner whose file it is
 */
export async function readFile(
  stream: AsyncIterable<Buffer>,
  sheet: string | undefined,
  keep: (rows: SourceRow[], before: number) => Promise<void>,
  owner = '',
): Promise<FileShape> {
  let bytes = 0;
  async function* counted() {
    for await (const chunk of stream) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  const source = counted();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 8) {
    const next = await source.next();
    if (next.done) break;
    head = Buffer.concat([head, next.value]);
  }
  async function* whole() {
    yield head;
    yield* source;
  }
  const table = new SourceTable(keep);
  const shape = startsWith(head, 0x50, 0x4b, 0x03, 0x04)
    ? {
        format: 'xlsx' as const,
        encoding: null,
        ...(await readWorkbook(owner, whole(), sheet, table)),
      }
    : startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)
      ? old()
      : { format: 'csv' as const, sheets: [], sheet: null, ...(await readCsv(whole(), table)) };
  await table.end();
  return { ...shape, columns: table.columns ?? [], bytes, rows: table.rows };
}

/** Received before its turn comes: nobody waits for a slow sender. */
function readWorkbook(
  owner: string,
  bytes: AsyncIterable<Buffer>,
  sheet: string | undefined,
  table: SourceTable,
): Promise<WorkbookShape> {
  return workbookLine.hold(owner, () =>
    spooled(bytes, (file) => workbookLine.turn(() => readXlsx(file, sheet, table))),
  );
}

function old(): never {
  const detail = 'The workbook has a password, or is an old .xls: save it as .xlsx or CSV';
  throw new ProblemError('file-unreadable', detail);
}
