import { parseScaled } from '../quantity/scaled.js';
import type { BoardEntry, BoardRow } from './board.js';
import type { TieBreak } from '../challenge/tie.js';

interface Keyed {
  entry: BoardEntry;
  score: number;
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Never reached comes last among equals. */
const compareReached = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : compareText(a, b);

/** Best first: score, then earliest reached where that decides; 0 when nothing does. */
function compareMerit(a: Keyed, b: Keyed, ties: TieBreak): number {
  const reached = ties === 'earliest' ? compareReached(a.entry.reachedAt, b.entry.reachedAt) : 0;
  return b.score - a.score || reached;
}

/**
 * Orders entries and gives each its competition rank (1, 1, 3): higher score, then, unless ties
 * are shared, earlier `reachedAt`, then a shared rank in a stable order. Entries with a reason come last, unranked.
 * The same function runs on the server and in the browser.
 */
export function rank(entries: readonly BoardEntry[], ties: TieBreak = 'earliest'): BoardRow[] {
  const keyed = entries.map((entry) => ({ entry, score: parseScaled(entry.score) ?? 0 }));
  keyed.sort(
    (a, b) =>
      Number(a.entry.reason !== null) - Number(b.entry.reason !== null) ||
      compareMerit(a, b, ties) ||
      compareText(a.entry.subject.label, b.entry.subject.label) ||
      compareText(a.entry.subject.id, b.entry.subject.id),
  );
  let shared = 0;
  return keyed.map((row, index) => {
    const above = keyed[index - 1];
    if (!above || compareMerit(above, row, ties) !== 0) shared = index + 1;
    return { ...row.entry, rank: row.entry.reason === null ? shared : null };
  });
}
