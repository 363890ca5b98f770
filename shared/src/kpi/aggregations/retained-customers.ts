import { creditsOf } from '../../activity/credit.js';
import { SCALE } from '../../quantity/scaled.js';
import { matches } from '../measure.js';
import { inWindow, windowSql, type Aggregation, type Contribution } from './aggregation.js';

/**
 * A member's customers of the period before who come back in the window, each on the day of the
 * return. For the cockpit; a live rule may not read it.
 */
export const retainedCustomers: Aggregation = {
  key: () => 'customer',
  take: 'all',
  combine: 'sum',
  windowed: true,
  reads: 'sum',
  additive: false,
  reach: ({ before }, { to }) => (before === undefined ? { to } : { from: before, to }),
  contribute: (measure, activities, credits = creditsOf) => {
    const from = measure.window?.from ?? '';
    const before = new Set<string>();
    const back = new Map<string, Contribution>();
    for (const activity of activities.filter((one) => matches(measure, one))) {
      const day = activity.occurredOn;
      for (const { memberId } of credits(activity, measure.filters.product)) {
        if (day < from && day >= (measure.before ?? '')) before.add(memberId);
        if (!inWindow(measure, day) || back.has(memberId)) continue;
        back.set(memberId, { memberId, day, count: SCALE, sum: SCALE });
      }
    }
    return [...back.values()].filter(({ memberId }) => before.has(memberId));
  },
  sql: (measure, bind) => {
    const earlier = `day >= ${bind(measure.before ?? '-infinity')}::date
      and day < ${bind(measure.window?.from)}::date`;
    const now = windowSql(measure, bind);
    return `select member_id, day, count(*) * ${SCALE} as count, count(*) * ${SCALE} as sum
      from (select member_id, min(day) filter (where ${now}) as day
        from credit where passes and customer is not null
        group by member_id, customer
        having bool_or(${earlier}) and bool_or(${now})) as back
      group by member_id, day`;
  },
};
