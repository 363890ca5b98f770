import type { TieBreak } from '../challenge/tie.js';
import type { BoardEntry, BoardRow } from './board.js';
import { compareKeyed, compareMerit, keyed, type Keyed } from './rank.js';
import type { Order } from './view.js';

/**
 * A ranking that stays in order while single entries change: the same as `rank` of all of them, at
 * the price of a search and a shift for each change.
 */
export class Ranking implements Order {
  private readonly known = new Map<string, Keyed>();
  private readonly order: Keyed[];

  constructor(
    entries: readonly BoardEntry[],
    readonly ties: TieBreak,
  ) {
    this.order = entries.map(keyed);
    this.order.sort((a, b) => compareKeyed(a, b, ties));
    for (const one of this.order) this.known.set(one.entry.subject.id, one);
  }

  get size(): number {
    return this.order.length;
  }

  at(index: number): BoardEntry | undefined {
    return this.order[index]?.entry;
  }

  get(subjectId: string): BoardEntry | undefined {
    return this.known.get(subjectId)?.entry;
  }

  indexOf(subjectId: string): number {
    const one = this.known.get(subjectId);
    return one ? this.place(one) : -1;
  }

  /** Enters somebody, or changes them. */
  put(entry: BoardEntry): void {
    this.remove(entry.subject.id);
    const one = keyed(entry);
    this.known.set(entry.subject.id, one);
    this.order.splice(this.place(one), 0, one);
  }

  remove(subjectId: string): void {
    const one = this.known.get(subjectId);
    if (!one) return;
    this.order.splice(this.place(one), 1);
    this.known.delete(subjectId);
  }

  /** Everybody, best first. */
  entries(): BoardEntry[] {
    return this.order.map(({ entry }) => entry);
  }

  /** The rows from one index up to, and without, another. */
  rows(from: number, to: number): BoardRow[] {
    const rows: BoardRow[] = [];
    let above: Keyed | undefined;
    let shared = 0;
    for (const one of this.order.slice(Math.max(from, 0), to)) {
      const index = Math.max(from, 0) + rows.length;
      if (!above) shared = this.first((other) => compareRanked(other, one, this.ties) >= 0) + 1;
      else if (compareMerit(above, one, this.ties) !== 0) shared = index + 1;
      rows.push({ ...one.entry, rank: one.entry.reason === null ? shared : null });
      above = one;
    }
    return rows;
  }

  /** Where an entry is, or would be. */
  private place(one: Keyed): number {
    return this.first((other) => compareKeyed(other, one, this.ties) >= 0);
  }

  /** The first index of which something holds that holds of all after it. */
  private first(holds: (other: Keyed) => boolean): number {
    let low = 0;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.order[middle];
      if (other && !holds(other)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** By merit, and whoever has no rank after all others. */
const compareRanked = (a: Keyed, b: Keyed, ties: TieBreak): number =>
  Number(a.entry.reason !== null) - Number(b.entry.reason !== null) || compareMerit(a, b, ties);
