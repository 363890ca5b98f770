import type { Activity } from '../activity/activity.js';
import { addChecked } from '../quantity/scaled.js';
import { aggregations } from './aggregations/registry.js';
import { namesIn, signIn } from './formula.js';
import { addsUp, type Kpi } from './kpi.js';
import { narrow, type Filters } from './measure.js';

/** Whether each activity alone says what it gives to a KPI: then a list of them adds up to it. */
export const isGivenOneByOne = (kpi: Kpi): boolean =>
  addsUp(kpi) &&
  [...namesIn(kpi.formula)].every((name) => {
    const operand = kpi.measures[name];
    if (!operand || operand.at || operand.whole) return false;
    return aggregations[operand.aggregation].key(operand) === 'activity';
  });

/**
 * What an activity gives to a KPI, scaled: below zero where the formula takes it away, as net
 * revenue does of a refund. Only the parts of those who are counted.
 * @throws RangeError when it leaves the safe range
 */
export function givenBy(
  kpi: Kpi,
  filters: Filters,
  activity: Activity,
  counts: (memberId: string) => boolean,
): number {
  let sum = 0;
  for (const name of namesIn(kpi.formula)) {
    const operand = kpi.measures[name];
    if (!operand) continue;
    const sign = signIn(kpi.formula, name);
    const measure = narrow(operand, filters);
    for (const one of aggregations[measure.aggregation].contribute(measure, [activity])) {
      if (counts(one.memberId)) sum = addChecked(sum, sign * one.sum);
    }
  }
  return sum;
}
