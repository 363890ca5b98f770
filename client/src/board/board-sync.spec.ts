import { describe, expect, it } from '@jest/globals';
import type { Board, BoardEntry } from '@palmares/shared/board/board';
import type { BoardFrame } from '@palmares/shared/board/frame';
import { rank } from '@palmares/shared/board/rank';
import { applyAll, BoardSync } from './board-sync';

const challengeId = '0b4c0b52-7c0e-4f0e-9a53-2f1d6a7a0001';
const asOf = '2026-10-10T10:00:00Z';

const entry = (id: string, score: string): BoardEntry => ({
  subject: { type: 'member', id, label: id },
  score,
  reachedAt: null,
  reason: null,
});
const boardAt = (version: number, ...entries: BoardEntry[]): Board => ({
  challengeId,
  version,
  status: 'live',
  asOf,
  total: entries.length,
  rows: rank(entries),
});
const frame = (version: number, ...rows: BoardEntry[]): BoardFrame => ({
  challengeId,
  version,
  baseVersion: version - 1,
  asOf,
  rows,
  removed: [],
});
const scores = (board: Board | undefined) =>
  board?.rows.map(({ subject, score, rank: place }) => `${place} ${subject.id} ${score}`);

function served(...boards: Board[]) {
  const shown: Board[] = [];
  const failures: unknown[] = [];
  let fetches = 0;
  let seen = (_board: Board) => {};
  const sync = new BoardSync({
    fetch: async () => {
      const board = boards[Math.min(fetches, boards.length - 1)];
      fetches += 1;
      if (!board) throw new Error('away');
      return board;
    },
    show(board) {
      shown.push(board);
      seen(board);
    },
    fail: (error) => void failures.push(error),
    breathMs: 0,
  });
  const reached = (version: number) =>
    new Promise<void>((resolve) => {
      seen = (board) => board.version >= version && resolve();
    });
  return { sync, shown, failures, reached, fetches: () => fetches };
}

describe('several frames', () => {
  it('apply in their order, and the old ones change nothing', () => {
    const start = boardAt(5, entry('a', '1'), entry('b', '2'));
    const frames = [
      frame(4, entry('a', '9')),
      frame(6, entry('a', '3')),
      frame(7, entry('b', '4')),
    ];
    const { board, gap } = applyAll(start, frames);
    expect(gap).toBe(false);
    expect(board.version).toBe(7);
    expect(scores(board)).toEqual(['1 b 4', '2 a 3']);
  });

  it('stop at the first one that does not connect', () => {
    const { board, gap } = applyAll(boardAt(5), [frame(6, entry('a', '1')), frame(9)]);
    expect(gap).toBe(true);
    expect(board.version).toBe(6);
  });
});

describe('a board kept true', () => {
  it('keeps frames that overtake it', async () => {
    const { sync, shown, fetches } = served(boardAt(5, entry('a', '1')));
    const fetched = sync.refresh();
    sync.receive(frame(6, entry('a', '7')));
    await fetched;
    expect(fetches()).toBe(1);
    expect(scores(shown.at(-1))).toEqual(['1 a 7']);
    expect(shown.at(-1)?.version).toBe(6);
  });

  it('is fetched again when it was read before the frames began', async () => {
    const { sync, shown, fetches } = served(boardAt(5), boardAt(6, entry('a', '6')));
    const fetched = sync.refresh();
    sync.expect(6);
    await fetched;
    expect(fetches()).toBe(2);
    expect(scores(shown.at(-1))).toEqual(['1 a 6']);
    sync.expect(6);
    expect(fetches()).toBe(2);
  });

  it('is fetched again after a gap, until it is no longer behind', async () => {
    const { sync, shown, fetches, reached } = served(
      boardAt(5),
      boardAt(6),
      boardAt(8, entry('a', '8')),
    );
    await sync.refresh();
    sync.receive(frame(9, entry('a', '9')));
    await reached(9);
    expect(fetches()).toBe(3);
    expect(scores(shown.at(-1))).toEqual(['1 a 9']);
  });

  it('says when it cannot be fetched, and leaves the asking to others', async () => {
    const { sync, failures, fetches } = served();
    await sync.refresh();
    sync.receive(frame(9));
    expect(failures).toHaveLength(1);
    expect(fetches()).toBe(1);
  });
});
