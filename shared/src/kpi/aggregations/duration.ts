import type { Activity } from '../../activity/activity.js';
import { creditsOf } from '../../activity/credit.js';
import { daysBetween } from '../../time/day.js';
import { matches, type Measure } from '../measure.js';
import { daysOf, type Aggregation, type Each } from './aggregation.js';

function began(measure: Measure, activity: Activity, others: readonly Activity[]) {
  const { since } = measure;
  if (!since) return activity.openedOn;
  return others.find(({ type }) => since.includes(type))?.occurredOn ?? null;
}

const SINCE_OPENING: Each = { sum: 'weight * (day - opened_on)', where: 'opened_on <= day' };

/**
 * Calendar days from one stage to another: from an activity's opening date to its own, or from the
 * first activity of an earlier stage of the same item. What has no beginning, or begins after it
 * ends, is left out. The sum is days, the count activities, both by weight: the mean is their ratio.
 */
export const duration: Aggregation = {
  key: ({ since }) => (since ? 'item' : 'activity'),
  take: 'all',
  combine: 'mean',
  windowed: false,
  reads: 'ratio',
  additive: true,
  reach: ({ since }, { from, to }) => (since ? { to } : { from, to }),
  contribute: (measure, activities, credits = creditsOf) =>
    activities
      .filter((activity) => matches(measure, activity))
      .flatMap((activity) => {
        const start = began(measure, activity, activities);
        const days = start === null ? -1 : daysBetween(start, activity.occurredOn);
        if (days < 0) return [];
        return credits(activity, measure.filters.product).map(({ memberId, weight }) => {
          return { memberId, day: activity.occurredOn, count: weight, sum: weight * days };
        });
      }),
  each: ({ since }) => (since ? undefined : SINCE_OPENING),
  sql: ({ since }, bind) => {
    if (!since) return daysOf(SINCE_OPENING);
    return `select member_id, day, sum(weight) as count, sum(weight * (day - start)) as sum
      from (select *, min(day) filter (where type = any(${bind(since)}))
          over (partition by item) as start
        from credit where item is not null) as ended
      where passes and start <= day group by member_id, day`;
  },
};
