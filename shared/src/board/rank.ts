import { parseScaled } from '../quantity/scaled.js';
import type { BoardEntry, BoardRow } from './board.js';

interface Keyed {
  entry: BoardEntry;
  score: number;
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Never reached comes last among equals. */
const compareReached = (a: string | null, b: string | null) =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : compareText(a, b);

/** Best first: score, then earliest reached; null when nothing decides between the two. */
function compareMerit(a: Keyed, b: Keyed): number {
  return b.score - a.score || compareReached(a.entry.reachedAt, b.entry.reachedAt);
}

/**
 * Orders entries and gives each its competition rank (1, 1, 3): higher score, then earlier
 * `reachedAt`, then a shared rank in a stable order. Entries with a reason come last, unranked.
 * The same function runs on the server and in the browser.
 */
export function rank(entries: readonly BoardEntry[]): BoardRow[] {
  const keyed = entries.map((entry) => ({ entry, score: parseScaled(entry.score) ?? 0 }));
  keyed.sort(
    (a, b) =>
      Number(a.entry.reason !== null) - Number(b.entry.reason !== null) ||
      compareMerit(a, b) ||
      compareText(a.entry.subject.label, b.entry.subject.label) ||
      compareText(a.entry.subject.id, b.entry.subject.id),
  );
  let shared = 0;
  return keyed.map((row, index) => {
    const above = keyed[index - 1];
    if (!above || compareMerit(above, row) !== 0) shared = index + 1;
    return { ...row.entry, rank: row.entry.reason === null ? shared : null };
  });
}
