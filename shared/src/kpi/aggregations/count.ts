import { SCALE } from '../../quantity/scaled.js';
import type { Aggregation } from './aggregation.js';

/** How many activities there are; one activity is one, scaled. */
export const count: Aggregation = {
  contribute: () => ({ count: SCALE, sum: SCALE }),
  sql: { count: `count(*) * ${SCALE}`, sum: `count(*) * ${SCALE}` },
};
