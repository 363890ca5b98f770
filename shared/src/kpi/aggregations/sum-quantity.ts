import { SCALE } from '../../quantity/scaled.js';
import type { Aggregation } from './aggregation.js';

/** The sum of the activities' quantity; an activity without one adds nothing to the sum. */
export const sumQuantity: Aggregation = {
  contribute: (activity) => ({ count: SCALE, sum: activity.quantity ?? 0 }),
  sql: { count: `count(*) * ${SCALE}`, sum: 'coalesce(sum(quantity), 0)' },
};
