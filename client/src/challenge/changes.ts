import type { Board } from '@palmares/shared/board/board';

interface Standing {
  rank: number | null;
  score: string;
}

/** Whoever has another score than before. */
export interface Change {
  id: string;
  name: string | null;
  before: Standing;
  after: Standing;
}

/** Whose score differs between two boards, by their present place. */
export function changesBetween(before: Pick<Board, 'rows'>, after: Pick<Board, 'rows'>): Change[] {
  const known = new Map(before.rows.map((row) => [row.subject.id, row]));
  return after.rows.flatMap(({ subject, rank, score }) => {
    const old = known.get(subject.id);
    if (!old || old.score === score) return [];
    const then = { rank: old.rank, score: old.score };
    return [{ id: subject.id, name: subject.label, before: then, after: { rank, score } }];
  });
}
