import { describe, expect, it } from '@jest/globals';
import { lineOf, plainActivity as sale, sharesOf } from '../../activity/activity.arbitrary.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const sales: Measure = { aggregation: 'count', types: ['deal.won'], filters: {} };
const ofA: Measure = { ...sales, filters: { product: ['A'] } };

describe('how many activities', () => {
  it('is one for each, whatever it is worth', () => {
    expect(given(sales, sale({ amount: null }))).toEqual([['zoe', '2026-03-01', 1, 1]]);
  });

  it('is shared by weight', () => {
    expect(given(sales, sale({ shares: sharesOf({ zoe: 6000, ali: 4000 }) }))).toEqual([
      ['zoe', '2026-03-01', 0.6, 0.6],
      ['ali', '2026-03-01', 0.4, 0.4],
    ]);
  });

  it('is nothing for another type, or for what names nobody', () => {
    expect(given(sales, sale({ type: 'deal.lost' }), sale({ shares: [] }))).toEqual([]);
  });

  it('is one sale if any of its lines is of the product, however many are', () => {
    const order = sale({ lines: [lineOf('A'), lineOf('A'), lineOf('B')] });
    expect(given(ofA, order)).toEqual([['zoe', '2026-03-01', 1, 1]]);
    expect(given(ofA, sale({ lines: [lineOf('B')] }), sale())).toEqual([]);
  });
});
