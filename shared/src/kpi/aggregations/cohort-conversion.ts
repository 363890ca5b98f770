import { creditsOf } from '../../activity/credit.js';
import { addDays, daysBetween } from '../../time/day.js';
import { matches } from '../measure.js';
import { ORDER, type Aggregation } from './aggregation.js';

/**
 * Of the items (or customers) that entered a stage, how many reached a later one within so many
 * days. An item enters once, by its first activity that passes; everything is credited to that
 * activity's members and day. The count is the entries, the sum those that converted.
 */
export const cohortConversion: Aggregation = {
  key: ({ link }) => link ?? 'item',
  take: 'all',
  combine: 'sum',
  windowed: false,
  reads: 'ratio',
  additive: true,
  // An item that entered before the window does not enter again; whoever did may arrive later.
  reach: ({ withinDays }, { to }) =>
    withinDays === undefined ? {} : { to: addDays(to, withinDays) },
  contribute: (measure, activities, credits = creditsOf) => {
    const entry = activities.find((activity) => matches(measure, activity));
    if (!entry) return [];
    const { to = [], withinDays = Infinity } = measure;
    const reached = activities.some(({ type, occurredOn }) => {
      const days = daysBetween(entry.occurredOn, occurredOn);
      return to.includes(type) && days >= 0 && days <= withinDays;
    });
    return credits(entry, measure.filters.product).map(({ memberId, weight }) => {
      return { memberId, day: entry.occurredOn, count: weight, sum: reached ? weight : 0 };
    });
  },
  // By windows and not by joins: how many rows there will be is anybody's guess.
  sql: (measure, bind) => {
    const key = measure.link ?? 'item';
    const to = bind(measure.to ?? []);
    const within = measure.withinDays === undefined ? '' : bind(measure.withinDays);
    const limit = within ? `and day <= entered + ${within}::int` : '';
    return `select member_id, day, sum(weight) as count,
        coalesce(sum(weight) filter (where reached), 0) as sum
      from (select *, bool_or(type = any(${to}) and day >= entered ${limit})
          over (partition by ${key}) as reached
        from (select *, min(day) filter (where passes) over (partition by ${key}) as entered,
            rank() over (partition by ${key}, passes order by ${ORDER}) as place
          from credit where ${key} is not null) as ranked) as entries
      where passes and place = 1 group by member_id, day`;
  },
};
