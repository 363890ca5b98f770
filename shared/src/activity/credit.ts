import { SCALE } from '../quantity/scaled.js';
import type { Activity, Line, Share } from './activity.js';

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
  const { amount, quantity } = activity;
  if (!products) return { amount, quantity, cost: sum(activity.lines, 'cost') };
  const lines = activity.lines.filter(({ product }) => products.includes(product));
  return {
    amount: sum(lines, 'amount'),
    quantity: sum(lines, 'quantity'),
    cost: sum(lines, 'cost'),
  };
}

/** Nothing where no line says anything. */
function sum(lines: readonly Line[], field: 'amount' | 'quantity' | 'cost'): number | null {
  let total: number | null = null;
  for (const line of lines) {
    const value = line[field];
    if (value !== null) total = (total ?? 0) + value;
  }
  return total;
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
