import type { Activity } from '../../activity/activity.js';
import { creditsOf } from '../../activity/credit.js';
import { matches, type Measure } from '../measure.js';
import type { Aggregation, Contribution } from './aggregation.js';

/** The sum of a number of the activities, each member's part by weight, to the last unit. */
export const sum: Aggregation = {
  key: () => 'activity',
  take: 'all',
  combine: 'sum',
  windowed: false,
  contribute: (measure, activities) => values(measure, activities, 0),
  sql: ({ of = 'amount' }) => `select member_id, day, sum(weight) as count,
      coalesce(sum(${of}), 0) as sum
    from credit where passes group by member_id, day`,
};

/** The sum, and how many activities have the number at all: their mean is one by the other. */
export const mean: Aggregation = {
  ...sum,
  combine: 'mean',
  contribute: (measure, activities) => values(measure, activities, null),
  sql: ({ of = 'amount' }) => `select member_id, day, sum(weight) as count, sum(${of}) as sum
    from credit where passes and ${of} is not null group by member_id, day`,
};

function values(
  measure: Measure,
  activities: readonly Activity[],
  missing: 0 | null,
): Contribution[] {
  const { of = 'amount', filters } = measure;
  return activities
    .filter((activity) => matches(measure, activity))
    .flatMap((activity) =>
      creditsOf(activity, filters.product).flatMap((credit) => {
        const value = credit[of] ?? missing;
        if (value === null) return [];
        const { memberId, weight } = credit;
        return { memberId, day: activity.occurredOn, count: weight, sum: value };
      }),
    );
}
