import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const won: Measure = {
  aggregation: 'cohort-conversion',
  types: ['offer.sent'],
  to: ['deal.won'],
  withinDays: 30,
  filters: {},
};
const step = (type: string, occurredOn: string, more: object = {}) =>
  plainActivity({ externalId: `${type} ${occurredOn}`, type, item: 'deal', occurredOn, ...more });
const offer = step('offer.sent', '2026-03-01');

describe('a conversion', () => {
  it.each([
    ['2026-02-28', 0],
    ['2026-03-01', 1],
    ['2026-03-31', 1],
    ['2026-04-01', 0],
  ])('of an offer of 1 March that is won on %s counts %j', (day, sum) => {
    expect(given(won, offer, step('deal.won', day))).toEqual([['zoe', '2026-03-01', 1, sum]]);
  });

  it('that never comes still counts as an entry', () => {
    expect(given(won, offer)).toEqual([['zoe', '2026-03-01', 1, 0]]);
  });

  it('without an entry is none', () => {
    expect(given(won, step('deal.won', '2026-03-01'))).toEqual([]);
  });

  it('has all the time in the world where no days are named', () => {
    const { withinDays: _, ...ever } = won;
    expect(given(ever, offer, step('deal.won', '2036-03-01'))).toEqual([
      ['zoe', '2026-03-01', 1, 1],
    ]);
  });

  it('enters once, by the first offer that passes, and is its members’ by weight', () => {
    const shares = sharesOf({ ali: 6000, zoe: 4000 });
    const again = step('offer.sent', '2026-03-09', { shares, region: 'West' });
    const sale = step('deal.won', '2026-04-05');
    expect(given(won, offer, again, sale)).toEqual([['zoe', '2026-03-01', 1, 0]]);
    expect(given({ ...won, filters: { region: ['West'] } }, offer, again, sale)).toEqual([
      ['ali', '2026-03-09', 0.6, 0.6],
      ['zoe', '2026-03-09', 0.4, 0.4],
    ]);
  });

  it('does not ask the filters of the later stage, nor whose it is', () => {
    const entry = step('offer.sent', '2026-03-01', { region: 'West' });
    const theirs = step('deal.won', '2026-03-02', { shares: sharesOf({ ali: SCALE }) });
    const measure: Measure = { ...won, filters: { region: ['West'] } };
    expect(given(measure, entry, theirs)).toEqual([['zoe', '2026-03-01', 1, 1]]);
  });

  it('is of one item, or of one customer where the measure says so', () => {
    const other = step('deal.won', '2026-03-02', { item: 'other', customer: 'ana' });
    const entry = step('offer.sent', '2026-03-01', { customer: 'ana' });
    expect(given(won, entry, other)).toEqual([['zoe', '2026-03-01', 1, 0]]);
    expect(given({ ...won, link: 'customer' }, entry, other)).toEqual([
      ['zoe', '2026-03-01', 1, 1],
    ]);
  });
});
