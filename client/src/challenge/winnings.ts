import type { Board } from '@palmares/shared/board/board';
import { allAwards, type PayoutLine, type Standing } from '@palmares/shared/challenge/payout';
import { parseScaled } from '@palmares/shared/quantity/scaled';
import type { Winnings } from './prize';

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
