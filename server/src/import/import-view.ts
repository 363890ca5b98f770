import type { Import, ImportSummary, RefusedRow } from '@palmares/shared/import/import';
import { outcomes, type Outcome } from '@palmares/shared/intake/receipt';
import type { ImportRow } from './import.store.js';

/** What a list shows of an import. */
export function summaryView(row: ImportRow): ImportSummary {
  const { id, kind, fileName, format, encoding, sheets, sheet, status, createdBy } = row;
  const share = row.rowsTotal === 0 ? 1 : row.rows / row.rowsTotal;
  return {
    id,
    kind,
    fileName,
    format,
    encoding,
    sheets,
    sheet,
    status,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    progress: {
      bytesRead: Math.round(row.bytesTotal * share),
      bytesTotal: row.bytesTotal,
      rows: row.rows,
      rowsTotal: row.rowsTotal,
      skipped: row.skipped,
      recorded: row.recorded,
      revised: row.revised,
      unchanged: row.unchanged,
      stale: row.stale,
      waiting: row.waiting,
      refused: row.refused,
    },
    undo: row.undo,
    error: row.error,
  };
}

export function importView(row: ImportRow): Import {
  const { version, columns, mapping, preview } = row;
  return { ...summaryView(row), version, columns, mapping, preview };
}

/** What a command prints of an import. */
export interface ImportReport extends Record<Outcome, number> {
  /** By which what was written can be taken back as a whole. */
  importId: string;
  rows: number;
  skipped: number;
  refused: number;
  /** The first refused rows; the others have been counted. */
  firstRefused: Omit<RefusedRow, 'row'>[];
}

export function importReport(row: ImportRow, refused: readonly RefusedRow[]): ImportReport {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, row[outcome]]));
  return {
    importId: row.id,
    rows: row.rows,
    skipped: row.skipped,
    ...(counts as Record<Outcome, number>),
    refused: row.refused,
    firstRefused: refused.map(({ row: _cells, ...reason }) => reason),
  };
}
