import type { ScoreRow } from './score.store.js';

const written = new WeakMap<object, ScoreRow[]>();

/** Remembers what a turn has written, for those who hear of it in this process. */
export function noteScores(turn: object, rows: readonly ScoreRow[]): void {
  const known = written.get(turn);
  if (known) known.push(...rows);
  else written.set(turn, [...rows]);
}

/** The scores that a turn has written, in their order. */
export const scoresOf = (turn: object): readonly ScoreRow[] => written.get(turn) ?? [];
