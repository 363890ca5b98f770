import { ProblemError } from '../http/problem-error.js';
import { CsvRecords } from './csv-record.js';
import { Decoding, type Encoding } from './decode.js';
import { separatorOf } from './separator.js';
import type { SourceTable } from './source-row.js';

/** What the separator is looked for in. */
const BEGINNING = 64 * 1024;
/** Nobody writes a line that long; without an end it would be gathered for ever. */
const LINE_MAX = 4_000_000;

async function* textOf(bytes: AsyncIterable<Buffer>, decoding: Decoding): AsyncGenerator<string> {
  for await (const chunk of bytes) {
    const text = decoding.next(chunk);
    if (text.includes('\0')) throw new ProblemError('file-unreadable', 'This is no text file');
    if (text !== '') yield text;
  }
  const rest = decoding.next(Buffer.alloc(0), true);
  if (rest !== '') yield rest;
}

/** Reads a text file with separators into a table. Problems: `file-unreadable`. */
export async function readCsv(
  bytes: AsyncIterable<Buffer>,
  table: SourceTable,
): Promise<{ encoding: Encoding }> {
  const decoding = new Decoding();
  let beginning = '';
  let records: CsvRecords | undefined;
  const read = async (text: string, last: boolean) => {
    let next = text;
    if (!records) {
      const { separator, begin } = separatorOf(text.slice(0, BEGINNING));
      records = new CsvRecords(separator, begin > 0 ? 2 : 1);
      next = text.slice(begin);
    }
    for (const { line, cells, fault } of records.next(next, last)) {
      await table.add(line, cells, fault);
    }
    if (records.pending > LINE_MAX) {
      throw new ProblemError('file-unreadable', `line ${records.line} has no end`);
    }
  };
  for await (const text of textOf(bytes, decoding)) {
    if (records) await read(text, false);
    else if ((beginning += text).length >= BEGINNING) await read(beginning, false);
  }
  await read(records ? '' : beginning, true);
  return { encoding: decoding.encoding };
}
