import type { TieBreak } from '../challenge/tie.js';
import type { BoardEntry, BoardRow } from './board.js';
import { compareKeyed, compareMerit, keyed, type Keyed } from './rank.js';
import type { Order } from './view.js';

/** The most entries of a block: no change shifts more than these. */
const BLOCK = 512;

/** A block, and an index in it; past the last block where nothing is. */
interface Place {
  block: number;
  at: number;
}

/**
 * A ranking that stays in order while single entries change: the same as `rank` of all of them, at
 * the price of a search and of a shift within a block for each change.
 */
export class Ranking implements Order {
  private readonly known = new Map<string, Keyed>();
  /** Everybody in order, in pieces of which none is empty. */
  private readonly blocks: Keyed[][] = [];

  constructor(
    entries: readonly BoardEntry[],
    readonly ties: TieBreak,
  ) {
    const order = entries.map(keyed);
    order.sort((a, b) => compareKeyed(a, b, ties));
    for (const one of order) this.known.set(one.entry.subject.id, one);
    for (let from = 0; from < order.length; from += BLOCK / 2) {
      this.blocks.push(order.slice(from, from + BLOCK / 2));
    }
  }

  get size(): number {
    return this.known.size;
  }

  at(index: number): BoardEntry | undefined {
    let at = index;
    for (const block of this.blocks) {
      if (at < block.length) return block[at]?.entry;
      at -= block.length;
    }
    return undefined;
  }

  get(subjectId: string): BoardEntry | undefined {
    return this.known.get(subjectId)?.entry;
  }

  indexOf(subjectId: string): number {
    const one = this.known.get(subjectId);
    return one ? this.index(this.place(one)) : -1;
  }

  /** Enters somebody, or changes them. */
  put(entry: BoardEntry): void {
    this.remove(entry.subject.id);
    const one = keyed(entry);
    this.known.set(entry.subject.id, one);
    const place = this.place(one);
    // Behind everybody is the end of the last block.
    const block = this.blocks[place.block] ?? this.blocks.at(-1);
    if (!block) this.blocks.push([one]);
    else if (this.blocks[place.block]) block.splice(place.at, 0, one);
    else block.push(one);
    if (block && block.length > BLOCK) {
      this.blocks.splice(this.blocks.indexOf(block) + 1, 0, block.splice(BLOCK / 2));
    }
  }

  remove(subjectId: string): void {
    const one = this.known.get(subjectId);
    if (!one) return;
    const { block: number, at } = this.place(one);
    const block = this.blocks[number] ?? [];
    block.splice(at, 1);
    this.known.delete(subjectId);
    const next = this.blocks[number + 1];
    if (block.length === 0) this.blocks.splice(number, 1);
    else if (next && block.length + next.length <= BLOCK / 2) {
      this.blocks.splice(number, 2, [...block, ...next]);
    }
  }

  /** Everybody, best first. */
  entries(): BoardEntry[] {
    return this.blocks.flatMap((block) => block.map(({ entry }) => entry));
  }

  /** The rows from one index up to, and without, another. */
  rows(from: number, to: number): BoardRow[] {
    const rows: BoardRow[] = [];
    let above: Keyed | undefined;
    let shared = 0;
    for (const one of this.slice(Math.max(from, 0), to)) {
      const index = Math.max(from, 0) + rows.length;
      if (!above) shared = this.firstAlike(one) + 1;
      else if (compareMerit(above, one, this.ties) !== 0) shared = index + 1;
      rows.push({ ...one.entry, rank: one.entry.reason === null ? shared : null });
      above = one;
    }
    return rows;
  }

  private slice(from: number, to: number): Keyed[] {
    const found: Keyed[] = [];
    let before = 0;
    for (const block of this.blocks) {
      if (before >= to) break;
      if (before + block.length > from) {
        found.push(...block.slice(Math.max(from - before, 0), to - before));
      }
      before += block.length;
    }
    return found;
  }

  /** Where an entry is, or would be. */
  private place(one: Keyed): Place {
    return this.first((other) => compareKeyed(other, one, this.ties) >= 0);
  }

  /** The index of the first whom merit does not part from an entry. */
  private firstAlike(one: Keyed): number {
    return this.index(this.first((other) => compareRanked(other, one, this.ties) >= 0));
  }

  /** The first place of which something holds that holds of all after it. */
  private first(holds: (other: Keyed) => boolean): Place {
    const block = bisect(this.blocks, (one) => holds(one.at(-1) as Keyed));
    return { block, at: bisect(this.blocks[block] ?? [], holds) };
  }

  private index({ block, at }: Place): number {
    let index = at;
    for (let before = 0; before < block; before += 1) index += this.blocks[before]?.length ?? 0;
    return index;
  }
}

/** The first index of a list of which something holds that holds of all after it. */
function bisect<T>(list: readonly T[], holds: (one: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle] as T)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** By merit, and whoever has no rank after all others. */
const compareRanked = (a: Keyed, b: Keyed, ties: TieBreak): number =>
  Number(a.entry.reason !== null) - Number(b.entry.reason !== null) || compareMerit(a, b, ties);
