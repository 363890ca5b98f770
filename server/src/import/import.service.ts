import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import type { MappingKind } from '@palmares/shared/import/field';
import type { Import, ImportStatus } from '@palmares/shared/import/import';
import type { Mapping } from '@palmares/shared/import/mapping';
import { v7 as uuid } from 'uuid';
import { AuditService } from '../audit/audit.service.js';
import { ProblemError } from '../http/problem-error.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database.js';
import { importReport, importView, summaryView, type ImportReport } from './import-view.js';
import { ImportPlanner } from './import-planner.js';
import { ImportRunner } from './import-runner.js';
import * as rowsStore from './import-rows.store.js';
import * as store from './import.store.js';
import type { ImportRow } from './import.store.js';
import { readFile } from './read-file.js';
import { chargeFrom, COMMAND, type Signer } from './signer.js';
import type { SourceRow } from './source-row.js';

/** A file that somebody brings. */
export interface IncomingFile {
  name: string;
  bytes: AsyncIterable<Buffer>;
  /** Of a workbook; the first visible one otherwise. */
  sheet?: string | undefined;
}

/** How they say that it should be read; what they do not say is guessed. */
export interface Wish {
  kind?: MappingKind | undefined;
  mapping?: Mapping | undefined;
}

/** How a draft is let in: by whom, after which look at its rows, and which version was shown. */
export interface Signing {
  signer: Signer;
  look: (row: ImportRow) => Promise<void>;
  version?: number | undefined;
}

/** What may be committed. */
const OPEN: readonly ImportStatus[] = ['draft', 'failed'];

const NAME_MAX = 200;
const SHOWN = 20;

/** Files on their way in, from the upload to the last row. */
@Injectable()
export class ImportService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly planner: ImportPlanner,
    private readonly runner: ImportRunner,
    private readonly audit: AuditService,
  ) {}

  /**
   * Takes a file in and reads it to its end: nothing is recorded yet. Answers the id of the draft.
   * Problems: `not-found`, `file-unreadable`, `body-too-large`, `too-many-requests`, `invalid` when the file lacks a
   * column that the mapping reads.
   */
  async receive(
    organisationId: string,
    createdBy: string | null,
    file: IncomingFile,
    wishOf: () => Promise<Wish> | Wish,
  ): Promise<string> {
    await this.people.organisation(organisationId);
    const id = uuid();
    const name = path.basename(file.name.replaceAll('\\', '/')).slice(-NAME_MAX) || 'file';
    const now = this.clock.now();
    await this.database.transaction((tx) =>
      store.begin(tx, organisationId, id, name.replaceAll('\0', ''), createdBy, now),
    );
    try {
      const keep = (rows: SourceRow[], before: number) =>
        this.database.transaction((tx) => rowsStore.keep(tx, organisationId, id, rows, before));
      const shape = await readFile(file.bytes, file.sheet, keep, organisationId);
      const wish = await wishOf();
      const { columns, mapping } = await this.planner.plan(organisationId, id, shape, wish);
      await this.database.transaction((tx) =>
        store.complete(tx, organisationId, id, shape, columns, { mapping, preview: null }),
      );
      return id;
    } catch (error) {
      await this.database
        .transaction((tx) => store.discard(tx, organisationId, id))
        .catch(() => {});
      throw error;
    }
  }

  /**
   * Tries out how a draft would be read, with another mapping or its own. Problems: `not-found`,
   * `invalid` for a column that the file lacks, `import-under-way`, `import-finished`.
   */
  async preview(
    organisationId: string,
    id: string,
    signer: Signer,
    mapping?: Mapping,
  ): Promise<Import> {
    const row = await this.find(organisationId, id);
    if (row.status !== 'draft') throw movedOn(row);
    const wanted = mapping ?? row.mapping;
    const charge = chargeFrom(signer);
    const preview = await this.planner.preview(organisationId, row, wanted, charge);
    const planned = await this.database.transaction((tx) =>
      store.plan(tx, organisationId, id, wanted, preview),
    );
    if (!planned) throw movedOn(await this.find(organisationId, id));
    return this.view(organisationId, id);
  }

  /**
   * Lets a draft, or one that has failed half-way, be recorded as its signer has looked at it;
   * asking twice asks once. Problems: `not-found`, `import-finished` for one that is taken back,
   * `precondition-failed` for another version than the one that was shown, `changed-since-shown`
   * where the draft is planned anew while it is looked at; those of `look`.
   */
  async commit(organisationId: string, id: string, signing: Signing): Promise<Import> {
    const { signer, look, version } = signing;
    const row = await this.find(organisationId, id);
    if (row.status === 'undone' || row.status === 'undoing') throw movedOn(row);
    await look(row);
    if (OPEN.includes(row.status)) {
      if (version !== undefined && version !== row.version) {
        throw new ProblemError('precondition-failed');
      }
      const queued = await this.queue(organisationId, row, signer);
      const now = queued ? row : await this.find(organisationId, id);
      if (!queued && OPEN.includes(now.status)) throw new ProblemError('changed-since-shown');
    }
    this.runner.look();
    return this.view(organisationId, id);
  }

  /** Problems: `not-found`. */
  async view(organisationId: string, id: string): Promise<Import> {
    return importView(await this.find(organisationId, id));
  }

  async list(
    organisationId: string,
    kinds: readonly MappingKind[],
    limit: number,
    cursor?: string,
  ) {
    const rows = await this.database.read((tx) =>
      store.list(tx, organisationId, kinds, limit + 1, cursor),
    );
    const items = rows.slice(0, limit).map(summaryView);
    const nextCursor = rows.length > limit ? (items.at(-1)?.id ?? null) : null;
    return { items, nextCursor };
  }

  /**
   * Imports a file from beginning to end, in this process unless another one is quicker. Importing
   * it again changes nothing. Problems: as `receive`, `changed-since-shown`.
   */
  async importFile(
    organisationId: string,
    file: string,
    mapping: Mapping,
    sheet?: string,
  ): Promise<ImportReport> {
    const incoming = { name: file, bytes: bytesOf(file), sheet };
    const id = await this.receive(organisationId, COMMAND.by, incoming, () => ({ mapping }));
    if (!(await this.queue(organisationId, await this.find(organisationId, id), COMMAND))) {
      throw new ProblemError('changed-since-shown');
    }
    const row = await this.toTheEnd(organisationId, id);
    const refused = await this.database.read((tx) =>
      rowsStore.refusals(tx, organisationId, id, 0, SHOWN),
    );
    if (row.error) throw new Error(`The import has stopped: ${row.error.detail}`);
    return importReport(row, refused);
  }

  /** False when the import has moved on, or is planned otherwise, since this row was read. */
  private async queue(organisationId: string, row: ImportRow, signer: Signer): Promise<boolean> {
    const { id, version, kind } = row;
    return this.database.transaction(async (tx) => {
      if (!(await store.queue(tx, organisationId, id, OPEN, version, signer))) return false;
      const what = { action: 'import.commit', subject: `import:${id}` } as const;
      await this.audit.write(tx, { organisationId, ...what, after: { kind, version } });
      return true;
    });
  }

  /** Waits until somebody, this process or another one, has brought it to its end. */
  async toTheEnd(organisationId: string, id: string): Promise<ImportRow> {
    for (;;) {
      await this.runner.runNow(organisationId, id);
      const row = await this.find(organisationId, id);
      if (row.finishedAt) return row;
      await this.runner.pause();
    }
  }

  async find(organisationId: string, id: string): Promise<ImportRow> {
    const row = await this.database.read((tx) => store.find(tx, organisationId, id));
    if (!row) throw new ProblemError('not-found');
    return row;
  }
}

export function movedOn({ status }: ImportRow): ProblemError {
  const over = ['done', 'failed', 'undone'].includes(status);
  return new ProblemError(over ? 'import-finished' : 'import-under-way');
}

/** The bytes of a file of this machine. Problems: `invalid` when it cannot be read. */
async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(file) as AsyncIterable<Buffer>;
  } catch (error) {
    throw new ProblemError('file-unreadable', (error as Error).message);
  }
}
