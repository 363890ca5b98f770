import { describe, expect, it } from '@jest/globals';
import { rank } from '@palmares/shared/board/rank';
import type { Board } from '@palmares/shared/board/board';
import { climbsOf, latestMoves, movesBetween } from './moves';
import { focusOf, leadersOf, linesOf, openingOf, scoreWidth, startOf } from './standing';

function boardOf(scores: Record<string, string>, unranked: string[] = []): Board {
  const entries = Object.entries(scores).map(([id, score]) => ({
    subject: { type: 'member' as const, id, label: id.toUpperCase() },
    score,
    reachedAt: null,
    reason: unranked.includes(id) ? 'no-activity' : null,
  }));
  return {
    challengeId: '0b4c0b52-7c0e-4f0e-9a53-2f1d6a7a0001',
    version: 1,
    status: 'live',
    asOf: '2026-10-10T10:00:00Z',
    total: entries.length,
    rows: rank(entries),
  };
}

describe('a line of the board', () => {
  it('is measured against the leader', () => {
    const board = boardOf({ a: '200', b: '50.5', c: '-3' });
    const lines = linesOf(board, openingOf(board));
    expect(lines.map(({ share }) => share)).toEqual([1, 0.253, 0]);
    expect(lines.map(({ winning }) => winning)).toEqual([true, false, false]);
  });

  it('nobody wins before somebody scores', () => {
    const board = boardOf({ a: '0', b: '0', c: '-1' });
    expect(leadersOf(board)).toEqual([]);
    const lines = linesOf(board, openingOf(board));
    expect(lines.some(({ winning }) => winning)).toBe(false);
    expect(lines.map(({ share }) => share)).toEqual([0, 0, 0]);
  });

  it('has no rank before somebody scores, and is not new after', () => {
    const start = boardOf({ a: '0', b: '0' });
    const opening = openingOf(start);
    expect(linesOf(start, opening).map(({ rank: place, tied }) => [place, tied])).toEqual([
      [null, false],
      [null, false],
    ]);
    const lines = linesOf(boardOf({ a: '0', b: '5' }), opening);
    expect(lines.map((line) => [line.id, line.rank, line.climbed, line.isNew])).toEqual([
      ['b', 1, 0, false],
      ['a', 2, 0, false],
    ]);
  });

  it('says ties, climbs and newcomers', () => {
    const opening = openingOf(boardOf({ a: '3', b: '2', c: '1', d: '0' }, ['d']));
    const lines = linesOf(boardOf({ a: '3', b: '2', c: '3', d: '9' }), opening);
    expect(lines.map((line) => [line.id, line.rank, line.tied, line.climbed, line.isNew])).toEqual([
      ['d', 1, false, 0, true],
      ['a', 2, true, -1, false],
      ['c', 2, true, 1, false],
      ['b', 4, false, -2, false],
    ]);
  });

  it('knows how wide the scores are', () => {
    const board = boardOf({ a: '1234567', b: '-357.666', c: '12.50' });
    expect(scoreWidth(linesOf(board, openingOf(board)))).toEqual({ wholes: 8, decimals: 1 });
  });
});

describe('moves between two boards', () => {
  const before = boardOf({ a: '10', b: '8', c: '6', d: '1' });
  const after = boardOf({ a: '10', b: '8.5', c: '11.25', d: '0.5', e: '2' });

  it('are the scores that changed, best rank first', () => {
    expect(
      movesBetween(before, after).map(({ id, gain, rank: place, before: from }) => [
        id,
        gain,
        from,
        place,
      ]),
    ).toEqual([
      ['c', '5.25', 3, 1],
      ['b', '0.5', 2, 3],
      ['e', '2', null, 4],
      ['d', '-0.5', 4, 5],
    ]);
  });

  it('are none when nothing changed', () => {
    expect(movesBetween(before, before)).toEqual([]);
  });

  it('of the first score begin from no rank', () => {
    const [first] = movesBetween(boardOf({ a: '0', b: '0' }), boardOf({ a: '3', b: '0' }));
    expect(first).toMatchObject({ id: 'a', rank: 1, before: null });
  });

  it('are said aloud for those who climbed', () => {
    expect(climbsOf(movesBetween(before, after)).map(({ id }) => id)).toEqual(['c', 'e']);
  });

  it('keep only the newest', () => {
    const some = movesBetween(before, after);
    const latest = latestMoves(some, some, 6);
    expect(latest.map(({ id }) => id)).toEqual(['c', 'b', 'e', 'd', 'c', 'b']);
  });
});

describe('a long board in brief', () => {
  const scores = Object.fromEntries(
    Array.from({ length: 20 }, (_none, index) => [
      String.fromCharCode(97 + index),
      String(1000 - 10 * index),
    ]),
  );
  const focus = (me: string) => {
    const found = focusOf(linesOf(boardOf(scores), new Map(), me));
    return found && [found.top, found.near].map((lines) => lines.map(({ id }) => id).join(''));
  };

  it('is the best five, and me between my neighbours', () => {
    expect(focus('m')).toEqual(['abcde', 'klmno']);
    expect(focus('t')).toEqual(['abcde', 'rst']);
  });

  it('goes on without a gap where I am among the first', () => {
    expect(focus('a')).toEqual(['abcde', 'fg']);
    expect(focus('f')).toEqual(['abcde', 'fgh']);
    expect(focusOf(linesOf(boardOf(scores), new Map(), 'f'))?.apart).toBe(false);
  });

  it('is none for whoever is not on it', () => {
    expect(focus('zz')).toBeUndefined();
  });

  it('is me and some of the others before anybody has scored, and all of a few', () => {
    const start = startOf(linesOf(boardOf(scores), new Map(), 'm'));
    expect(start?.top.map(({ id }) => id).join('')).toBe('mabcdefg');
    expect(startOf(linesOf(boardOf({ a: '0', b: '0' }), new Map(), 'b'))).toBeUndefined();
  });
});
