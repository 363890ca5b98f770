import type { BoardRow } from './board.js';
import type { Ranking } from './ranking.js';

/**
 * A subject’s line with those of all who share its rank, best first; empty for whoever is not
 * there. It costs as much as there are equals, however long the ranking is.
 */
export function alikeIn(ranking: Ranking, subjectId: string): BoardRow[] {
  const at = ranking.indexOf(subjectId);
  if (at < 0) return [];
  for (let reach = 4; ; reach *= 4) {
    const rows = ranking.rows(at - reach, at + reach + 1);
    const own = rows[Math.min(at, reach)];
    if (!own || own.rank === null) return own ? [own] : [];
    const above = at - reach <= 0 || rows[0]?.rank !== own.rank;
    const below = at + reach + 1 >= ranking.size || rows.at(-1)?.rank !== own.rank;
    if (above && below) return rows.filter(({ rank }) => rank === own.rank);
  }
}
