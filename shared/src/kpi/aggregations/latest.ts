import { creditsOf } from '../../activity/credit.js';
import { matches } from '../measure.js';
import { fieldOf, seenBy } from '../seen.js';
import { ORDER, itself, type Aggregation, type Contribution } from './aggregation.js';

/** The last number that was recorded for a member: of a day, and of a window. */
export const latest: Aggregation = {
  key: () => 'member-day',
  take: 'all',
  combine: 'last',
  windowed: false,
  reads: 'sum',
  additive: false,
  reach: itself,
  contribute: (measure, activities, credits = creditsOf) => {
    const of = fieldOf(measure);
    const last = new Map<string, Contribution>();
    for (const activity of activities.filter((one) => matches(measure, one))) {
      for (const credit of credits(seenBy(measure, activity), measure.filters.product)) {
        const value = credit[of];
        if (value === null) continue;
        const { memberId, weight } = credit;
        const count = (last.get(memberId)?.count ?? 0) + weight;
        last.set(memberId, { memberId, day: activity.occurredOn, count, sum: value });
      }
    }
    return [...last.values()];
  },
  sql: (measure) => `select member_id, day, sum(weight) as count,
      (array_agg(${fieldOf(measure)} order by ${ORDER}))[count(*)] as sum
    from credit where passes and ${fieldOf(measure)} is not null group by member_id, day`,
};
