import type { ProblemCode } from '../problem/catalogue.js';

/** What may be spent on something. `balance` is `reserved - returned` less what has been paid. */
export interface Budget {
  /** Put in, all told. */
  reserved: number;
  /** Given back to issuance once nothing more was to be paid. */
  returned: number;
  balance: number;
}

export const emptyBudget: Budget = { reserved: 0, returned: 0, balance: 0 };

type Decided = { ok: true; budget: Budget } | { ok: false; problem: ProblemCode };

const exceeded = { ok: false, problem: 'budget-exceeded' } as const;

/** The envelope is this much from now on; not less than what has been paid and returned. */
export function reserve({ reserved, returned, balance }: Budget, amount: number): Decided {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`an envelope of ${amount}`);
  const left = balance + amount - reserved;
  return left < 0 ? exceeded : { ok: true, budget: { reserved: amount, returned, balance: left } };
}

/** Pays from the envelope; a negative amount comes back to it. */
export function pay(budget: Budget, amount: number): Decided {
  const balance = budget.balance - amount;
  return balance < 0 ? exceeded : { ok: true, budget: { ...budget, balance } };
}

/** The rest goes back. */
export function release({ reserved, returned, balance }: Budget): Budget {
  return { reserved, returned: returned + balance, balance: 0 };
}

export const paid = ({ reserved, returned, balance }: Budget): number =>
  reserved - returned - balance;
