import { SCALE } from '../../quantity/scaled.js';
import type { Aggregation } from './aggregation.js';

/** The sum of the activities' amount; an activity without one adds nothing to the sum. */
export const sumAmount: Aggregation = {
  contribute: (activity) => ({ count: SCALE, sum: activity.amount ?? 0 }),
  sql: { count: `count(*) * ${SCALE}`, sum: 'coalesce(sum(amount), 0)' },
};
