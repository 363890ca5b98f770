import { alikeIn } from '@palmares/shared/board/alike';
import type { BoardRow } from '@palmares/shared/board/board';
import type { PayoutLine, Standing } from '@palmares/shared/challenge/payout';
import { parseScaled } from '@palmares/shared/quantity/scaled';
import type { LiveBoard } from './live-board.js';

/** Where somebody stands, or the teams they have been in. */
export interface OwnStandings {
  /** The best of them. */
  own: Standing;
  /** All that have to be known to say what they bring: equals too, where these share. */
  standings: Standing[];
}

/** Undefined for whoever takes no part. It costs as much as there are equals. */
export function ownStandings(board: LiveBoard, memberId: string): OwnStandings | undefined {
  const { found, ranking } = board;
  const { lineup, definition } = found.challenge;
  const subjectIds = lineup
    ? lineup.allTeamsOf(memberId).filter((id) => lineup.daysIn(id).has(memberId))
    : [memberId];
  const present = subjectIds
    .filter((id) => ranking.get(id))
    .toSorted((a, b) => ranking.indexOf(a) - ranking.indexOf(b));
  const standings = new Map<string, Standing>();
  for (const id of present) {
    const alike = alikeIn(ranking, id);
    const rows = shares(definition.payout, alike[0]) ? alike : [alike.find(isOf(id))];
    for (const row of rows) if (row) standings.set(row.subject.id, standingOf(row));
  }
  const [first] = present;
  const own = first === undefined ? undefined : standings.get(first);
  return own && { own, standings: [...standings.values()] };
}

const isOf = (id: string) => (row: BoardRow) => row.subject.id === id;

const standingOf = ({ subject, rank, score }: BoardRow): Standing => {
  return { subjectId: subject.id, rank, score: parseScaled(score) ?? 0 };
};

/** True where equals share what their places bring: only there it matters how many they are. */
const shares = (payout: readonly PayoutLine[], row: BoardRow | undefined): boolean =>
  payout.some((line) => line.kind === 'rank' && (row?.rank ?? Infinity) <= line.points.length);
