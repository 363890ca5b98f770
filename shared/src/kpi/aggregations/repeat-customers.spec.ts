import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import type { Activity } from '../../activity/activity.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const measure: Measure = {
  aggregation: 'repeat-customers',
  types: ['deal.won'],
  filters: {},
  window: { from: '2026-03-01', to: '2026-04-01' },
};
const sale = (occurredOn: string, more: Partial<Activity> = {}) =>
  plainActivity({ externalId: occurredOn, occurredOn, customer: 'ana', ...more });

describe('a customer who comes again', () => {
  it('counts once, on the day of the second sale, however many follow', () => {
    const days = ['2026-03-01', '2026-03-05', '2026-03-31'].map((day) => sale(day));
    expect(given(measure, ...days)).toEqual([['zoe', '2026-03-05', 1, 1]]);
  });

  it('must come twice within the window', () => {
    expect(given(measure, sale('2026-02-28'), sale('2026-03-01'))).toEqual([]);
    expect(given(measure, sale('2026-03-31'), sale('2026-04-01'))).toEqual([]);
  });

  it('must come twice to the same member; a shared sale is one of each', () => {
    const shared = sale('2026-03-02', { shares: sharesOf({ zoe: 5000, ali: 5000 }) });
    expect(given(measure, sale('2026-03-01'), shared)).toEqual([['zoe', '2026-03-02', 1, 1]]);
  });
});
