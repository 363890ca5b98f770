import { parseScaled } from '../quantity/scaled.js';
import { compareExact, readExact } from '../quantity/exact.js';
import type { BoardEntry, BoardRow } from './board.js';
import type { TieBreak } from '../challenge/tie.js';

/** An entry with its score as a number, rounded: what it was before decides between equals. */
export interface Keyed {
  entry: BoardEntry;
  score: number;
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Whoever has none comes last. */
const compareOrNone = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : compareText(a, b);

/** Best first: the exact score, then earliest reached where that decides; 0 when nothing does. */
export function compareMerit(a: Keyed, b: Keyed, ties: TieBreak): number {
  const reached = ties === 'earliest' ? compareOrNone(a.entry.reachedAt, b.entry.reachedAt) : 0;
  return b.score - a.score || compareRest(b.entry, a.entry, b.score) || reached;
}

/** What rounding hides between two scores that are shown as equal. */
function compareRest({ exact: a }: BoardEntry, { exact: b }: BoardEntry, score: number): number {
  return a === b ? 0 : compareExact(readExact(score, a), readExact(score, b));
}

export const keyed = (entry: BoardEntry): Keyed => ({
  entry,
  score: parseScaled(entry.score) ?? 0,
});

export const compareKeyed = (a: Keyed, b: Keyed, ties: TieBreak): number =>
  Number(a.entry.reason !== null) - Number(b.entry.reason !== null) ||
  compareMerit(a, b, ties) ||
  compareOrNone(a.entry.subject.label, b.entry.subject.label) ||
  compareText(a.entry.subject.id, b.entry.subject.id);

/** The order of two entries on a board. */
export const compareEntries = (a: BoardEntry, b: BoardEntry, ties: TieBreak = 'earliest'): number =>
  compareKeyed(keyed(a), keyed(b), ties);

/**
 * Orders entries and gives each its competition rank (1, 1, 3): higher exact score, then, unless ties
 * are shared, earlier `reachedAt`, then a shared rank in a stable order. Entries with a reason come last, unranked.
 * The same function runs on the server and in the browser.
 */
export function rank(entries: readonly BoardEntry[], ties: TieBreak = 'earliest'): BoardRow[] {
  const ordered = entries.map(keyed);
  ordered.sort((a, b) => compareKeyed(a, b, ties));
  let shared = 0;
  return ordered.map((row, index) => {
    const above = ordered[index - 1];
    if (!above || compareMerit(above, row, ties) !== 0) shared = index + 1;
    return { ...row.entry, rank: row.entry.reason === null ? shared : null };
  });
}
