import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';

/** The first line of a backup. */
export const headerSchema = z.object({
  format: z.literal('palmares-backup'),
  version: z.literal(1),
  migrations: z.array(z.string()),
});
export type Header = z.infer<typeof headerSchema>;

const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) });
const footerSchema = z.object({ rows: z.record(z.string(), z.int()) });

/** One table of a backup: its rows in COPY's text format, a line each. */
export interface Section {
  table: string;
  columns: string[];
  lines: Readable;
}

/** Ends a section; no row looks like it, since COPY escapes backslashes. */
const END = '\\.';

/** The file is not a whole backup of ours. */
export class BackupError extends Error {}

/** Counts the rows that go through. */
function counter(count: (rows: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let rows = 0;
      for (const byte of chunk) if (byte === 10) rows += 1;
      count(rows);
      done(null, chunk);
    },
  });
}

/** Writes a backup: a header, each table, and how many rows each has, all of it compressed. */
export async function writeBackup(
  file: string,
  header: Header,
  sections: AsyncIterable<Section>,
): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  async function* parts() {
    yield `${JSON.stringify(header)}\n`;
    for await (const { table, columns, lines } of sections) {
      yield `${JSON.stringify({ table, columns })}\n`;
      rows[table] = 0;
      const counted = lines.pipe(counter((more) => (rows[table] = (rows[table] ?? 0) + more)));
      lines.once('error', (error) => counted.destroy(error));
      yield* counted;
      yield `${END}\n`;
    }
    yield `${JSON.stringify({ rows })}\n`;
  }
  const target = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await pipeline(Readable.from(parts()), createGzip(), target);
  return rows;
}

function parse<T>(schema: z.ZodType<T>, line: string | undefined): T | undefined {
  try {
    return schema.safeParse(JSON.parse(line ?? '')).data;
  } catch {
    return undefined;
  }
}

/** The lines of a compressed file. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const source = createReadStream(file);
  const unpacked = source.pipe(createGunzip());
  source.once('error', (error) => unpacked.destroy(error));
  let rest = '';
  try {
    for await (const chunk of unpacked.setEncoding('utf8')) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    const reason = (error as Error).message;
    throw new BackupError(`the file cannot be read to its end: ${reason}`);
  }
}

/**
 * Reads a backup section by section.
 * @throws BackupError when the file is another thing, or ends too early
 */
export async function readBackup(
  file: string,
  begin: (header: Header) => Promise<void>,
  section: (table: string, columns: string[], lines: AsyncIterable<string>) => Promise<number>,
): Promise<Record<string, number>> {
  const lines = linesOf(file);
  const next = async () => (await lines.next()).value as string | undefined;
  const header = parse(headerSchema, await next());
  if (!header) throw new BackupError('this is not a backup of Palmarès');
  await begin(header);
  const rows: Record<string, number> = {};
  for (;;) {
    const line = await next();
    const footer = parse(footerSchema, line);
    if (footer) {
      // The checksum comes last of all: without it nothing before it is to be believed.
      if ((await next()) !== undefined) throw new BackupError('the backup goes on after its end');
      return agree(footer.rows, rows);
    }
    const table = parse(tableSchema, line);
    if (!table) throw new BackupError('the backup ends too early');
    rows[table.table] = await section(table.table, table.columns, until(next));
  }
}

async function* until(next: () => Promise<string | undefined>): AsyncGenerator<string> {
  for (;;) {
    const line = await next();
    if (line === undefined) throw new BackupError('the backup ends too early');
    if (line === END) return;
    yield line;
  }
}

function agree(said: Record<string, number>, read: Record<string, number>) {
  for (const [table, count] of Object.entries(said)) {
    if (read[table] === count) continue;
    throw new BackupError(`${table} should have ${count} rows, and has ${read[table] ?? 0}`);
  }
  return read;
}
