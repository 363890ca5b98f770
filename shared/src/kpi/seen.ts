import type { Activity, Line } from '../activity/activity.js';
import { SCALE } from '../quantity/scaled.js';
import type { Measure } from './measure.js';

/** Where the number that a measure reads is found, once `seenBy` has looked. */
export const fieldOf = ({ of = 'amount' }: Measure): 'amount' | 'quantity' | 'cost' =>
  of === 'products' ? 'quantity' : of;

/**
 * An activity as a measure's number sees it. Different products are a quantity of one each; what
 * says a price without a quantity, or the reverse, says neither.
 */
export function seenBy(measure: Measure, activity: Activity): Activity {
  const seen = unstepped(measure, activity);
  return measure.step ? steppedOf(measure, measure.step, seen) : seen;
}

function unstepped({ of, priced }: Measure, activity: Activity): Activity {
  if (priced) return pricedOf(activity);
  if (of !== 'products') return activity;
  const products = new Set(activity.lines.map(({ product }) => product));
  const lines = [...products].map((product): Line => {
    return { product, quantity: SCALE, amount: null, cost: null };
  });
  return { ...activity, quantity: lines.length * SCALE, lines };
}

/** Whole steps of all that the measure's filter lets through; they are then shared. */
function steppedOf(measure: Measure, step: number, activity: Activity): Activity {
  const { product: wanted } = measure.filters;
  const field = fieldOf(measure);
  const { lines } = activity;
  const looked = wanted ? lines.filter(({ product }) => wanted.includes(product)) : lines;
  const value = wanted || field === 'cost' ? sum(looked, field) : activity[field];
  const whole = value === null ? null : value - (value % step);
  if (!wanted && field !== 'cost') return { ...activity, [field]: whole };
  const none = { product: wanted?.[0] ?? '', quantity: null, amount: null, cost: null };
  return { ...activity, lines: [{ ...none, [field]: whole }] };
}

function pricedOf(activity: Activity): Activity {
  const lines = activity.lines.map((line): Line => {
    const whole = line.quantity !== null && line.amount !== null;
    return whole ? line : { ...line, quantity: null, amount: null };
  });
  if (lines.length > 0) {
    return { ...activity, lines, quantity: sum(lines, 'quantity'), amount: sum(lines, 'amount') };
  }
  const whole = activity.quantity !== null && activity.amount !== null;
  return whole ? activity : { ...activity, quantity: null, amount: null };
}

function sum(lines: readonly Line[], field: 'quantity' | 'amount' | 'cost'): number | null {
  const given = lines.map((line) => line[field]).filter((value) => value !== null);
  return given.length === 0 ? null : given.reduce((total, value) => total + value, 0);
}
