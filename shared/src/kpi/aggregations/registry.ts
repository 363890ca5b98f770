import type { AggregationName } from '../measure.js';
import type { Aggregation } from './aggregation.js';
import { cohortConversion } from './cohort-conversion.js';
import { count } from './count.js';
import { distinct } from './distinct.js';
import { duration } from './duration.js';
import { max, min } from './extreme.js';
import { latestPerRespondent } from './latest-per-respondent.js';
import { latest } from './latest.js';
import { newCustomers } from './new-customers.js';
import { open } from './open.js';
import { repeatCustomers } from './repeat-customers.js';
import { retainedCustomers } from './retained-customers.js';
import { mean, sum } from './sum.js';

/** Every aggregation by its name in a measure. */
export const aggregations: Record<AggregationName, Aggregation> = {
  count,
  sum,
  mean,
  min,
  max,
  latest,
  distinct,
  'latest-per-respondent': latestPerRespondent,
  'new-customers': newCustomers,
  'retained-customers': retainedCustomers,
  'cohort-conversion': cohortConversion,
  duration,
  'repeat-customers': repeatCustomers,
  open,
};
