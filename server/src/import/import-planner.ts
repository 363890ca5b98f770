import { Injectable } from '@nestjs/common';
import { guessMapping } from '@palmares/shared/import/guess';
import {
  PREVIEW_ROWS,
  PREVIEW_SHOWN,
  type ImportColumn,
  type ImportPreview,
  type RefusedRow,
} from '@palmares/shared/import/import';
import { rowReader, type Item } from '@palmares/shared/import/map-row';
import { columnsOf, type Mapping } from '@palmares/shared/import/mapping';
import type { Charge } from '@palmares/shared/people/charge';
import { memberEntrySchema } from '@palmares/shared/people/member';
import { targetRowSchema } from '@palmares/shared/target/target';
import { ProblemError } from '../http/problem-error.js';
import { IntakeService } from '../intake/intake.service.js';
import { PeopleService } from '../people/people.service.js';
import { Database } from '../platform/database.js';
import { TargetService } from '../target/target.service.js';
import * as rowsStore from './import-rows.store.js';
import type { ImportRow } from './import.store.js';
import type { FileShape } from './read-file.js';
import {
  entriesOf,
  identityIn,
  meaningOf,
  refusalsOf,
  refusedRows,
  type Meaning,
} from './row-meaning.js';
import type { SourceRow } from './source-row.js';

const SAMPLES = 5;
const SAMPLE_MAX = 80;

/** Says how a file could be read, and what would come of it; writes nothing. */
@Injectable()
export class ImportPlanner {
  constructor(
    private readonly database: Database,
    private readonly intake: IntakeService,
    private readonly people: PeopleService,
    private readonly targets: TargetService,
  ) {}

  /** Problems: `invalid` when the file lacks a column that the mapping reads. */
  async plan(
    organisationId: string,
    importId: string,
    shape: FileShape,
    wish: { kind?: Mapping['kind'] | undefined; mapping?: Mapping | undefined },
  ): Promise<{ columns: ImportColumn[]; mapping: Mapping }> {
    const first = await this.rows(organisationId, importId, 1);
    const columns = shape.columns.map((name, at) => ({ name, samples: samplesOf(first, at) }));
    if (wish.mapping) {
      refuseMissing(wish.mapping, shape.columns);
      return { columns, mapping: wish.mapping };
    }
    const { currency } = await this.people.organisation(organisationId);
    return { columns, mapping: guessMapping(columns, { kind: wish.kind, currency }) };
  }

  /** Problems: `invalid` when the file lacks a column that the mapping reads. */
  async preview(
    organisationId: string,
    { id, columns, rowsTotal }: ImportRow,
    mapping: Mapping,
    charge: Charge,
  ): Promise<ImportPreview> {
    const names = columns.map(({ name }) => name);
    refuseMissing(mapping, names);
    const { timeZone } = await this.people.organisation(organisationId);
    const rows = await this.rows(organisationId, id, PREVIEW_ROWS);
    const meaning = meaningOf(rowReader(mapping, names, timeZone), rows);
    const tried = await this.tryOut(organisationId, mapping, meaning, charge);
    const refused = refusedRows(meaning, tried.refused, mapping);
    const seen = new Set(meaning.meant.map((one) => identityIn(mapping.kind, one)));
    return {
      rows: rows.length,
      whole: rows.length === rowsTotal,
      wouldRecord: meaning.meant.length - tried.refused.length,
      wouldWait: tried.waiting,
      repeated: meaning.meant.length - seen.size,
      skipped: meaning.skipped,
      wouldRefuse: refused.length,
      refused: refused.slice(0, PREVIEW_SHOWN).map(shownRow),
      items: meaning.meant.slice(0, PREVIEW_SHOWN).map(({ item }) => shownItem(item)),
    };
  }

  private async tryOut(
    organisationId: string,
    { kind }: Mapping,
    meaning: Meaning,
    charge: Charge,
  ) {
    if (kind === 'activities') {
      const activities = meaning.meant.map(({ item }) => item);
      return this.intake.tryOut(organisationId, activities);
    }
    if (kind === 'targets') {
      const read = entriesOf(meaning, targetRowSchema);
      const refused = await this.targets.tryTargets(organisationId, read.entries);
      return { refused: refusalsOf(read, refused), waiting: 0 };
    }
    const read = entriesOf(meaning, memberEntrySchema);
    const { refused } = await this.people.tryMembers(organisationId, read.entries, charge);
    return { refused: refusalsOf(read, refused), waiting: 0 };
  }

  /** The line of the first row that would make somebody an admin, if there is one. */
  async adminLine(
    organisationId: string,
    { id, columns, mapping }: ImportRow,
  ): Promise<number | undefined> {
    const names = columns.map(({ name }) => name);
    const { timeZone } = await this.people.organisation(organisationId);
    const read = rowReader(mapping, names, timeZone);
    for (let from = 0; ;) {
      const rows = await this.database.read((tx) =>
        rowsStore.rowsFrom(tx, organisationId, id, from),
      );
      if (rows.length === 0) return undefined;
      const meaning = meaningOf(read, rows);
      const { entries, places } = entriesOf(meaning, memberEntrySchema);
      const at = entries.findIndex(({ roles }) => roles?.includes('admin'));
      if (at >= 0) return rows[meaning.meant[places[at] ?? 0]?.at ?? 0]?.[0];
      from += rows.length;
    }
  }

  /** The first rows of a file, at least so many where it has them. */
  private async rows(organisationId: string, id: string, enough: number): Promise<SourceRow[]> {
    const rows: SourceRow[] = [];
    while (rows.length < enough) {
      const more = await this.database.read((tx) =>
        rowsStore.rowsFrom(tx, organisationId, id, rows.length),
      );
      if (more.length === 0) break;
      rows.push(...more);
    }
    return rows;
  }
}

function samplesOf(rows: readonly SourceRow[], at: number): string[] {
  const samples = new Set<string>();
  for (const [, cells, fault] of rows) {
    const text = fault === undefined ? String(cells[at] ?? '').trim() : '';
    if (text !== '') samples.add(text.slice(0, SAMPLE_MAX));
    if (samples.size === SAMPLES) break;
  }
  return [...samples];
}

function refuseMissing(mapping: Mapping, columns: readonly string[]): void {
  const missing = columnsOf(mapping).filter((name) => !columns.includes(name));
  if (missing.length === 0) return;
  throw new ProblemError('invalid', `The file has no column ${missing.join(', ')}`);
}

/** What a preview shows of a row in all, in characters, and of one cell at least and at most. */
const ROW_SHOWN = 4_000;
const CELL_SHOWN = { least: 20, most: 200 };

function cut(text: string, of: number): string {
  const most = Math.min(CELL_SHOWN.most, Math.max(CELL_SHOWN.least, Math.floor(ROW_SHOWN / of)));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const shownRow = (refused: RefusedRow): RefusedRow => {
  const { row } = refused;
  return { ...refused, row: row.map((cell) => cut(cell, row.length)) };
};

/** An item with its texts cut, however deep they are. */
function shownItem(item: Item): Item {
  const of = Object.keys(item).length;
  const text = JSON.stringify(item, (_key, value: unknown) =>
    typeof value === 'string' ? cut(value, of) : value,
  );
  return JSON.parse(text) as Item;
}
