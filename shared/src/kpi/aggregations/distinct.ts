import { creditsOf } from '../../activity/credit.js';
import { SCALE } from '../../quantity/scaled.js';
import { matches } from '../measure.js';
import { inWindow, itself, windowSql, type Aggregation, type Contribution } from './aggregation.js';

/**
 * How many different customers (or items) a member has in the window, each on the day it first
 * appears. Nobody is weighted: a customer of two members is one customer of each.
 */
export const distinct: Aggregation = {
  key: ({ distinct: of }) => of ?? 'customer',
  take: 'first-per-member',
  combine: 'sum',
  windowed: true,
  reads: 'sum',
  additive: false,
  reach: itself,
  contribute: (measure, activities, credits = creditsOf) => {
    const first = new Map<string, Contribution>();
    for (const activity of activities) {
      if (!inWindow(measure, activity.occurredOn) || !matches(measure, activity)) continue;
      for (const { memberId } of credits(activity, measure.filters.product)) {
        if (first.has(memberId)) continue;
        first.set(memberId, { memberId, day: activity.occurredOn, count: SCALE, sum: SCALE });
      }
    }
    return [...first.values()];
  },
  sql: (measure, bind) => {
    const of = measure.distinct ?? 'customer';
    return `select member_id, day, count(*) * ${SCALE} as count, count(*) * ${SCALE} as sum
      from (select member_id, min(day) as day from credit
        where passes and ${of} is not null and ${windowSql(measure, bind)}
        group by member_id, ${of}) as found
      group by member_id, day`;
  },
};
