import { describe, expect, it } from '@jest/globals';
import type { Activity, Line } from '../activity/activity.js';
import type { Measure } from './measure.js';
import { seenBy } from './seen.js';

const measure: Measure = { aggregation: 'sum', types: ['deal.won'], filters: {}, step: 10_000 };
const line = (product: string, amount: number | null): Line => {
  return { product, quantity: null, amount, cost: null };
};
const order = (amount: number | null, ...lines: Line[]) =>
  ({ amount, quantity: null, lines }) as unknown as Activity;

describe('an activity seen by steps', () => {
  it.each([
    [0, 0],
    [9_999, 0],
    [10_000, 10_000],
    [25_000, 20_000],
    [null, null],
  ])('of %p counts for %p', (amount, whole) => {
    expect(seenBy(measure, order(amount)).amount).toBe(whole);
  });

  it('is cut once for all lines that a filter lets through', () => {
    const filtered = { ...measure, filters: { product: ['A'] } };
    const seen = seenBy(
      filtered,
      order(31_000, line('A', 6_000), line('A', 7_000), line('B', 18_000)),
    );
    expect(seen.lines).toEqual([line('A', 10_000)]);
  });

  it.each([{}, { product: ['A'] }])('cuts what its lines cost, too (filters %j)', (filters) => {
    const costs = { ...measure, of: 'cost' as const, filters };
    const lines = [6_000, 7_000].map((cost) => ({ ...line('A', null), cost }));
    const seen = seenBy(costs, order(null, ...lines));
    expect(seen.lines.map(({ cost }) => cost)).toEqual([10_000]);
  });

  it('has no number where none of its lines says one', () => {
    const filtered = { ...measure, filters: { product: ['A'] } };
    const seen = seenBy(filtered, order(5_000, line('A', null), line('B', 5_000)));
    expect(seen.lines).toEqual([line('A', null)]);
  });
});
