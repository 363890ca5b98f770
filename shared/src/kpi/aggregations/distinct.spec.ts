import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const window = { from: '2026-03-01', to: '2026-04-01' };
const customers: Measure = { aggregation: 'distinct', types: ['deal.won'], filters: {}, window };
const sale = (externalId: string, customer: string | null, occurredOn: string, more: object = {}) =>
  plainActivity({ externalId, customer, occurredOn, ...more });

describe('how many different customers', () => {
  it('counts each once, on the first day of the window on which it appears', () => {
    const sales = [
      sale('1', 'ana', '2026-03-09'),
      sale('2', 'ana', '2026-03-02'),
      sale('3', 'ben', '2026-03-09'),
    ];
    expect(given(customers, ...sales)).toEqual([
      ['zoe', '2026-03-02', 1, 1],
      ['zoe', '2026-03-09', 1, 1],
    ]);
  });

  it.each([
    ['2026-02-28', []],
    ['2026-03-01', [['zoe', '2026-03-01', 1, 1]]],
    ['2026-03-31', [['zoe', '2026-03-31', 1, 1]]],
    ['2026-04-01', []],
  ])('looks at the days of the window only: %s', (day, expected) => {
    expect(given(customers, sale('1', 'ana', day))).toEqual(expected);
  });

  it('counts a customer from before the window, who buys in it', () => {
    const sales = [sale('1', 'ana', '2026-02-28'), sale('2', 'ana', '2026-03-02')];
    expect(given(customers, ...sales)).toEqual([['zoe', '2026-03-02', 1, 1]]);
  });

  it('is not weighted: whoever is shared is one of each', () => {
    const shares = sharesOf({ zoe: 9000, ali: 1000 });
    expect(given(customers, sale('1', 'ana', '2026-03-02', { shares }))).toEqual([
      ['zoe', '2026-03-02', 1, 1],
      ['ali', '2026-03-02', 1, 1],
    ]);
    const alone = sale('2', 'ana', '2026-03-01', { shares: sharesOf({ ali: SCALE }) });
    expect(given(customers, alone, sale('1', 'ana', '2026-03-02', { shares }))).toEqual([
      ['ali', '2026-03-01', 1, 1],
      ['zoe', '2026-03-02', 1, 1],
    ]);
  });

  it('does not know whoever is not named', () => {
    expect(given(customers, sale('1', null, '2026-03-02'))).toEqual([]);
  });

  it('may be of orders', () => {
    const [one, two] = ['1', '2'].map((id) => sale(id, null, '2026-03-02', { item: 'deal' }));
    const measure: Measure = { ...customers, distinct: 'item' };
    expect(given(measure, ...[one, two].flatMap((each) => each ?? []))).toEqual([
      ['zoe', '2026-03-02', 1, 1],
    ]);
  });

  it('asks the filters of each sale, not only of the first', () => {
    const sales = [
      sale('1', 'ana', '2026-03-02'),
      sale('2', 'ana', '2026-03-09', { region: 'West' }),
    ];
    expect(given({ ...customers, filters: { region: ['West'] } }, ...sales)).toEqual([
      ['zoe', '2026-03-09', 1, 1],
    ]);
  });
});
