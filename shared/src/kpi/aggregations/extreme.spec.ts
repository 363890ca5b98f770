import { describe, expect, it } from '@jest/globals';
import { lineOf, plainActivity as sale, sharesOf } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const best: Measure = { aggregation: 'max', types: ['deal.won'], filters: {} };
const least: Measure = { ...best, aggregation: 'min' };
const worth = (externalId: string, units: number | null, more: object = {}) =>
  sale({ externalId, amount: units === null ? null : units * SCALE, ...more });

describe('the best and the least of a day', () => {
  const day = [worth('1', 3), worth('2', 9), worth('3', 5)];

  it('is one number with how many it is the best of', () => {
    expect(given(best, ...day)).toEqual([['zoe', '2026-03-01', 3, 9]]);
    expect(given(least, ...day)).toEqual([['zoe', '2026-03-01', 3, 3]]);
  });

  it('is another one for each day', () => {
    expect(given(best, ...day, worth('4', 1, { occurredOn: '2026-03-02' }))).toEqual([
      ['zoe', '2026-03-01', 3, 9],
      ['zoe', '2026-03-02', 1, 1],
    ]);
  });

  it('does not take what says no number for zero, nor a zero for nothing', () => {
    expect(given(least, ...day, worth('4', null))).toEqual([['zoe', '2026-03-01', 3, 3]]);
    expect(given(least, ...day, worth('4', 0))).toEqual([['zoe', '2026-03-01', 4, 0]]);
    expect(given(least, worth('4', null))).toEqual([]);
  });

  it('is of a member’s own part', () => {
    const shares = sharesOf({ ali: 7500, zoe: 2500 });
    expect(given(best, worth('1', 5), worth('2', 12, { shares }))).toEqual([
      ['zoe', '2026-03-01', 1.25, 5],
      ['ali', '2026-03-01', 0.75, 9],
    ]);
  });

  it('is of the lines that pass', () => {
    const lines = [lineOf('A', { quantity: 2 * SCALE }), lineOf('B', { quantity: 7 * SCALE })];
    const measure: Measure = { ...best, of: 'quantity', filters: { product: ['A'] } };
    expect(given(measure, sale({ lines }))).toEqual([['zoe', '2026-03-01', 1, 2]]);
  });
});
