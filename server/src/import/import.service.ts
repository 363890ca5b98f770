import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import { parse } from 'csv-parse';
import { rowReader } from '@palmares/shared/import/map-row';
import { columnsOf, type Mapping } from '@palmares/shared/import/mapping';
import { outcomes, type Outcome } from '@palmares/shared/intake/receipt';
import { memberInputSchema, type MemberInput } from '@palmares/shared/people/member';
import { pointerTo } from '@palmares/shared/problem/catalogue';
import { v7 as uuid } from 'uuid';
import { ProblemError } from '../http/problem-error.js';
import { IntakeService } from '../intake/intake.service.js';
import { PeopleService } from '../people/people.service.js';

/** A row that was not imported: its line in the file, the place in it, and the reason. */
export interface RefusedRow {
  line: number;
  pointer: string;
  code: string;
  detail: string;
}

export interface ImportReport {
  /** By which what was written can be taken back as a whole. */
  importId: string;
  rows: number;
  skipped: number;
  recorded: number;
  revised: number;
  unchanged: number;
  stale: number;
  waiting: number;
  refused: number;
  /** The first refused rows; the others have been counted. */
  firstRefused: RefusedRow[];
}

interface MappedRow {
  line: number;
  item: Record<string, unknown>;
}

type Written = Record<Outcome, number> & {
  refused: RefusedRow[];
};

const CHUNK = 1_000;
const SHOWN = 20;

@Injectable()
export class ImportService {
  constructor(
    private readonly intake: IntakeService,
    private readonly people: PeopleService,
  ) {}

  /**
   * Reads a CSV file (UTF-8, with `,`, `;` or tabs) row by row and records it in chunks. Importing
   * it again changes nothing. Problems: `not-found`, `invalid` when the file lacks a column.
   */
  async importFile(organisationId: string, file: string, mapping: Mapping): Promise<ImportReport> {
    const { timeZone } = await this.people.organisation(organisationId);
    const importId = uuid();
    const report: ImportReport = {
      importId,
      rows: 0,
      skipped: 0,
      recorded: 0,
      revised: 0,
      unchanged: 0,
      stale: 0,
      waiting: 0,
      refused: 0,
      firstRefused: [],
    };
    const flush = async (chunk: readonly MappedRow[]) => {
      if (chunk.length === 0) return;
      const written = await this.write(organisationId, mapping, chunk, importId);
      for (const outcome of outcomes) {
        report[outcome] += written[outcome];
      }
      report.refused += written.refused.length;
      report.firstRefused.push(...written.refused);
      report.firstRefused.length = Math.min(report.firstRefused.length, SHOWN);
    };
    const needed = columnsOf(mapping);
    const read = rowReader(mapping, needed, timeZone);
    await eachRow(file, needed, async (rows) => {
      let chunk: MappedRow[] = [];
      for await (const { record, info } of rows) {
        report.rows += 1;
        const items = read(needed.map((name) => record[name] ?? ''));
        chunk.push(...items.map((item) => ({ line: info.lines, item })));
        if (items.length === 0) report.skipped += 1;
        if (chunk.length < CHUNK) continue;
        await flush(chunk);
        chunk = [];
      }
      await flush(chunk);
    });
    return report;
  }

  private write(
    organisationId: string,
    mapping: Mapping,
    chunk: readonly MappedRow[],
    importId: string,
  ): Promise<Written> {
    return mapping.kind === 'members'
      ? this.writeMembers(organisationId, chunk)
      : this.writeActivities(organisationId, chunk, importId);
  }

  private async writeActivities(
    organisationId: string,
    chunk: readonly MappedRow[],
    importId: string,
  ): Promise<Written> {
    const activities = chunk.map(({ item }) => item);
    const batch = { mode: 'partial', activities, importId } as const;
    const receipt = await this.intake.record(organisationId, batch);
    const refused = receipt.refused.map(({ index, ...reason }) => {
      return { line: chunk[index]?.line ?? 0, ...reason };
    });
    return { ...receipt, refused };
  }

  private async writeMembers(organisationId: string, chunk: readonly MappedRow[]) {
    const refused: RefusedRow[] = [];
    const members: MemberInput[] = [];
    for (const { line, item } of chunk) {
      const parsed = memberInputSchema.safeParse(item);
      const issue = parsed.error?.issues[0];
      if (parsed.success) members.push(parsed.data);
      else {
        const pointer = pointerTo(issue?.path ?? []);
        refused.push({ line, pointer, code: 'invalid', detail: issue?.message ?? '' });
      }
    }
    const saved = await this.people.saveMembers(organisationId, members);
    return {
      recorded: saved.created.length,
      revised: saved.updated.length,
      unchanged: saved.unchanged.length,
      stale: 0,
      waiting: 0,
      refused,
    };
  }
}

type Rows = AsyncIterable<{ record: Record<string, string>; info: { lines: number } }>;

/** Streams a file's rows to a reader. Problems: `invalid` for a missing file or column. */
async function eachRow(
  file: string,
  needed: readonly string[],
  read: (rows: Rows) => Promise<void>,
): Promise<void> {
  const header = (names: string[]) => {
    const missing = needed.filter((name) => !names.includes(name));
    if (missing.length === 0) return names;
    throw new ProblemError('invalid', `The file has no column ${missing.join(', ')}`);
  };
  const parser = parse({
    bom: true,
    columns: header,
    delimiter: [',', ';', '\t'],
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
  });
  await pipeline(createReadStream(file), parser, (rows) => read(rows as Rows));
}
