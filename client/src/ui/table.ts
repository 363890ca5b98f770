import type { Cell } from '../format/csv';

/** One column of a table: what it holds, to be sorted, shown and exported. */
export interface Column<Row> {
  key: string;
  label: string;
  /** what is sorted by, exported, and shown unless a slot or `text` shows it */
  value(row: Row): Cell;
  /** as it is written on the screen */
  text?(row: Row): string;
  /** aligned to the right, in figures of one width */
  numeric?: boolean;
  /** on one line, cut where it is too long */
  tight?: boolean;
  /** given up on a phone */
  spare?: boolean;
  /** on the screen alone, or in the file alone; in both where nothing is said */
  only?: 'screen' | 'file';
  /** what stands in the file, where that is not `value` */
  saved?(row: Row): Cell;
}

/** A table as a file: its rows under their names, and which columns hold decimals as texts. */
export function toFileRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  foot?: Foot,
) {
  const saved = columns.filter(({ only }) => only !== 'screen');
  const head: Cell[] = saved.map(({ label }) => label);
  const body = rows.map((row) => saved.map((one) => (one.saved ? one.saved(row) : one.value(row))));
  const last = foot ? [saved.map(({ key }) => foot[key]?.cell ?? null)] : [];
  return { rows: [head, ...body, ...last], decimals: saved.map(({ numeric }) => numeric === true) };
}

/** What the rows of a table come to, by column: as it is exported, and as it is read. */
export type Foot = Readonly<Record<string, { cell: Cell; text: string } | undefined>>;

export interface Order {
  key: string;
  down: boolean;
}

/** `-name` is by name, from the last to the first. */
export function readOrder(text: string | undefined): Order | undefined {
  if (!text) return undefined;
  const down = text.startsWith('-');
  return { key: down ? text.slice(1) : text, down };
}

export const writeOrder = ({ key, down }: Order): string => (down ? `-${key}` : key);

const isNumber = (cell: Cell) =>
  typeof cell === 'number' || (typeof cell === 'string' && /^-?\d+(\.\d+)?$/.test(cell));

/** Sorts by a column; numbers as numbers, texts as a dictionary would, nothing always last. */
export function sorted<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | undefined,
  tag: string,
): readonly Row[] {
  const column = columns.find(({ key }) => key === order?.key);
  if (!column || !order) return rows;
  const { compare } = new Intl.Collator(tag, { numeric: true, sensitivity: 'base' });
  const sign = order.down ? -1 : 1;
  return rows
    .map((row) => ({ row, cell: column.value(row) }))
    .toSorted((a, b) => {
      if (a.cell === null || b.cell === null)
        return Number(a.cell === null) - Number(b.cell === null);
      if (isNumber(a.cell) && isNumber(b.cell)) return sign * (Number(a.cell) - Number(b.cell));
      return sign * compare(String(a.cell), String(b.cell));
    })
    .map(({ row }) => row);
}
