import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tieBreaks } from '../challenge/tie.js';
import type { BoardEntry } from './board.js';
import { rank } from './rank.js';
import { Ranking } from './ranking.js';

/** Far more than a block, so that blocks come, are split, run dry and are put together. */
const MANY = 3_000;

const entry = (id: number, score: number): BoardEntry => ({
  subject: { type: 'member', id: `m${id}`, label: `m${id % 97}` },
  score: String(score),
  // Some are a little less than what they are shown as.
  ...(id % 3 === 0 && score > 0 ? { exact: `${score * 100_000 - (id % 2)}/100000` } : {}),
  reachedAt: score === 0 ? null : `2026-11-${10 + (id % 7)}`,
  reason: score === 0 ? 'no-score' : null,
});

const change = fc.record({
  first: fc.nat(MANY),
  count: fc.integer({ min: 1, max: 900 }),
  score: fc.nat(40),
  step: fc.constantFrom(0, 1),
  gone: fc.boolean(),
});

describe('a ranking that stays in order', () => {
  it.each(tieBreaks)('is that of all of them after every change (%s)', (ties) => {
    fc.assert(
      fc.property(fc.nat(MANY), fc.array(change, { maxLength: 12 }), (size, changes) => {
        const entries = new Map<string, BoardEntry>();
        for (let id = 0; id < size; id += 1) entries.set(`m${id}`, entry(id, id % 50));
        const ranking = new Ranking([...entries.values()], ties);
        for (const { first, count, score, step, gone } of changes) {
          for (let id = first; id < first + count; id += 1) {
            const one = entry(id, score + step * (id - first));
            if (gone) entries.delete(`m${id}`);
            else entries.set(`m${id}`, one);
            if (gone) ranking.remove(`m${id}`);
            else ranking.put(one);
          }
        }
        const all = rank([...entries.values()], ties);
        expect(ranking.size).toBe(all.length);
        expect(ranking.rows(0, MANY * 2)).toEqual(all);
        for (let at = 0; at < all.length; at += 211) {
          expect(ranking.rows(at, at + 7)).toEqual(all.slice(at, at + 7));
          expect(ranking.at(at)?.subject).toEqual(all[at]?.subject);
          expect(ranking.indexOf(all[at]?.subject.id ?? '')).toBe(at);
        }
        expect(ranking.at(all.length)).toBeUndefined();
      }),
      { numRuns: 40 },
    );
  });
});
