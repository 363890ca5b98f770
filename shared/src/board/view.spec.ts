import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { visibilities } from '../challenge/visibility.js';
import type { BoardEntry } from './board.js';
import { rank } from './rank.js';
import { NEIGHBOURS, TOP, view, type Viewer } from './view.js';

const entry = (id: string, score: number, type: 'member' | 'team' = 'member'): BoardEntry => ({
  subject: { type, id, label: `Name of ${id}` },
  score: String(score),
  reachedAt: null,
  reason: null,
});
const veil = (id: string) => `veiled-${Number(id.slice(1)) * 7 + 3}`;
const nobody: Viewer = { all: false, inside: false, own: [], also: new Set() };
const inside: Viewer = { ...nobody, inside: true };
const rep = (id: string): Viewer => ({ ...inside, own: [id] });
/** Thirty people, `p0` the best. */
const thirty = rank(Array.from({ length: 30 }, (_, at) => entry(`p${at}`, 100 - at)));
const named = (rows: readonly BoardEntry[]) =>
  rows.flatMap(({ subject }) => (subject.label === null ? [] : [subject.id]));
const people = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, at) => `p${from + at}`);

describe('a board by its policy', () => {
  it('names everybody to the audience, and nobody to others', () => {
    expect(view({ rows: thirty }, inside, 'audience', veil)).toEqual(thirty);
    expect(named(view({ rows: thirty }, nobody, 'audience', veil))).toEqual([]);
  });

  it('names the best and one’s neighbours', () => {
    const seen = view({ rows: thirty }, rep('p20'), 'top-and-neighbours', veil);
    expect(named(seen)).toEqual([...people(0, TOP), ...people(17, 24)]);
    expect(named(view({ rows: thirty }, inside, 'top-and-neighbours', veil))).toEqual(
      people(0, TOP),
    );
    expect(named(view({ rows: thirty }, rep('p29'), 'top-and-neighbours', veil))).toEqual([
      ...people(0, TOP),
      ...people(29 - NEIGHBOURS, 30),
    ]);
  });

  it('names no neighbours of somebody without a rank', () => {
    const rows = rank([...thirty, { ...entry('x', 0), reason: 'no-target' }]);
    expect(named(view({ rows }, rep('x'), 'top-and-neighbours', veil))).toEqual([
      ...people(0, TOP),
      'x',
    ]);
  });

  it('names oneself only', () => {
    expect(named(view({ rows: thirty }, rep('p4'), 'own-only', veil))).toEqual(['p4']);
    expect(named(view({ rows: thirty }, rep('p4'), 'teams-only', veil))).toEqual(['p4']);
    expect(named(view({ rows: thirty }, inside, 'own-only', veil))).toEqual([]);
  });

  it('names teams where only these are named', () => {
    const rows = rank([entry('t1', 2, 'team'), entry('t2', 1, 'team')]);
    expect(named(view({ rows }, inside, 'teams-only', veil))).toEqual(['t1', 't2']);
    expect(named(view({ rows }, rep('t2'), 'own-only', veil))).toEqual(['t2']);
  });

  it('names those whom somebody answers for, and everybody to a key', () => {
    const boss = { ...nobody, also: new Set(['p7', 'p21']) };
    expect(named(view({ rows: thirty }, boss, 'own-only', veil))).toEqual(['p7', 'p21']);
    expect(view({ rows: thirty }, { ...nobody, all: true }, 'own-only', veil)).toEqual(thirty);
  });

  it('orders equals without telling what they are called', () => {
    const rows = rank([entry('a', 1), entry('b', 1), entry('c', 1)]);
    const seen = view({ rows }, rep('c'), 'own-only', (id) => (id === 'a' ? 'v2' : 'v1'));
    expect(seen.map(({ subject }) => subject.id)).toEqual(['c', 'v1', 'v2']);
  });
});

describe('whoever looks, by whatever policy', () => {
  const anyBoard = fc
    .array(fc.record({ score: fc.integer({ min: -3, max: 3 }), reason: fc.boolean() }), {
      maxLength: 40,
    })
    .map((lines) =>
      rank(
        lines.map(({ score, reason }, at) => ({
          ...entry(`p${at}`, score),
          reason: reason ? 'no-target' : null,
        })),
      ),
    );
  const anyId = fc.nat({ max: 45 }).map((at) => `p${at}`);
  const anyViewer = fc.record({
    all: fc.boolean(),
    inside: fc.boolean(),
    own: fc.array(anyId, { maxLength: 2 }),
    also: fc.array(anyId, { maxLength: 5 }).map((ids) => new Set(ids)),
  });

  it('sees every score and rank, in the order of the board, and is told of hidden ones nothing', () => {
    fc.assert(
      fc.property(anyBoard, anyViewer, fc.constantFrom(...visibilities), (rows, who, policy) => {
        const seen = view({ rows }, who, policy, veil);
        expect(seen.map((row) => [row.rank, row.score, row.reason])).toEqual(
          rows.map((row) => [row.rank, row.score, row.reason]),
        );
        const known = new Set(named(seen));
        const said = JSON.stringify(seen);
        for (const { subject } of rows.filter((row) => !known.has(row.subject.id))) {
          expect(said).not.toContain(`"${subject.id}"`);
          expect(said).not.toContain(`"${subject.label}"`);
          expect(said).toContain(`"${veil(subject.id)}"`);
        }
        for (const id of [...who.own, ...who.also]) {
          expect(known.has(id)).toBe(rows.some(({ subject }) => subject.id === id));
        }
      }),
    );
  });

  it('sees the same board when it is ranked again', () => {
    fc.assert(
      fc.property(anyBoard, anyViewer, fc.constantFrom(...visibilities), (rows, who, policy) => {
        const seen = view({ rows }, who, policy, veil);
        expect(rank(seen)).toEqual(seen);
      }),
    );
  });
});
