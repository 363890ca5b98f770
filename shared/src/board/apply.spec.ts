import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apply } from './apply.js';
import type { Board, BoardEntry } from './board.js';
import type { BoardFrame } from './frame.js';
import { rank } from './rank.js';

const challengeId = '01890000-0000-7000-8000-000000000001';
const asOf = '2026-03-01T10:00:00.000Z';
const entry = (id: string, score: number): BoardEntry => ({
  subject: { type: 'member', id, label: `Name ${id}` },
  score: String(score),
  reachedAt: '2026-03-01',
  reason: null,
});
const boardOf = (version: number, entries: readonly BoardEntry[]): Board => {
  const rows = rank(entries);
  return { challengeId, version, status: 'live', asOf, total: rows.length, rows };
};
const frameOf = (from: number, to: number, rows: BoardEntry[], removed: string[] = []) =>
  ({ challengeId, version: to, baseVersion: from, asOf, rows, removed }) satisfies BoardFrame;

describe('a board after a frame', () => {
  const board = boardOf(4, [entry('a', 3), entry('b', 2)]);

  it('has whole rows replaced, added and taken out, ranked again', () => {
    const frame = frameOf(4, 7, [entry('b', 5), entry('c', 1)], ['a']);
    expect(apply(board, frame)).toEqual({
      ok: true,
      board: boardOf(7, [entry('b', 5), entry('c', 1)]),
    });
  });

  it('takes the time of the frame', () => {
    const later = '2026-03-01T11:00:00.000Z';
    expect(apply(board, { ...frameOf(4, 5, []), asOf: later })).toMatchObject({
      board: { asOf: later, version: 5 },
    });
  });

  it('that starts later than the board ends is not known: there is a gap', () => {
    expect(apply(board, frameOf(5, 6, []))).toEqual({ ok: false, reason: 'gap' });
  });

  it('that overlaps what is known is right all the same', () => {
    const frame = frameOf(1, 6, [entry('a', 3), entry('b', 9)]);
    expect(apply(board, frame)).toEqual({
      ok: true,
      board: boardOf(6, [entry('a', 3), entry('b', 9)]),
    });
  });

  it.each([3, 4])('of version %i, which is not newer, is the same board', (version) => {
    expect(apply(board, frameOf(1, version, [entry('a', 99)]))).toEqual({ ok: true, board });
  });

  it('of another challenge is refused', () => {
    const other = { ...frameOf(4, 5, []), challengeId: challengeId.replace(/1$/, '2') };
    expect(apply(board, other)).toEqual({ ok: false, reason: 'other-challenge' });
  });

  it('leaves the board it was applied to as it was', () => {
    const before = structuredClone(board);
    apply(board, frameOf(4, 5, [entry('b', 9)], ['a']));
    expect(board).toEqual(before);
  });
});

/** One subject gets a score, or leaves. */
type Change = { id: string; score: number | null };

function play(entries: readonly BoardEntry[], changes: readonly Change[]): BoardEntry[] {
  const state = new Map(entries.map((one) => [one.subject.id, one]));
  for (const { id, score } of changes) {
    if (score === null) state.delete(id);
    else state.set(id, entry(id, score));
  }
  return [...state.values()];
}

/** The frame that says what some commits did: the last state of everyone they touched. */
function frameAfter(from: number, changes: readonly Change[]): BoardFrame {
  const last = [...new Map(changes.map((change) => [change.id, change])).values()];
  const rows = last.flatMap(({ id, score }) => (score === null ? [] : [entry(id, score)]));
  const removed = last.flatMap(({ id, score }) => (score === null ? [id] : []));
  return frameOf(from, from + changes.length, rows, removed);
}

describe('whatever changes, however they are split into frames', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const anyChange = fc.record({ id, score: fc.option(fc.integer({ min: -3, max: 3 })) });
  const anySplit = fc.array(fc.array(anyChange, { minLength: 1, maxLength: 6 }), { maxLength: 8 });

  it('the board is the ranking of the final state', () => {
    fc.assert(
      fc.property(anySplit, fc.nat({ max: 3 }), (frames, overlap) => {
        const start = [entry('a', 1), entry('b', 2)];
        const all = frames.flat();
        let board = boardOf(0, start);
        for (const changes of frames) {
          // A frame may reach back over what is known already.
          const from = Math.max(0, board.version - overlap);
          const applied = apply(
            board,
            frameAfter(from, all.slice(from, board.version + changes.length)),
          );
          if (!applied.ok) throw new Error(applied.reason);
          board = applied.board;
        }
        expect(board).toEqual(boardOf(all.length, play(start, all)));
      }),
    );
  });
});
