import { creditsOf } from '../../activity/credit.js';
import { matches } from '../measure.js';
import type { Aggregation, Contribution } from './aggregation.js';

/** The largest or the smallest number that a member has on a day, and in a window. */
function extreme(combine: 'min' | 'max'): Aggregation {
  const better = combine === 'max' ? Math.max : Math.min;
  return {
    key: () => 'member-day',
    take: 'all',
    combine,
    windowed: false,
    contribute: (measure, activities) => {
      const { of = 'amount', filters } = measure;
      const best = new Map<string, Contribution>();
      for (const activity of activities.filter((one) => matches(measure, one))) {
        for (const credit of creditsOf(activity, filters.product)) {
          const value = credit[of];
          if (value === null) continue;
          const { memberId, weight } = credit;
          const day = activity.occurredOn;
          const before = best.get(memberId);
          const count = (before?.count ?? 0) + weight;
          best.set(memberId, { memberId, day, count, sum: better(before?.sum ?? value, value) });
        }
      }
      return [...best.values()];
    },
    sql: ({ of = 'amount' }) => `select member_id, day, sum(weight) as count,
        ${combine}(${of}) as sum
      from credit where passes and ${of} is not null group by member_id, day`,
  };
}

export const max = extreme('max');
export const min = extreme('min');
