import { untamed } from '@palmares/shared/csv/csv';
import type { Cell } from '@palmares/shared/import/cell';
import { ProblemError } from '../http/problem-error.js';
import { isOfRefusedRows } from './added-columns.js';
import { CELL_MAX } from './cell-max.js';

/** A row of a file: its line, its cells, and what is wrong with it before it means anything. */
export type SourceRow = [line: number, cells: Cell[], fault?: string];

export const CHUNK_ROWS = 1_000;
const COLUMNS_MAX = 500;
const ROWS_MAX = 2_000_000;
const NAME_MAX = 200;

/** The name that a spreadsheet gives to a column: A, B … Z, AA. */
function letters(at: number): string {
  const letter = String.fromCharCode(65 + (at % 26));
  return at < 26 ? letter : letters(Math.floor(at / 26) - 1) + letter;
}

/** Names of columns: a blank one by its letter, one that was there before with its number. */
function named(cells: readonly Cell[]): string[] {
  const seen = new Set<string>();
  return cells.map((cell, at) => {
    const text = String(cell)
      .replaceAll(/[\0\s]+/g, ' ')
      .trim()
      .slice(0, NAME_MAX - 8)
      .replaceAll(/\p{Cs}/gu, '\ufffd');
    const base = text || letters(at);
    let name = base;
    for (let count = 2; seen.has(name); count++) name = `${base} (${count})`;
    seen.add(name);
    return name;
  });
}

const isBlank = (cell: Cell) => typeof cell === 'string' && cell.trim() === '';

/** Gathers rows in chunks: the first one that is not blank names the columns. */
export class SourceTable {
  columns: string[] | undefined;
  rows = 0;
  private chunk: SourceRow[] = [];
  /** Our own file of refused rows, come back: it has apostrophes that the first file had not. */
  private tamed = false;

  /** @param keep called with each full chunk, and how many rows came before it */
  constructor(private readonly keep: (rows: SourceRow[], before: number) => Promise<void>) {}

  /** Problems: `file-unreadable` for a header that is none. */
  async add(line: number, cells: Cell[], fault?: string): Promise<void> {
    if (cells.every(isBlank) && !fault) return;
    if (!this.columns) {
      if (fault) throw new ProblemError('file-unreadable', `line ${line}: ${fault}`);
      const names = cells.slice(0, cells.findLastIndex((cell) => !isBlank(cell)) + 1);
      this.tamed = isOfRefusedRows(named(names));
      this.columns = named(this.tamed ? names.map(asItWas) : names);
      if (this.columns.length <= COLUMNS_MAX) return;
      throw new ProblemError('file-unreadable', `The file has more than ${COLUMNS_MAX} columns`);
    }
    if (this.rows >= ROWS_MAX) {
      throw new ProblemError('file-unreadable', `The file has more than ${ROWS_MAX} rows`);
    }
    const row = this.tamed ? cells.map(asItWas) : cells;
    const found = fault ?? faultOf(row, this.columns.length);
    this.chunk.push(found === undefined ? [line, row] : [line, row.map(shortened), found]);
    if (this.chunk.length === CHUNK_ROWS) await this.flush();
  }

  /** Keeps what is left. Problems: `file-unreadable` when there was nothing at all. */
  async end(): Promise<void> {
    if (!this.columns) throw new ProblemError('file-unreadable', 'The file is empty');
    if (this.chunk.length > 0) await this.flush();
  }

  private async flush(): Promise<void> {
    const rows = this.chunk;
    this.chunk = [];
    await this.keep(rows, this.rows);
    this.rows += rows.length;
  }
}

const asItWas = (cell: Cell) => (typeof cell === 'string' ? untamed(cell) : cell);
const shortened = (cell: Cell) => (typeof cell === 'string' ? cell.slice(0, CELL_MAX) : cell);

/** A row that says more than its columns was shifted somewhere: it says something else. */
function faultOf(cells: readonly Cell[], columns: number): string | undefined {
  const last = cells.findLastIndex((cell) => !isBlank(cell)) + 1;
  if (last > columns) return `the row has ${last} cells, the header ${columns}`;
  const long = cells.some((cell) => typeof cell === 'string' && cell.length > CELL_MAX);
  return long ? `a cell has more than ${CELL_MAX} characters` : undefined;
}
