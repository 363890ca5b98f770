import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { alikeIn } from './alike.js';
import type { BoardEntry } from './board.js';
import { rank } from './rank.js';
import { Ranking } from './ranking.js';

const entry = (id: number, score: number): BoardEntry => ({
  subject: { type: 'member', id: `m${id}`, label: `m${id}` },
  score: String(score),
  reachedAt: null,
  reason: score === 0 ? 'no-score' : null,
});

describe('those of one rank', () => {
  it('are the same as in the ranking of all, wherever one stands', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 60 }), (scores) => {
        const entries = scores.map((score, id) => entry(id, score));
        const ranking = new Ranking(entries, 'shared');
        const all = rank(entries, 'shared');
        for (const row of all) {
          const alike = all.filter((one) => one === row || (row.rank ?? NaN) === one.rank);
          expect(alikeIn(ranking, row.subject.id)).toEqual(alike);
        }
      }),
    );
  });

  it('are nobody for whoever is not there', () => {
    expect(alikeIn(new Ranking([entry(1, 3)], 'shared'), 'm2')).toEqual([]);
  });
});
