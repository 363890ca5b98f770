import type { Board, BoardRow } from '@palmares/shared/board/board';
import { parseScaled } from '@palmares/shared/quantity/scaled';
import { decimalsOf } from '../format/number';
import { shownScores } from '../format/score';

/** A row with what the eye needs beside it. */
export interface Line {
  id: string;
  /** null for whoever may not be seen */
  name: string | null;
  me: boolean;
  score: string;
  /** to one decimal, or as many as tell it from the next */
  shown: string;
  rank: number | null;
  tied: boolean;
  /** leads, with something to show for it */
  winning: boolean;
  /** of the leader's score, 0 to 1 */
  share: number;
  /** places won (or lost, below zero) since the page was opened */
  climbed: number;
  /** was not ranked when the page was opened */
  isNew: boolean;
}

/** The subject who is looking, where the board knows. */
export const meOf = (board: Board): string | undefined => board.view?.me ?? undefined;

/** Rank by subject, as it was when the page was opened; empty when nobody had scored. */
export type Opening = ReadonlyMap<string, number | null>;

const scaled = (decimal: string) => parseScaled(decimal) ?? 0;

/** A large board as its frames speak of it: the best of it. */
export function bestOf(board: Board): Board {
  const window = board.view?.window ?? undefined;
  if (window === undefined || board.rows.length <= window) return board;
  return { ...board, rows: board.rows.slice(0, window) };
}

/** Before the first score everybody shares the first rank, which is no ranking to show. */
export const hasBegun = (board: Board): boolean =>
  board.rows.some(({ score }) => scaled(score) !== 0);

export const openingOf = (board: Board): Opening =>
  new Map(hasBegun(board) ? board.rows.map((row) => [row.subject.id, row.rank]) : []);

/** Those in front, as soon as somebody has scored at all. */
export const leadersOf = (board: Board): BoardRow[] =>
  board.rows.filter((row) => row.rank === 1 && scaled(row.score) > 0);

const rankCounts = (board: Board) => {
  const counts = new Map<number, number>();
  for (const { rank } of board.rows)
    if (rank !== null) counts.set(rank, (counts.get(rank) ?? 0) + 1);
  return counts;
};

/** Every row of a board, measured against its leader and against the opening of the page. */
export function linesOf(board: Board, opening: Opening, me?: string): Line[] {
  const best = Math.max(0, scaled(board.rows[0]?.score ?? '0'));
  const counts = rankCounts(board);
  const begun = hasBegun(board);
  const windowed = typeof board.view?.window === 'number';
  const shown = shownScores(board.rows);
  return board.rows.map(({ subject, score, rank: place }, index) => {
    const rank = begun ? place : null;
    const before = opening.get(subject.id) ?? null;
    const share = best > 0 && rank !== null ? Math.max(0, scaled(score)) / best : 0;
    return {
      id: subject.id,
      name: subject.label,
      me: subject.id === me,
      score,
      shown: shown[index] ?? score,
      rank,
      tied: rank !== null && (counts.get(rank) ?? 0) > 1,
      winning: rank === 1 && scaled(score) > 0,
      share: Math.round(share * 1000) / 1000,
      climbed: rank === null || before === null ? 0 : before - rank,
      // Whoever was not among the best may have been ranked all the same.
      isNew: rank !== null && before === null && opening.size > 0 && !windowed,
    };
  });
}

/** How wide the scores of a board are: the longest whole part and the most decimals. */
export function scoreWidth(lines: readonly Line[]): { wholes: number; decimals: number } {
  let wholes = 1;
  let decimals = 0;
  for (const { shown } of lines) {
    wholes = Math.max(wholes, (shown.split('.')[0] ?? '').length);
    decimals = Math.max(decimals, decimalsOf(shown));
  }
  return { wholes: wholes + Math.floor((wholes - 1) / 3) * 0.5, decimals };
}

/** What a long board begins with: the best, and whoever is looking among their neighbours. */
export interface Focus {
  top: Line[];
  near: Line[];
  /** rows left out between the two */
  apart: boolean;
}

const TOP = 5;
const NEAR = 2;
const START = 8;
/** Below this there is room for the next ones too. */
const FEW = 7;

/** Before anybody has scored: me first, then some of the others. */
export function startOf(lines: readonly Line[]): Focus | undefined {
  if (lines.length <= START) return undefined;
  const ordered = [...lines.filter(({ me }) => me), ...lines.filter(({ me }) => !me)];
  return { top: ordered.slice(0, START), near: [], apart: false };
}

/** The best few and those around me; undefined where I am nowhere. */
export function focusOf(lines: readonly Line[]): Focus | undefined {
  const mine = lines.findIndex(({ me }) => me);
  if (mine < 0) return undefined;
  const from = Math.max(TOP, mine - NEAR);
  return {
    top: lines.slice(0, TOP),
    near: lines.slice(from, Math.max(FEW, mine + NEAR + 1)),
    apart: from > TOP,
  };
}
