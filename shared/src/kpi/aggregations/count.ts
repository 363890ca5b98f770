import { creditsOf } from '../../activity/credit.js';
import { matches } from '../measure.js';
import { daysOf, itself, type Aggregation } from './aggregation.js';

/** How many activities there are; a shared one counts for each member by weight. */
export const count: Aggregation = {
  key: () => 'activity',
  take: 'all',
  combine: 'sum',
  windowed: false,
  reads: 'sum',
  additive: true,
  reach: itself,
  contribute: (measure, activities, credits = creditsOf) =>
    activities
      .filter((activity) => matches(measure, activity))
      .flatMap((activity) =>
        credits(activity, measure.filters.product).map(({ memberId, weight }) => {
          return { memberId, day: activity.occurredOn, count: weight, sum: weight };
        }),
      ),
  each: () => ({ sum: 'weight' }),
  sql: () => daysOf({ sum: 'weight' }),
};
