import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AMOUNT_MAX, SCALE } from '../quantity/scaled.js';
import { allot } from './credit.js';

/** Weights that add up to exactly 1. */
const weights = fc
  .array(fc.integer({ min: 1, max: SCALE - 1 }), { minLength: 0, maxLength: 8 })
  .map((cuts) => {
    const points = [...new Set(cuts)].toSorted((a, b) => a - b);
    return [...points, SCALE].map((point, index) => point - (points[index - 1] ?? 0));
  });

describe('allotment by largest remainder', () => {
  it.each([
    [100, [3333, 3333, 3334], [33, 33, 34]],
    [1, [5000, 5000], [1, 0]],
    [0, [2500, 7500], [0, 0]],
    [10_540_001, [5000, 5000], [5_270_001, 5_270_000]],
  ])('divides %s by %s into %s', (total, parts, expected) => {
    expect(allot(total, parts)).toEqual(expected);
  });

  it('loses nothing, and gives everybody the exact part up to one unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: AMOUNT_MAX }), weights, (total, parts) => {
        const given = allot(total, parts);
        expect(given.reduce((sum, part) => sum + part, 0)).toBe(total);
        given.forEach((part, index) => {
          const exact = (BigInt(total) * BigInt(parts[index] ?? 0)) / BigInt(SCALE);
          expect(BigInt(part) === exact || BigInt(part) === exact + 1n).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
