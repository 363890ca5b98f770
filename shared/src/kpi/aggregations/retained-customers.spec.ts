import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const back: Measure = {
  aggregation: 'retained-customers',
  types: ['deal.won'],
  filters: {},
  before: '2026-02-01',
  window: { from: '2026-03-01', to: '2026-04-01' },
};
const sale = (occurredOn: string, more: object = {}) =>
  plainActivity({ externalId: occurredOn, customer: 'ana', occurredOn, ...more });

describe('customers who come back', () => {
  it.each([
    ['2026-01-31', '2026-03-31', false],
    ['2026-02-01', '2026-03-31', true],
    ['2026-02-28', '2026-03-01', true],
    ['2026-02-28', '2026-04-01', false],
    ['2026-03-01', '2026-03-02', false],
  ])('bought on %s and on %s: %j', (before, now, counts) => {
    const expected = counts ? [['zoe', now, 1, 1]] : [];
    expect(given(back, sale(before), sale(now))).toEqual(expected);
  });

  it('count once, on the day of their return', () => {
    const sales = [sale('2026-02-03'), sale('2026-03-09'), sale('2026-03-08')];
    expect(given(back, ...sales)).toEqual([['zoe', '2026-03-08', 1, 1]]);
  });

  it('come back to the member whose customers they were', () => {
    const shares = sharesOf({ ali: SCALE });
    expect(given(back, sale('2026-02-03'), sale('2026-03-09', { shares }))).toEqual([]);
  });

  it('may have bought at any time before, where no day is named', () => {
    const { before: _, ...ever } = back;
    expect(given(ever, sale('1999-01-01'), sale('2026-03-09'))).toEqual([
      ['zoe', '2026-03-09', 1, 1],
    ]);
  });
});
