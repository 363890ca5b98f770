import { describe, expect, it } from '@jest/globals';
import { plainActivity, sharesOf } from '../../activity/activity.arbitrary.js';
import type { Activity } from '../../activity/activity.js';
import { SCALE } from '../../quantity/scaled.js';
import { given } from '../measure.arbitrary.js';
import type { Measure } from '../measure.js';

const window = { from: '2026-03-01', to: '2026-04-01' };
const measure: Measure = {
  aggregation: 'open',
  types: ['deal.opened'],
  to: ['deal.won', 'deal.lost'],
  filters: {},
  window,
};
const at = (type: string, occurredOn: string, more: Partial<Activity> = {}) =>
  plainActivity({ externalId: `${type} ${occurredOn}`, type, occurredOn, item: 'deal', ...more });
const opened = at('deal.opened', '2026-02-10', { amount: 70 * SCALE });

describe('what is open at the end of a window', () => {
  it.each<[string, Activity[], [string, string, number, number][]]>([
    ['was opened before it', [opened], [['zoe', '2026-02-10', 1, 70]]],
    ['and later closed', [opened, at('deal.lost', '2026-04-01')], [['zoe', '2026-02-10', 1, 70]]],
    ['but not closed within', [opened, at('deal.lost', '2026-03-31')], []],
    ['nor on the day it was opened', [at('deal.won', '2026-02-10'), opened], []],
    ['nor opened after', [at('deal.opened', '2026-04-01')], []],
    [
      'but opened again',
      [opened, at('deal.lost', '2026-03-02'), at('deal.opened', '2026-03-05')],
      [['zoe', '2026-03-05', 1, 100]],
    ],
  ])('%s', (_title, activities, expected) => {
    expect(given(measure, ...activities)).toEqual(expected);
  });

  it('belongs to whoever opened it, by weight', () => {
    const shared = at('deal.opened', '2026-03-02', { shares: sharesOf({ zoe: 2500, ali: 7500 }) });
    expect(given(measure, shared)).toEqual([
      ['zoe', '2026-03-02', 0.25, 25],
      ['ali', '2026-03-02', 0.75, 75],
    ]);
  });
});
