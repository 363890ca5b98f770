import type { ScoreReason } from '@palmares/shared/challenge/reason';

/** A score as a turn has written it. */
export interface WrittenScore {
  challengeId: string;
  subjectId: string;
  score: number;
  exact: string | null;
  reason: ScoreReason | null;
  reachedAt: string | null;
}

const written = new WeakMap<object, WrittenScore[]>();

/** Remembers what a turn has written, for those who hear of it in this process. */
export function noteScores(turn: object, rows: readonly WrittenScore[]): void {
  const known = written.get(turn);
  if (known) known.push(...rows);
  else written.set(turn, [...rows]);
}

/** The scores that a turn has written, in their order. */
export const scoresOf = (turn: object): readonly WrittenScore[] => written.get(turn) ?? [];
