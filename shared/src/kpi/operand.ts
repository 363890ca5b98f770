import { previousPeriod, type Period, type Window } from '../time/period.js';
import { aggregations } from './aggregations/registry.js';
import type { Operand } from './kpi.js';
import type { Measure } from './measure.js';

/** A measure in the window in which a formula reads it. */
export interface Windowed {
  measure: Measure;
  window: Window;
}

/** What an operand means in a period: its window, and what a windowed measure must know of it. */
export function operandIn(operand: Operand, period: Period): Windowed {
  const { at, whole: _whole, ...measure } = operand;
  const own = at === 'previous' ? previousPeriod(period) : period;
  const window = { from: own.from, to: own.to };
  if (!aggregations[measure.aggregation].windowed) return { measure, window };
  const isReturn = measure.aggregation === 'retained-customers';
  const before = isReturn ? { before: previousPeriod(own).from } : {};
  return { measure: { ...measure, window, ...before }, window };
}
