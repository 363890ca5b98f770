import type { AwardView } from './close.api';

/** What somebody has won, all lines of the payout together. */
export interface Winner {
  subjectId: string;
  label: string;
  rank: number | null;
  points: number;
  prizes: string[];
}

/** Winners, the first one first; what several lines give to one is put together. */
export function winnersOf(awards: readonly AwardView[]): Winner[] {
  const known = new Map<string, Winner>();
  for (const { subjectId, label, rank, points, prize } of awards) {
    const before = known.get(subjectId) ?? { subjectId, label, rank, points: 0, prizes: [] };
    const prizes = prize === null ? before.prizes : [...before.prizes, prize];
    known.set(subjectId, { ...before, points: before.points + points, prizes });
  }
  return [...known.values()].toSorted(
    (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || b.points - a.points,
  );
}

interface Placed {
  rank: number | null;
  subject: { id: string; label: string | null };
}

/** The steps of a podium, equals on the same one; a step that nobody stands on is not there. */
export function stepsOf<Row extends Placed>(rows: readonly Row[]): { rank: number; rows: Row[] }[] {
  return [1, 2, 3].flatMap((rank) => {
    const own = rows.filter((row) => row.rank === rank);
    return own.length > 0 ? [{ rank, rows: own }] : [];
  });
}
