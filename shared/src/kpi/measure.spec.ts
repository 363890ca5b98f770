import { describe, expect, it } from '@jest/globals';
import { activityInputSchema, toActivity } from '../activity/activity.js';
import { aggregations } from './aggregations/registry.js';
import { filtersSchema, matches, measureText, narrow, type Measure } from './measure.js';

const sale = (more: object = {}) => {
  const posted = { source: 'a', externalId: '1', type: 'deal.won', occurredAt: '2026-03-01' };
  return toActivity(activityInputSchema.parse({ ...posted, ...more }), 'zoe', () => '');
};
const sales: Measure = { aggregation: 'sum-amount', types: ['deal.won'], filters: {} };
const western: Measure = { ...sales, filters: { region: ['West', 'North'], channel: ['web'] } };

describe('a measure', () => {
  it.each([
    [sales, {}, true],
    [sales, { type: 'deal.lost' }, false],
    [western, { region: 'West', channel: 'web' }, true],
    [western, { region: 'North', channel: 'web', product: 'x' }, true],
    [western, { region: 'West' }, false],
    [western, { region: 'South', channel: 'web' }, false],
  ])('%j counts a sale with %j: %s', (measure, more, expected) => {
    expect(matches(measure, sale(more))).toBe(expected);
  });

  it('has one text, in whatever order it was written', () => {
    const other: Measure = { ...sales, filters: { channel: ['web'], region: ['North', 'West'] } };
    expect(measureText(other)).toBe(measureText(western));
    const types = ['deal.won', 'cart.completed'];
    expect(measureText({ ...sales, types })).toBe(
      measureText({ ...sales, types: types.toReversed() }),
    );
  });

  it.each<Partial<Measure>>([
    { aggregation: 'count' },
    { types: ['deal.lost'] },
    { filters: { region: ['West'] } },
    { filters: { segment: ['West'] } },
  ])('has another text with %j', (change) => {
    expect(measureText({ ...sales, ...change })).not.toBe(measureText(sales));
  });

  it('counts, when narrowed, what both filters let through', () => {
    const narrowed = narrow(western, { region: ['West', 'South'], product: ['x'] });
    expect(narrowed.filters).toEqual({ region: ['West'], channel: ['web'], product: ['x'] });
    const nothing = narrow(western, { region: ['South'] });
    expect(matches(nothing, sale({ region: 'South', channel: 'web' }))).toBe(false);
  });
});

describe('a filter', () => {
  it.each([
    { region: [] },
    { region: 'West' },
    { region: [''] },
    { region: ['a\0'] },
    { region: ['\udc00'] },
    { colour: ['red'] },
  ])('%j is refused', (filters) => {
    expect(filtersSchema.safeParse(filters).success).toBe(false);
  });
});

describe('an aggregation', () => {
  it.each([
    ['count', { count: 10_000, sum: 10_000 }],
    ['sum-amount', { count: 10_000, sum: 25_000 }],
    ['sum-quantity', { count: 10_000, sum: 30_000 }],
  ] as const)('%s gives %j for one sale', (name, values) => {
    expect(aggregations[name].contribute(sale({ amount: '2.5', quantity: 3 }))).toEqual(values);
  });

  it.each(['sum-amount', 'sum-quantity'] as const)('%s adds nothing for nothing', (name) => {
    expect(aggregations[name].contribute(sale())).toEqual({ count: 10_000, sum: 0 });
  });
});
