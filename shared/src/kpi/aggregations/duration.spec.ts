import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const cycle: Measure = { aggregation: 'duration', types: ['deal.won'], filters: {} };
const fromOffer: Measure = { ...cycle, since: ['offer.sent', 'offer.followed-up'] };
const won = (more: object = {}) => plainActivity({ item: 'deal', ...more });
const offer = (occurredOn: string) =>
  plainActivity({ externalId: occurredOn, type: 'offer.sent', item: 'deal', occurredOn });

describe('how many days it took', () => {
  it.each([
    ['2026-02-19', 10],
    ['2026-02-28', 1],
    ['2026-03-01', 0],
    ['2025-03-01', 365],
  ])('from its opening on %s to 1 March: %j', (openedOn, days) => {
    expect(given(cycle, won({ openedOn }))).toEqual([['zoe', '2026-03-01', 1, days]]);
  });

  it.each([null, '2026-03-02'])('is left out where it was opened on %j', (openedOn) => {
    expect(given(cycle, won({ openedOn }))).toEqual([]);
  });

  it('is of calendar days, across a change of the clock', () => {
    const sale = won({ openedOn: '2026-03-28', occurredOn: '2026-03-30' });
    expect(given(cycle, sale)).toEqual([['zoe', '2026-03-30', 1, 2]]);
  });

  it('is shared by weight, so that the mean stays', () => {
    const shares = sharesOf({ zoe: 7500, ali: 2500 });
    expect(given(cycle, won({ openedOn: '2026-02-25', shares }))).toEqual([
      ['zoe', '2026-03-01', 0.75, 3],
      ['ali', '2026-03-01', 0.25, 1],
    ]);
  });

  it('is, from a stage, since the first of that stage of the same item', () => {
    const followed = plainActivity({
      externalId: 'f',
      type: 'offer.followed-up',
      item: 'deal',
      occurredOn: '2026-02-22',
    });
    const elsewhere = plainActivity({
      type: 'offer.sent',
      item: 'other',
      occurredOn: '2026-01-01',
    });
    const all = [offer('2026-02-27'), followed, elsewhere, won({ openedOn: '2026-02-28' })];
    expect(given(fromOffer, ...all)).toEqual([['zoe', '2026-03-01', 1, 7]]);
  });

  it('is left out where the stage comes after, or never', () => {
    expect(given(fromOffer, offer('2026-03-02'), won())).toEqual([]);
    expect(given(fromOffer, won({ openedOn: '2026-02-01' }))).toEqual([]);
  });
});
