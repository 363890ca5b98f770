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
  sql: (measure, bind) => {
    const key = measure.link ?? 'item';
    const types = bind(measure.types);
    const to = bind(measure.to ?? []);
    const within = measure.withinDays === undefined ? '' : bind(measure.withinDays);
    const limit = within ? `and later.day <= entry.day + ${within}::int` : '';
    return `select member_id, day, sum(weight) as count,
        sum(case when reached then weight else 0 end) as sum
      from (select entry.*, exists (select from credit later
          where later.${key} = entry.${key} and later.type = any(${to})
            and later.day >= entry.day ${limit}) as reached
        from (select *, rank() over (partition by ${key} order by ${ORDER}) as place
          from credit where passes and ${key} is not null and type = any(${types})) as entry
        where place = 1) as entries
      group by member_id, day`;
  },
};
