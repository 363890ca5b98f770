import type { Aggregation } from './aggregation.js';
import { count } from './count.js';
import { sumAmount } from './sum-amount.js';
import { sumQuantity } from './sum-quantity.js';

/** Every aggregation by its name in a measure. */
export const aggregations = {
  count,
  'sum-amount': sumAmount,
  'sum-quantity': sumQuantity,
} as const satisfies Record<string, Aggregation>;
