import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { visibilities, type Visibility } from '../challenge/visibility.js';
import { apply } from './apply.js';
import type { Board, BoardEntry } from './board.js';
import { Gathering, WHOLE, WINDOW } from './gathering.js';
import { rank } from './rank.js';
import { Ranking } from './ranking.js';
import { namesFor, seenLines, view, type Viewer } from './view.js';

const challengeId = '01890000-0000-7000-8000-000000000001';
const asOf = '2026-03-01T10:00:00.000Z';
const idOf = (at: number) => `p${at}`;
const entry = (at: number, score: number, reason: string | null = null): BoardEntry => ({
  subject: { type: 'member', id: idOf(at), label: `Name of ${idOf(at)}` },
  score: String(score),
  reachedAt: null,
  reason,
});
const veil = (id: string) => `veiled-${Number(id.slice(1)) * 7 + 3}`;

/** Somebody gets a score, loses the rank, or goes. */
type Move = { at: number; score: number | null; ranked: boolean };

function move(ranking: Ranking, { at, score, ranked }: Move): void {
  if (score === null) ranking.remove(idOf(at));
  else ranking.put(entry(at, score, ranked ? null : 'no-target'));
}

const anyMove = (most: number) =>
  fc.record({
    at: fc.nat({ max: most }),
    score: fc.option(fc.integer({ min: -4, max: 4 }), { freq: 6 }),
    ranked: fc.boolean(),
  });

describe('a ranking that is kept', () => {
  it('is the ranking of all', () => {
    const ties = fc.constantFrom('earliest' as const, 'shared' as const);
    fc.assert(
      fc.property(fc.array(anyMove(20), { maxLength: 60 }), ties, (moves, tie) => {
        const ranking = new Ranking([entry(0, 1), entry(1, 1)], tie);
        for (const one of moves) move(ranking, one);
        const all = rank(ranking.entries(), tie);
        expect(ranking.rows(0, ranking.size)).toEqual(all);
        expect(ranking.rows(3, 9)).toEqual(all.slice(3, 9));
        all.forEach(({ subject }, at) => expect(ranking.indexOf(subject.id)).toBe(at));
        expect(ranking.indexOf('nobody')).toBe(-1);
      }),
    );
  });
});

const anyViewer = fc.record({
  all: fc.constant(false),
  inside: fc.boolean(),
  own: fc.array(fc.nat({ max: 24 }).map(idOf), { maxLength: 1 }),
  also: fc.array(fc.nat({ max: 24 }).map(idOf), { maxLength: 3 }).map((ids) => new Set(ids)),
});

function boardOf(ranking: Ranking, who: Viewer, policy: Visibility, version: number): Board {
  const rows = view({ rows: ranking.rows(0, ranking.size) }, who, policy, veil);
  return { challengeId, version, status: 'live', asOf, total: rows.length, rows };
}

describe('whoever looks, by whatever policy', () => {
  it('has by frames what they would read, and is told nothing hidden', () => {
    const rounds = fc.array(
      fc.record({
        moves: fc.array(anyMove(24), { maxLength: 5 }),
        /** The board is read again in the middle of what the next frame tells. */
        reads: fc.boolean(),
      }),
      { maxLength: 8 },
    );
    const start = fc.array(anyMove(24), { maxLength: 25 });
    fc.assert(
      fc.property(start, rounds, anyViewer, fc.constantFrom(...visibilities), (...given) => {
        const [begin, told, who, policy] = given;
        const ranking = new Ranking([], 'earliest');
        for (const one of begin) move(ranking, one);
        const gathering = new Gathering(ranking, { viewer: who, policy, veil }, 0);
        let version = 0;
        let board = boardOf(ranking, who, policy, version);
        for (const { moves, reads } of told) {
          for (const [nth, one] of moves.entries()) {
            move(ranking, one);
            gathering.step([idOf(one.at)]);
            version += 1;
            if (reads && nth === 0) board = boardOf(ranking, who, policy, version);
          }
          const change = gathering.take(version, asOf);
          if (!change) continue;
          const applied = apply(board, { challengeId, ...change });
          if (!applied.ok) throw new Error(applied.reason);
          board = applied.board;
          const now = boardOf(ranking, who, policy, version);
          expect(board.rows).toEqual(now.rows);
          for (const { subject } of ranking.rows(0, ranking.size)) {
            const shown = now.rows.some(({ subject: { id } }) => id === subject.id);
            if (!shown) expect(JSON.stringify(change.rows)).not.toContain(`"${subject.id}"`);
          }
        }
        expect(board.rows).toEqual(boardOf(ranking, who, policy, version).rows);
      }),
      { numRuns: 400 },
    );
  });

  it('is told of the best of a large board only', () => {
    const many = Array.from({ length: WHOLE + 20 }, (_, at) => entry(at, 1000 - at));
    const moves = fc.array(
      fc.record({ at: fc.nat({ max: WHOLE + 10 }), score: fc.integer({ min: 900, max: 1100 }) }),
      { maxLength: 12 },
    );
    const who = { all: false, inside: true, own: ['p30'], also: new Set<string>() };
    fc.assert(
      fc.property(moves, fc.constantFrom(...visibilities), (given, policy) => {
        const ranking = new Ranking(many, 'earliest');
        const gathering = new Gathering(ranking, { viewer: who, policy, veil }, 0);
        const read = boardOf(ranking, who, policy, 0);
        const board = { ...read, rows: read.rows.slice(0, WINDOW) };
        for (const { at, score } of given) {
          move(ranking, { at, score, ranked: true });
          gathering.step([idOf(at)]);
        }
        const change = gathering.take(1, asOf);
        const names = namesFor(ranking, who, policy);
        const best = seenLines(ranking.rows(0, WINDOW), names, veil);
        if (!change) return expect(best).toEqual(board.rows);
        expect(change.rows.length).toBeLessThanOrEqual(WINDOW);
        expect(apply(board, { challengeId, ...change })).toMatchObject({
          ok: true,
          board: { rows: best, total: many.length },
        });
      }),
      { numRuns: 60 },
    );
  });

  it('reads the board again when it has grown too large to be told whole', () => {
    const ranking = new Ranking(
      Array.from({ length: WHOLE }, (_, at) => entry(at, at)),
      'earliest',
    );
    const who = { all: true, inside: true, own: [], also: new Set<string>() };
    const gathering = new Gathering(ranking, { viewer: who, policy: 'audience', veil }, 0);
    move(ranking, { at: WHOLE, score: 9, ranked: true });
    gathering.step([idOf(WHOLE)]);
    expect(gathering.take(4, asOf)).toMatchObject({ version: 4, baseVersion: 4, rows: [] });
    expect(gathering.take(5, asOf)).toBeUndefined();
  });
});
