import { creditsOf } from '../../activity/credit.js';
import { matches } from '../measure.js';
import { fieldOf, seenBy } from '../seen.js';
import { itself, type Aggregation, type Contribution } from './aggregation.js';

/** The largest or the smallest number that a member has on a day, and in a window. */
function extreme(combine: 'min' | 'max'): Aggregation {
  const better = combine === 'max' ? Math.max : Math.min;
  return {
    key: () => 'member-day',
    take: 'all',
    combine,
    windowed: false,
    reads: 'sum',
    additive: false,
    reach: itself,
    contribute: (measure, activities, credits = creditsOf) => {
      const of = fieldOf(measure);
      const best = new Map<string, Contribution>();
      for (const activity of activities.filter((one) => matches(measure, one))) {
        for (const credit of credits(seenBy(measure, activity), measure.filters.product)) {
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
    sql: (measure) => `select member_id, day, sum(weight) as count,
        ${combine}(${fieldOf(measure)}) as sum
      from credit where passes and ${fieldOf(measure)} is not null group by member_id, day`,
  };
}

export const max = extreme('max');
export const min = extreme('min');
