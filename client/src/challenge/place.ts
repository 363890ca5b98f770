import type { Board, BoardRow } from '@palmares/shared/board/board';
import type { ChallengeDefinition } from '@palmares/shared/challenge/challenge';
import { compileChallenge } from '@palmares/shared/challenge/compile';
import { scoreToPass, wayTo, type Way } from '@palmares/shared/challenge/gap';
import { formatScaled, parseScaled } from '@palmares/shared/quantity/scaled';

/** Somebody next to me, and what lies between us. */
export interface Neighbour {
  name: string | null;
  rank: number;
  /** of score, a decimal string */
  gap: string;
  /** what would close it by itself, where that can be promised */
  way: Way | undefined;
}

export interface Place {
  rank: number | null;
  score: string;
  total: number;
  /** The next better rank. */
  above: Neighbour | undefined;
  /** Who would pass me first. */
  below: Neighbour | undefined;
}

const scaled = (decimal: string) => parseScaled(decimal) ?? 0;

/** Where a subject stands, and how far from those next to them; undefined who is not there. */
export function placeOf(
  { rows, total, ties = 'earliest' }: Pick<Board, 'rows' | 'total' | 'ties'>,
  me: string | undefined,
  definition: ChallengeDefinition,
): Place | undefined {
  const at = rows.findIndex(({ subject }) => subject.id === me);
  const own = rows[at];
  if (!own) return undefined;
  const { rank, score } = own;
  if (rank === null || rows.every((row) => scaled(row.score) === 0)) {
    return { rank: null, score, total, above: undefined, below: undefined };
  }
  const compiled = compileChallenge(definition);
  const neighbour = (row: BoardRow | undefined, behind: boolean): Neighbour | undefined => {
    if (!row || row.rank === null) return undefined;
    const [from, to] = behind ? [row, own] : [own, row];
    const needed = scoreToPass(scaled(from.score), scaled(to.score), ties);
    const gap = formatScaled(Math.abs(scaled(to.score) - scaled(from.score)));
    return { name: row.subject.label, rank: row.rank, gap, way: wayTo(compiled, needed) };
  };
  const above = rows.findLast((row) => row.rank !== null && row.rank < rank);
  const below = rows.find((row) => row.rank !== null && row.rank > rank);
  return { rank, score, total, above: neighbour(above, false), below: neighbour(below, true) };
}
