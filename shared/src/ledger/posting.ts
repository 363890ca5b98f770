import type { Day } from '../time/day.js';

/** Where points are. They come from `issuance` or a budget, and in the end are redeemed or expire. */
export const accounts = [
  'issuance',
  'budget',
  'pending',
  'available',
  'held',
  'owed',
  'redeemed',
  'expired',
] as const;
export type Account = (typeof accounts)[number];

/** What an entitlement is paid from, and goes back to. */
export type Source = Extract<Account, 'issuance' | 'budget'>;

/** The accounts in which points are still told apart by lot and may move on. */
export const places = ['pending', 'available', 'held', 'expired'] as const;
export type Place = (typeof places)[number];

/** The accounts of a member in one points currency; all but `owed` are sums over lots. */
export const walletAccounts = ['pending', 'available', 'held', 'owed'] as const;
export type WalletAccount = (typeof walletAccounts)[number];

/** Points earned together; `reference` says what for. */
export interface Lot extends Record<Place, number> {
  id: string;
  reference: string;
  regime: string;
  /** The first local day on which they cannot be spent any more; null for never. */
  expiresOn: Day | null;
}

/** The points of a member in one currency. `owed` is never positive, the others never negative. */
export interface Wallet extends Record<WalletAccount, number> {
  lots: readonly Lot[];
}

/** How many points of a lot a posting moves. */
export interface Part {
  lotId: string;
  amount: number;
}

/** Points that move from one account to another, never changed afterwards. */
export interface Posting {
  id: string;
  from: Account;
  to: Account;
  amount: number;
  /** From which lots; none where no lot is concerned, as when a debt is paid. */
  parts: readonly Part[];
  /** The lot that it makes, which has the posting's own id. */
  makes: Pick<Lot, 'reference' | 'regime' | 'expiresOn'> | null;
  /** The posting that it takes back. */
  reverses: string | null;
}

export const emptyWallet: Wallet = { pending: 0, available: 0, held: 0, owed: 0, lots: [] };

export const isSource = (account: Account): account is Source =>
  account === 'issuance' || account === 'budget';

const isPlace = (account: Account): account is Place => places.some((place) => place === account);

const isOfWallet = (account: Account): account is WalletAccount =>
  walletAccounts.some((one) => one === account);

/** Points are whole: issuance and what is owed may be below zero, nothing else. */
export function isAllowed(account: Account, balance: number): boolean {
  if (!Number.isSafeInteger(balance)) return false;
  if (account === 'issuance') return true;
  return account === 'owed' ? balance <= 0 : balance >= 0;
}

/** A posting that moves points of lots, or none of any. */
export function posting(
  id: string,
  from: Account,
  to: Account,
  amount: number,
  more: Partial<Posting> = {},
): Posting {
  return { id, from, to, amount, parts: [], makes: null, reverses: null, ...more };
}

export const total = (parts: readonly Part[]): number =>
  parts.reduce((sum, { amount }) => sum + amount, 0);

function moved(lot: Lot, { from, to }: Posting, amount: number): Lot {
  const after = { ...lot };
  if (isPlace(from)) after[from] -= amount;
  if (isPlace(to)) after[to] += amount;
  const wrong = places.find((place) => !isAllowed(place, after[place]));
  if (wrong) throw new RangeError(`lot ${lot.id} would have ${after[wrong]} points ${wrong}`);
  return after;
}

/**
 * The wallet after a posting.
 * @throws RangeError where an account or a lot would have what it may not have
 */
export function after(wallet: Wallet, done: Posting): Wallet {
  const { from, to, amount, parts, makes } = done;
  if (!(amount > 0)) throw new RangeError(`a posting of ${amount} points`);
  if ((isPlace(from) || isPlace(to)) && total(parts) !== amount) {
    throw new RangeError(`a posting of ${amount} points moves ${total(parts)} of lots`);
  }
  const next = { ...wallet };
  if (isOfWallet(from)) next[from] -= amount;
  if (isOfWallet(to)) next[to] += amount;
  const wrong = walletAccounts.find((account) => !isAllowed(account, next[account]));
  if (wrong) throw new RangeError(`a wallet would have ${next[wrong]} points ${wrong}`);
  const amounts = new Map(parts.map((part) => [part.lotId, part.amount]));
  const lots = makes ? [...wallet.lots, { id: done.id, ...makes, ...emptyLot }] : wallet.lots;
  if (amounts.size === 0) return next;
  let found = 0;
  next.lots = lots.map((lot) => {
    const part = amounts.get(lot.id);
    if (part === undefined) return lot;
    found += 1;
    return moved(lot, done, part);
  });
  if (found < amounts.size) throw new RangeError('a posting moves points of a foreign lot');
  return next;
}

const emptyLot = { pending: 0, available: 0, held: 0, expired: 0 };

/** The wallet after several postings, one after the other. */
export const afterAll = (wallet: Wallet, postings: readonly Posting[]): Wallet =>
  postings.reduce(after, wallet);
