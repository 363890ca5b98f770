import { describe, expect, it } from '@jest/globals';
import { lineOf, plainActivity as sale, sharesOf } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const amounts: Measure = { aggregation: 'sum', types: ['deal.won'], filters: {} };
const means: Measure = { ...amounts, aggregation: 'mean' };
const order = sale({
  amount: 30 * SCALE,
  quantity: 3 * SCALE,
  lines: [
    lineOf('A', { amount: 10 * SCALE, quantity: SCALE, cost: 4 * SCALE }),
    lineOf('B', { amount: 20 * SCALE, quantity: 2 * SCALE }),
  ],
});

describe('a sum', () => {
  it.each([
    ['amount', 30],
    ['quantity', 3],
    ['cost', 4],
  ] as const)('of the %s', (of, sum) => {
    expect(given({ ...amounts, of }, order)).toEqual([['zoe', '2026-03-01', 1, sum]]);
  });

  it('is of the amount where nothing is said', () => {
    expect(given(amounts, order)).toEqual([['zoe', '2026-03-01', 1, 30]]);
  });

  it.each([
    [['A'], 'amount', 10],
    [['A'], 'cost', 4],
    [['B'], 'amount', 20],
    [['B'], 'cost', 0],
    [['A', 'B', 'C'], 'quantity', 3],
  ] as const)('through a filter on %j is of the %s of those lines', (product, of, sum) => {
    const filtered: Measure = { ...amounts, of, filters: { product: [...product] } };
    expect(given(filtered, order)).toEqual([['zoe', '2026-03-01', 1, sum]]);
    expect(given({ ...filtered, filters: { product: ['C'] } }, order)).toEqual([]);
  });

  it('loses nothing when shared: what is left goes to the largest remainders', () => {
    const thirds = sharesOf({ zoe: 3333, ali: 3333, eve: 3334 });
    expect(given(amounts, sale({ amount: 100, shares: thirds }))).toEqual([
      ['zoe', '2026-03-01', 0.3333, 0.0033],
      ['ali', '2026-03-01', 0.3333, 0.0033],
      ['eve', '2026-03-01', 0.3334, 0.0034],
    ]);
    const halves = sharesOf({ zoe: 5000, ali: 5000 });
    expect(given(amounts, sale({ amount: 1, shares: halves }))).toEqual([
      ['zoe', '2026-03-01', 0.5, 0.0001],
      ['ali', '2026-03-01', 0.5, 0],
    ]);
  });

  it('shares the lines that it sees, not a part of all', () => {
    const shares = sharesOf({ zoe: 5000, ali: 5000 });
    const odd = sale({ shares, amount: 4, lines: [lineOf('A', { amount: 1 }), lineOf('B')] });
    expect(given({ ...amounts, filters: { product: ['A'] } }, odd)).toEqual([
      ['zoe', '2026-03-01', 0.5, 0.0001],
      ['ali', '2026-03-01', 0.5, 0],
    ]);
  });

  it('has what says no number count for nothing', () => {
    expect(given(amounts, sale({ amount: null }))).toEqual([['zoe', '2026-03-01', 1, 0]]);
  });
});

describe('a mean', () => {
  it('leaves out what says no number, and keeps a zero', () => {
    const [none, zero] = [sale({ amount: null }), sale({ amount: 0, externalId: '2' })];
    expect(given(means, none, zero)).toEqual([['zoe', '2026-03-01', 1, 0]]);
  });

  it('leaves out orders none of whose lines of the product says a number', () => {
    const filtered: Measure = { ...means, of: 'cost', filters: { product: ['B'] } };
    expect(given(filtered, order)).toEqual([]);
  });
});
