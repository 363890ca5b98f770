import type { Activity } from '../../activity/activity.js';
import { creditsOf, type Credits } from '../../activity/credit.js';
import { matches, type Measure } from '../measure.js';
import { fieldOf, seenBy } from '../seen.js';
import { daysOf, itself, type Aggregation, type Contribution, type Each } from './aggregation.js';

const added = (measure: Measure): Each => ({ sum: fieldOf(measure) });

const given = (measure: Measure): Each => {
  return { sum: fieldOf(measure), where: `${fieldOf(measure)} is not null` };
};

/** The sum of a number of the activities, each member's part by weight, to the last unit. */
export const sum: Aggregation = {
  key: () => 'activity',
  take: 'all',
  combine: 'sum',
  windowed: false,
  reads: 'sum',
  additive: true,
  reach: itself,
  contribute: (measure, activities, credits) => values(measure, activities, 0, credits),
  each: added,
  sql: (measure) => daysOf(added(measure)),
};

/** The sum, and how many activities have the number at all: their mean is one by the other. */
export const mean: Aggregation = {
  ...sum,
  combine: 'mean',
  reads: 'ratio',
  contribute: (measure, activities, credits) => values(measure, activities, null, credits),
  each: given,
  sql: (measure) => daysOf(given(measure)),
};

function values(
  measure: Measure,
  activities: readonly Activity[],
  missing: 0 | null,
  credits: Credits = creditsOf,
): Contribution[] {
  const of = fieldOf(measure);
  const found: Contribution[] = [];
  for (const activity of activities) {
    if (!matches(measure, activity)) continue;
    for (const credit of credits(seenBy(measure, activity), measure.filters.product)) {
      const value = credit[of] ?? missing;
      if (value === null) continue;
      const { memberId, weight } = credit;
      found.push({ memberId, day: activity.occurredOn, count: weight, sum: value });
    }
  }
  return found;
}
