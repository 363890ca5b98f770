import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const promoters: Measure = {
  aggregation: 'latest-per-respondent',
  types: ['survey.nps'],
  filters: {},
  band: { atLeast: 9 * SCALE },
  window: { from: '2026-03-01', to: '2026-04-01' },
};
const answer = (externalId: string, mark: number | null, occurredOn: string, more: object = {}) =>
  plainActivity({
    type: 'survey.nps',
    customer: 'ana',
    externalId,
    quantity: mark === null ? null : mark * SCALE,
    occurredOn,
    ...more,
  });

describe('one answer per customer', () => {
  it.each([
    [10, 1],
    [9, 1],
    [8, 0],
    [0, 0],
    [null, 0],
  ])('counts, and %j in the band counts %j', (mark, sum) => {
    expect(given(promoters, answer('1', mark, '2026-03-02'))).toEqual([
      ['zoe', '2026-03-02', 1, sum],
    ]);
  });

  it.each([
    [{ atMost: 6 * SCALE }, 6, 1],
    [{ atMost: 6 * SCALE }, 7, 0],
    [{ atLeast: 7 * SCALE, atMost: 8 * SCALE }, 8, 1],
    [{ atLeast: 7 * SCALE, atMost: 8 * SCALE }, 6.9999, 0],
  ])('the band %j takes %j: %j', (band, mark, sum) => {
    expect(given({ ...promoters, band }, answer('1', mark, '2026-03-02'))).toEqual([
      ['zoe', '2026-03-02', 1, sum],
    ]);
  });

  it('is the last of the window', () => {
    const answers = [
      answer('1', 10, '2026-03-02'),
      answer('2', 3, '2026-03-31'),
      answer('3', 10, '2026-04-01'),
    ];
    expect(given(promoters, ...answers)).toEqual([['zoe', '2026-03-31', 1, 0]]);
  });

  it('is, on the same day, the last by instant, source and name', () => {
    const answers = [
      answer('9', 10, '2026-03-02', { occurredAt: '2026-03-02T09:00:00.000Z' }),
      answer('0', 3, '2026-03-02', { occurredAt: '2026-03-02T17:00:00.000Z' }),
      answer('z', 10, '2026-03-02'),
    ];
    expect(given(promoters, ...answers)).toEqual([['zoe', '2026-03-02', 1, 0]]);
    const [tied, later] = [answer('1', 10, '2026-03-02'), answer('2', 3, '2026-03-02')];
    expect(given(promoters, later, tied)).toEqual([['zoe', '2026-03-02', 1, 0]]);
  });

  it('is credited to whom it names, by weight, and hides earlier ones even if it names nobody', () => {
    const shares = sharesOf({ zoe: 5000, ali: 5000 });
    expect(given(promoters, answer('1', 9, '2026-03-02', { shares }))).toEqual([
      ['zoe', '2026-03-02', 0.5, 0.5],
      ['ali', '2026-03-02', 0.5, 0.5],
    ]);
    const nobody = answer('2', 9, '2026-03-09', { shares: [] });
    expect(given(promoters, answer('1', 9, '2026-03-02'), nobody)).toEqual([]);
  });
});
