import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SCALE } from '../quantity/scaled.js';
import { allAwards, awardsOf, payoutLineSchema, worstCase, type Standing } from './payout.js';
import { ruleSchema } from './rules/registry.js';

const line = (input: object) => payoutLineSchema.parse(input);
const standing = (subjectId: string, rank: number | null, score: number): Standing => {
  return { subjectId, rank, score: score * SCALE };
};
const pointsOf = (input: object, ...standings: Standing[]) =>
  awardsOf(line(input), 0, standings).map(({ subjectId, points }) => [subjectId, points]);

describe('a payout', () => {
  const podium = { kind: 'rank', points: [1000, 500, 250] };

  it('gives places their points, and nothing below them', () => {
    const four = [1, 2, 3, 4].map((rank) => standing(`s${rank}`, rank, 10 - rank));
    expect(pointsOf(podium, ...four)).toEqual([
      ['s1', 1000],
      ['s2', 500],
      ['s3', 250],
    ]);
  });

  it('adds up the places of equals and shares them, rounded down', () => {
    const three = ['a', 'b', 'c'].map((id) => standing(id, 1, 7));
    expect(pointsOf(podium, ...three)).toEqual([
      ['a', 583],
      ['b', 583],
      ['c', 583],
    ]);
    const tied = [standing('a', 1, 9), standing('b', 2, 8), standing('c', 2, 8)];
    expect(pointsOf(podium, ...tied)).toEqual([
      ['a', 1000],
      ['b', 375],
      ['c', 375],
    ]);
  });

  it('gives nothing for nothing', () => {
    expect(pointsOf(podium, standing('a', 1, 0), standing('b', null, 5))).toEqual([]);
  });

  it('pays whole units of score up to the cap', () => {
    const unit = { kind: 'per-score', points: 3, per: '10', cap: 40 };
    expect(pointsOf(unit, standing('a', 1, 39.9), standing('b', 2, 1000))).toEqual([
      ['a', 11],
      ['b', 40],
    ]);
  });

  it('pays a threshold to whoever reaches it', () => {
    const threshold = { kind: 'threshold', score: '5', points: 20 };
    expect(pointsOf(threshold, standing('a', 1, 5), standing('b', 2, 4.9999))).toEqual([['a', 20]]);
  });

  it('names gifts', () => {
    const gift = { kind: 'prize', place: 1, prize: 'Un vélo' };
    expect(awardsOf(line(gift), 2, [standing('a', 1, 5), standing('b', 2, 4)])).toEqual([
      { line: 2, subjectId: 'a', points: 0, prize: 'Un vélo', teamId: null },
    ]);
  });
});

describe('the worst case', () => {
  const unlimited = ruleSchema.parse({ type: 'per-unit', kpi: 'revenue', score: '1', per: '1' });
  const limited = ruleSchema.parse({
    type: 'per-unit',
    kpi: 'revenue',
    score: '1',
    per: '1',
    dailyCap: '10',
  });

  it('names the lines that nothing limits', () => {
    const lines = [line({ kind: 'rank', points: [5] }), line({ kind: 'per-score', points: 1 })];
    expect(worstCase(lines, [unlimited], 10, 31)).toEqual({ ok: false, lines: [1] });
    expect(worstCase(lines, [limited], 10, 31)).toEqual({ ok: true, points: 5 + 310 * 10 });
  });

  it('is never exceeded, whatever the scores', () => {
    const lines = [
      line({ kind: 'rank', points: [100, 50, 20] }),
      line({ kind: 'threshold', score: '30', points: 7 }),
      line({ kind: 'per-score', points: 2, per: '3', cap: 90 }),
    ];
    const scores = fc.array(fc.integer({ min: -5, max: 310 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(scores, (all) => {
        const sorted = all.toSorted((a, b) => b - a);
        const standings = sorted.map((score, index) =>
          standing(`s${index}`, sorted.indexOf(score) + 1, score),
        );
        const given = allAwards(lines, standings).reduce((sum, { points }) => sum + points, 0);
        const worst = worstCase(lines, [limited], all.length, 31);
        expect(worst.ok && given <= worst.points).toBe(true);
      }),
    );
  });
});
