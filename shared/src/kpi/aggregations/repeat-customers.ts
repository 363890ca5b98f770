import { creditsOf } from '../../activity/credit.js';
import { SCALE } from '../../quantity/scaled.js';
import { matches } from '../measure.js';
import { ORDER, inWindow, itself, windowSql } from './aggregation.js';
import type { Aggregation, Contribution } from './aggregation.js';

/** A member's customers who come a second time in the window, each on the day of that. */
export const repeatCustomers: Aggregation = {
  key: () => 'customer',
  take: 'all',
  combine: 'sum',
  windowed: true,
  reads: 'sum',
  additive: false,
  reach: itself,
  contribute: (measure, activities, credits = creditsOf) => {
    const times = new Map<string, number>();
    const again: Contribution[] = [];
    for (const activity of activities) {
      const day = activity.occurredOn;
      if (!inWindow(measure, day) || !matches(measure, activity)) continue;
      for (const { memberId } of credits(activity, measure.filters.product)) {
        const time = (times.get(memberId) ?? 0) + 1;
        times.set(memberId, time);
        if (time === 2) again.push({ memberId, day, count: SCALE, sum: SCALE });
      }
    }
    return again;
  },
  sql: (measure, bind) => `select member_id, day, count(*) * ${SCALE} as count,
      count(*) * ${SCALE} as sum
    from (select member_id, day,
        row_number() over (partition by member_id, customer order by ${ORDER}) as time
      from credit where passes and customer is not null and ${windowSql(measure, bind)}) as sales
    where time = 2 group by member_id, day`,
};
