import type { Board } from '@palmares/shared/board/board';
import { formatScaled, parseScaled } from '@palmares/shared/quantity/scaled';
import { hasBegun } from './standing';

/** A score that changed, and what it did to the rank. */
export interface Move {
  id: string;
  /** null for whoever may not be seen */
  name: string | null;
  /** decimal string, below zero when the score fell */
  gain: string;
  rank: number | null;
  before: number | null;
  /** of the board that brought it, ISO 8601 */
  at: string;
}

/** Whose score changed between two boards, best rank first. Ranks lost to others are no moves. */
export function movesBetween(before: Board, after: Board): Move[] {
  const known = new Map(before.rows.map((row) => [row.subject.id, row]));
  const begun = hasBegun(before);
  const moves: Move[] = [];
  for (const { subject, score, rank } of after.rows) {
    const old = known.get(subject.id);
    const gain = (parseScaled(score) ?? 0) - (parseScaled(old?.score ?? '0') ?? 0);
    if (gain === 0) continue;
    moves.push({
      id: subject.id,
      name: subject.label,
      gain: formatScaled(gain),
      rank,
      before: begun ? (old?.rank ?? null) : null,
      at: after.asOf,
    });
  }
  return moves;
}

/** Newest first, as many as a glance can take. */
export const latestMoves = (moves: readonly Move[], earlier: readonly Move[], most = 6): Move[] =>
  [...moves, ...earlier].slice(0, most);

export type Climb = Move & { rank: number; name: string };

/** What is worth saying aloud: those who climbed, the best two places reached. */
export function climbsOf(moves: readonly Move[]): Climb[] {
  const climbed = (move: Move): move is Climb =>
    move.name !== null && move.rank !== null && (move.before === null || move.rank < move.before);
  return moves
    .filter(climbed)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, 2);
}

/** Climbs that were not said yet: a newer one of the same person replaces the older. */
export function latestClimbs(climbs: readonly Climb[], waiting: readonly Climb[]): Climb[] {
  const newer = new Set(climbs.map(({ id }) => id));
  return [...climbs, ...waiting.filter(({ id }) => !newer.has(id))]
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, 2);
}
