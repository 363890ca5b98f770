import type { ProblemCode } from '../problem/catalogue.js';
import type { Day } from '../time/day.js';
import type { NextId } from './entitlement.js';
import { compareLots, isOverdue, split, take } from './lot.js';
import {
  afterAll,
  posting,
  total,
  type Account,
  type Part,
  type Posting,
  type Wallet,
} from './posting.js';

type Decided = { ok: true; postings: Posting[] } | { ok: false; problem: ProblemCode };

/**
 * Sets points aside for an order, the earliest to expire first. What is overdue is not to be had,
 * whether or not it has been posted yet.
 */
export function hold(wallet: Wallet, amount: number, today: Day, nextId: NextId): Decided {
  const parts = take(
    wallet.lots.filter((lot) => !isOverdue(lot, today)),
    'available',
    amount,
  );
  if (total(parts) < amount) return { ok: false, problem: 'insufficient-points' };
  return { ok: true, postings: [posting(nextId(), 'available', 'held', amount, { parts })] };
}

/** What the postings of one reference leave in an account, by lot. */
export function partsIn(account: Account, postings: readonly Posting[]): Part[] {
  const amounts = new Map<string, number>();
  for (const { from, to, parts } of postings) {
    const sign = Number(to === account) - Number(from === account);
    for (const { lotId, amount } of parts) {
      amounts.set(lotId, (amounts.get(lotId) ?? 0) + sign * amount);
    }
  }
  return [...amounts].flatMap(([lotId, amount]) => (amount > 0 ? [{ lotId, amount }] : []));
}

/** Spends what is held for an order, given the order's postings; a second time there is nothing. */
export function spend(postings: readonly Posting[], nextId: NextId): Posting[] {
  const parts = partsIn('held', postings);
  return parts.length === 0 ? [] : [posting(nextId(), 'held', 'redeemed', total(parts), { parts })];
}

/** Gives back what an order holds or has spent, to the lots it came from. */
export function giveBack(
  wallet: Wallet,
  postings: readonly Posting[],
  today: Day,
  nextId: NextId,
): Posting[] {
  let current = wallet;
  return (['held', 'redeemed'] as const).flatMap((account) => {
    const done = postings.findLast(({ to }) => to === account);
    const parts = partsIn(account, postings);
    if (!done || parts.length === 0) return [];
    const made = arrive(current, account, parts, { reverses: done.id }, today, nextId);
    current = afterAll(current, made);
    return made;
  });
}

/** What has been earned may be spent from now on. */
export function vest(
  wallet: Wallet,
  postings: readonly Posting[],
  today: Day,
  nextId: NextId,
): Posting[] {
  return arrive(wallet, 'pending', partsIn('pending', postings), {}, today, nextId);
}

/** Points come (back) to a wallet: the overdue ones expire, then what is owed is paid first. */
function arrive(
  wallet: Wallet,
  from: Account,
  parts: readonly Part[],
  more: Partial<Posting>,
  today: Day,
  nextId: NextId,
): Posting[] {
  const lots = new Map(wallet.lots.map((lot) => [lot.id, lot]));
  const lotOf = ({ lotId }: Part) => {
    const lot = lots.get(lotId);
    if (!lot) throw new RangeError(`lot ${lotId} is not of this wallet`);
    return lot;
  };
  const ordered = parts.toSorted((a, b) => compareLots(lotOf(a), lotOf(b)));
  const overdue = ordered.filter((part) => isOverdue(lotOf(part), today));
  const good = ordered.filter((part) => !isOverdue(lotOf(part), today));
  const [repaid, rest] = split(good, -wallet.owed);
  const ways = [
    ['expired', overdue],
    ['owed', repaid],
    ['available', rest],
  ] as const;
  return ways.flatMap(([to, moved]) =>
    moved.length > 0 ? [posting(nextId(), from, to, total(moved), { ...more, parts: moved })] : [],
  );
}
