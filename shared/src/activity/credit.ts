import { SCALE } from '../quantity/scaled.js';
import type { Activity, Share } from './activity.js';

/** What a member has of an activity: a scaled part of the count, and whole scaled amounts. */
export interface Credit {
  memberId: string;
  weight: number;
  amount: number | null;
  quantity: number | null;
  cost: number | null;
}

/**
 * Divides a whole number of the smallest units by weights that add up to `SCALE`, without losing
 * one: everybody gets the part rounded down, what is left goes one by one to the largest
 * remainders, the earlier share first (Hamilton's method).
 * @example allot(100, [3333, 3333, 3334]) // [33, 33, 34]
 */
export function allot(total: number, weights: readonly number[]): number[] {
  const tens = Math.floor(total / SCALE);
  const rest = total - tens * SCALE;
  const parts = weights.map((weight) => tens * weight + Math.floor((rest * weight) / SCALE));
  let left = total - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (rest * weight) % SCALE }))
    .toSorted((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

/** The amount, quantity and cost of an activity, of all its lines or of those of some products. */
function valuesOf(activity: Activity, products: readonly string[] | undefined) {
  if (!products) {
    const cost = sum(activity.lines.map((line) => line.cost));
    return { amount: activity.amount, quantity: activity.quantity, cost };
  }
  const lines = activity.lines.filter(({ product }) => products.includes(product));
  return {
    amount: sum(lines.map((line) => line.amount)),
    quantity: sum(lines.map((line) => line.quantity)),
    cost: sum(lines.map((line) => line.cost)),
  };
}

function sum(values: readonly (number | null)[]): number | null {
  const given = values.filter((value) => value !== null);
  return given.length === 0 ? null : given.reduce((total, value) => total + value, 0);
}

/** Who is credited what of an activity; each of them once. */
export type Credits = (activity: Activity, products?: readonly string[]) => Credit[];

/** What each member of an activity is credited, seen through a filter on products. */
export function creditsOf(activity: Activity, products?: readonly string[]): Credit[] {
  const { amount, quantity, cost } = valuesOf(activity, products);
  const { shares } = activity;
  const only = shares.length === 1 ? shares[0] : undefined;
  if (only) return [{ ...only, amount, quantity, cost }];
  const amounts = divide(amount, shares);
  const quantities = divide(quantity, shares);
  const costs = divide(cost, shares);
  return shares.map(({ memberId, weight }, index) => ({
    memberId,
    weight,
    amount: amounts[index] ?? null,
    quantity: quantities[index] ?? null,
    cost: costs[index] ?? null,
  }));
}

function divide(total: number | null, shares: readonly Share[]): readonly number[] {
  if (total === null) return [];
  return allot(
    total,
    shares.map(({ weight }) => weight),
  );
}
