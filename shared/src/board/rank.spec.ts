import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseScaled } from '../quantity/scaled.js';
import type { BoardEntry } from './board.js';
import { rank } from './rank.js';

const entry = (
  id: string,
  score: string,
  reachedAt: string | null = '2026-03-01',
  reason: string | null = null,
): BoardEntry => ({
  subject: { type: 'member', id, label: `Name ${id}` },
  score,
  reachedAt,
  reason,
});

const places = (entries: readonly BoardEntry[]) =>
  rank(entries).map((row) => [row.subject.id, row.rank]);

describe('a ranking', () => {
  it('puts the higher score first, as a number and not as a text', () => {
    expect(places([entry('a', '9'), entry('b', '10'), entry('c', '-10')])).toEqual([
      ['b', 1],
      ['a', 2],
      ['c', 3],
    ]);
  });

  it('shares a rank and leaves the next ones out: 1, 1, 3', () => {
    expect(places([entry('c', '5'), entry('b', '7'), entry('a', '7')])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ]);
  });

  it('puts whoever reached the same score earlier first, and never reached last', () => {
    const rows = [entry('a', '7', null), entry('b', '7', '2026-03-02'), entry('c', '7')];
    expect(places(rows)).toEqual([
      ['c', 1],
      ['b', 2],
      ['a', 3],
    ]);
  });

  it('shares the rank whenever it was reached, where ties are shared', () => {
    const rows = [entry('a', '7', null), entry('b', '7', '2026-03-02'), entry('c', '7')];
    const ranks = rank(rows, 'shared').map((row) => [row.subject.id, row.rank]);
    expect(ranks).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 1],
    ]);
  });

  it('shares the rank of equal fractions, and parts what only rounding makes equal', () => {
    const rows = [
      { ...entry('a', '11.6667'), exact: '35/3' },
      { ...entry('b', '11.6667'), exact: '35/3' },
      { ...entry('c', '11.6667'), exact: '175001/15000' },
      entry('old', '11.6667'),
      { ...entry('d', '11.6668'), exact: '700007/60000' },
    ];
    expect(places(rows)).toEqual([
      ['d', 1],
      ['c', 2],
      ['old', 3],
      ['a', 4],
      ['b', 4],
    ]);
  });

  it('lists last, without a rank, whoever has a reason', () => {
    const rows = [entry('a', '99', null, 'no-target'), entry('b', '1'), entry('c', '1')];
    expect(places(rows)).toEqual([
      ['b', 1],
      ['c', 1],
      ['a', null],
    ]);
  });

  it('does not change what it was given', () => {
    const given = Object.freeze([entry('a', '1'), entry('b', '2')]);
    rank(given);
    expect(given.map(({ subject }) => subject.id)).toEqual(['a', 'b']);
  });
});

const anyEntries = fc
  .array(
    fc.record({
      shown: fc.constantFrom(
        { score: '-1' },
        { score: '0' },
        { score: '0.5' },
        { score: '0.3333' },
        { score: '0.3333', exact: '1/3' },
        { score: '0.3333', exact: '33333/100000' },
        { score: '-0.3333', exact: '-1/3' },
        { score: '357.666' },
      ),
      reachedAt: fc.constantFrom(null, '2026-03-01', '2026-03-02'),
      reason: fc.constantFrom(null, null, null, 'no-target'),
      label: fc.constantFrom('Zoé', 'Ali', 'Léa'),
    }),
    { maxLength: 40 },
  )
  .map((list) =>
    list.map(({ label, shown, ...rest }, index): BoardEntry => {
      return { subject: { type: 'member', id: `${index}`, label }, ...shown, ...rest };
    }),
  );

/** Few enough digits for a double. */
function plain({ score, exact }: BoardEntry): number {
  const [n, d] = (exact ?? `${parseScaled(score) ?? 0}/10000`).split('/').map(Number);
  return (n ?? 0) / (d ?? 1);
}

describe('whatever the entries', () => {
  it('their order does not matter', () => {
    const shuffled = anyEntries.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffled, ([all, other]) => {
        expect(rank(other)).toEqual(rank(all));
      }),
    );
  });

  it('a rank is one more than the number of those who are strictly better', () => {
    const better = (a: BoardEntry, b: BoardEntry) => {
      const difference = plain(a) - plain(b);
      if (difference !== 0) return difference > 0;
      return a.reachedAt !== null && (b.reachedAt === null || a.reachedAt < b.reachedAt);
    };
    fc.assert(
      fc.property(anyEntries, (all) => {
        const ranked = all.filter(({ reason }) => reason === null);
        for (const row of rank(all)) {
          const above = ranked.filter((other) => better(other, row)).length;
          expect(row.rank).toBe(row.reason === null ? above + 1 : null);
        }
      }),
    );
  });
});
