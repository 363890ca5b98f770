import type { Operand } from '../kpi.js';

type More = Partial<Omit<Operand, 'aggregation' | 'types'>>;

const operand = (aggregation: Operand['aggregation'], types: readonly string[], more: More) => {
  return { aggregation, types, filters: {}, ...more } satisfies Operand;
};

/** How many activities there are of a type. */
export const countOf = (types: string | readonly string[], more: More = {}): Operand =>
  operand('count', [types].flat(), more);

/** A number of the activities of a type, added up. */
export const sumOf = (of: NonNullable<Operand['of']>, type: string, more: More = {}): Operand =>
  operand('sum', [type], { of, ...more });

/** Different customers with a sale. */
export const customersOf = (more: More = {}): Operand =>
  operand('distinct', ['deal.won'], { distinct: 'customer', ...more });

/** Of the items that enter a stage, those that reach a later one in time. */
export const reachedOf = (
  types: string | readonly string[],
  to: string | readonly string[],
  withinDays: number,
): Operand => operand('cohort-conversion', [types].flat(), { to: [to].flat(), withinDays });

export const VISITS = ['visit.done', 'visit.prospect'] as const;

/** How long one step of the way to a sale may take, and the whole of it, in days. */
export const STEP_DAYS = 90;
export const WAY_DAYS = 365;
export const FOLLOW_UP_DAYS = 14;

/** Sales and refunds, of which revenue is the difference. */
export const sales: Operand = sumOf('amount', 'deal.won');
export const refunds: Operand = sumOf('amount', 'sale.refunded');
