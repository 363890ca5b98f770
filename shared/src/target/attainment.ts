import type { Figure } from '../kpi/result.js';
import { minus, over, type Fraction } from '../quantity/fraction.js';

/**
 * How far a target is reached: actual ÷ target. Where less is better it is the way made from the
 * baseline: (baseline − actual) ÷ (baseline − target).
 */
export function attainment(
  direction: 'higher' | 'lower',
  actual: Figure,
  target: Fraction | undefined,
  baseline?: Figure,
): Figure {
  const none = (reason: Figure['reason']): Figure => {
    return { ...actual, numerator: actual.value, denominator: target ?? null, value: null, reason };
  };
  if (!target) return none('no-target');
  if (!actual.value) return none(actual.reason);
  if (direction === 'higher') {
    if (target.n === 0n) return none('no-denominator');
    return { ...none(null), value: over(actual.value, target) };
  }
  if (!baseline?.value) return none('no-history');
  const numerator = minus(baseline.value, actual.value);
  const denominator = minus(baseline.value, target);
  const sides = { ...none(null), numerator, denominator };
  if (denominator.n === 0n) return { ...sides, reason: 'no-denominator' };
  return { ...sides, value: over(numerator, denominator) };
}
