import { creditsOf } from '../../activity/credit.js';
import { matches } from '../measure.js';
import { ORDER, type Aggregation, type Contribution } from './aggregation.js';

/** The last number that was recorded for a member: of a day, and of a window. */
export const latest: Aggregation = {
  key: () => 'member-day',
  take: 'all',
  combine: 'last',
  windowed: false,
  contribute: (measure, activities) => {
    const { of = 'amount', filters } = measure;
    const last = new Map<string, Contribution>();
    for (const activity of activities.filter((one) => matches(measure, one))) {
      for (const credit of creditsOf(activity, filters.product)) {
        const value = credit[of];
        if (value === null) continue;
        const { memberId, weight } = credit;
        const count = (last.get(memberId)?.count ?? 0) + weight;
        last.set(memberId, { memberId, day: activity.occurredOn, count, sum: value });
      }
    }
    return [...last.values()];
  },
  sql: ({ of = 'amount' }) => `select member_id, day, sum(weight) as count,
      (array_agg(${of} order by ${ORDER}))[count(*)] as sum
    from credit where passes and ${of} is not null group by member_id, day`,
};
