import type { Day } from '../time/day.js';
import { isOverdue, take } from './lot.js';
import {
  isSource,
  posting,
  total,
  type Account,
  type Lot,
  type Part,
  type Posting,
  type Source,
  type Wallet,
} from './posting.js';

/** Makes the id of the next posting. */
export type NextId = () => string;

/** What somebody is due for something. */
export interface Entitlement {
  /** What for: `challenge/{id}/{line}`. */
  reference: string;
  due: number;
  from: Source;
  regime: string;
  expiresOn: Day | null;
  /** Earned, but not to be spent before it is vested. */
  pending?: boolean;
}

/** What has been posted under a reference so far: paid less taken back. */
export function posted(postings: readonly Pick<Posting, 'from' | 'to' | 'amount'>[]): number {
  return postings.reduce((sum, { from, to, amount }) => {
    if (isSource(from)) return sum + amount;
    return isSource(to) ? sum - amount : sum;
  }, 0);
}

/**
 * The postings between what stands and what is due: so that whatever is corrected, replayed or run
 * twice ends where it should. What is due again expires when it would have done.
 */
export function difference(
  wallet: Wallet,
  entitlement: Entitlement,
  standing: number,
  today: Day,
  nextId: NextId,
): Posting[] {
  const { due, reference } = entitlement;
  if (!Number.isSafeInteger(due - standing)) throw new RangeError(`${due} points are due`);
  if (due < standing) {
    return takeBack(wallet, standing - due, reference, entitlement.from, today, nextId);
  }
  const earlier = wallet.lots.find((lot) => lot.reference === reference);
  const { regime, expiresOn } = earlier ?? entitlement;
  return earn(wallet, due - standing, { ...entitlement, regime, expiresOn }, nextId);
}

/** Earnings pay first what is owed; the rest is a lot. */
function earn(
  wallet: Wallet,
  amount: number,
  { from, reference, regime, expiresOn, pending }: Entitlement,
  nextId: NextId,
): Posting[] {
  const repaid = pending ? 0 : Math.min(amount, -wallet.owed);
  const rest = amount - repaid;
  const postings: Posting[] = [];
  if (repaid > 0) postings.push(posting(nextId(), from, 'owed', repaid));
  if (rest > 0) {
    const id = nextId();
    const makes = { reference, regime, expiresOn };
    const parts = [{ lotId: id, amount: rest }];
    postings.push(posting(id, from, pending ? 'pending' : 'available', rest, { parts, makes }));
  }
  return postings;
}

/**
 * Takes points back: pending ones of this reference, what is left of its lots, what has expired of
 * them (for which nothing is owed), other lots, the earliest to expire first; the rest is owed.
 */
function takeBack(
  wallet: Wallet,
  amount: number,
  reference: string,
  to: Source,
  today: Day,
  nextId: NextId,
): Posting[] {
  const own = (lot: Lot) => lot.reference === reference;
  const postings: Posting[] = [];
  let left = amount;
  const from = (account: Account, parts: readonly Part[]) => {
    if (parts.length === 0) return;
    postings.push(posting(nextId(), account, to, total(parts), { parts }));
    left -= total(parts);
  };
  const mine = wallet.lots.filter(own);
  from('pending', take(mine, 'pending', left));
  from('available', take(mine, 'available', left));
  from('expired', take(mine, 'expired', left));
  const others = wallet.lots.filter((lot) => !own(lot) && !isOverdue(lot, today));
  from('available', take(others, 'available', left));
  if (left > 0) postings.push(posting(nextId(), 'owed', to, left));
  return postings;
}

/** What has become overdue expires, a posting for each lot. What is held waits for its order. */
export function expire(wallet: Wallet, today: Day, nextId: NextId): Posting[] {
  return wallet.lots
    .filter((lot) => lot.available > 0 && isOverdue(lot, today))
    .map((lot) =>
      posting(nextId(), 'available', 'expired', lot.available, {
        parts: [{ lotId: lot.id, amount: lot.available }],
      }),
    );
}
