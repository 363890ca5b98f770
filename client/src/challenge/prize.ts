import type { Board } from '@palmares/shared/board/board';
import { allAwards, type PayoutLine, type Standing } from '@palmares/shared/challenge/payout';
import { parseScaled } from '@palmares/shared/quantity/scaled';

/** Points and gifts together. */
export interface Winnings {
  points: number;
  prizes: string[];
}

/** A payout as far as places matter; as it is read or as it was posted. */
type Line =
  | { kind: 'rank'; points: readonly number[] }
  | { kind: 'prize'; place: number; prize: string }
  | { kind: 'threshold' | 'per-score' };

/** What each place gives, from the first to the last that gives anything. */
export function placesOf(payout: readonly Line[]): (Winnings & { place: number })[] {
  const known = new Map<number, Winnings>();
  const at = (place: number): Winnings => {
    const found = known.get(place) ?? { points: 0, prizes: [] };
    known.set(place, found);
    return found;
  };
  for (const line of payout) {
    if (line.kind === 'prize') at(line.place).prizes.push(line.prize);
    if (line.kind === 'rank') line.points.forEach((one, index) => (at(index + 1).points += one));
  }
  return [...known]
    .map(([place, winnings]) => ({ place, ...winnings }))
    .toSorted((a, b) => a.place - b.place);
}

/**
 * What a board gives to somebody as it stands; undefined where it does not say who shares their
 * rank, and nothing of it where they win nothing. Only of boards of people: what a team wins is
 * shared by days.
 */
export function winningsOf(
  payout: readonly PayoutLine[],
  { rows, total }: Board,
  me: string | undefined,
): Winnings | undefined {
  const own = rows.find(({ subject }) => subject.id === me);
  if (!own || own.subject.type !== 'member') return undefined;
  if (rows.length < total && rows.at(-1)?.rank === own.rank) return undefined;
  const alike = rows.filter((row) => row === own || row.rank === own.rank);
  const standings = alike.map(({ subject, rank, score }): Standing => {
    return { subjectId: subject.id, rank, score: parseScaled(score) ?? 0 };
  });
  const mine = allAwards(payout, standings).filter(({ subjectId }) => subjectId === me);
  return {
    points: mine.reduce((sum, { points }) => sum + points, 0),
    prizes: mine.flatMap(({ prize }) => prize ?? []),
  };
}
