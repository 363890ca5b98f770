import type { LotView, PostingView, WalletView } from '@palmares/shared/ledger/wallet';
import { POINTS } from '@palmares/shared/ledger/currency';
import { ask, askAll, withQuery } from '../http/http';

export type { LotView, PostingView };
export type Wallet = WalletView['wallets'][number];

/** What a running challenge would give if it ended as it stands. */
export interface Upcoming {
  challengeId: string;
  name: string;
  rank: number | null;
  points: number;
  prizes: string[];
}

const none: Wallet = {
  currency: POINTS,
  available: 0,
  pending: 0,
  held: 0,
  owed: 0,
  nextExpiry: null,
};

/** My points; nothing yet is a wallet too. */
export async function readWallet(): Promise<Wallet> {
  const { wallets } = await ask<WalletView>('/api/wallet');
  return wallets.find(({ currency }) => currency === POINTS) ?? none;
}

export interface PostingPage {
  items: PostingView[];
  nextCursor: string | null;
}

export const readPostings = (limit: number, cursor?: string): Promise<PostingPage> =>
  ask(withQuery('/api/wallet/postings', { limit, cursor }));

export const readLots = (): Promise<LotView[]> => askAll('/api/wallet/lots');

/** A gift that was won, for oneself or by one's team. */
export interface WonPrize {
  challengeId: string;
  name: string;
  prize: string;
  wonAt: string;
}

export const readPrizes = async (): Promise<WonPrize[]> =>
  (await ask<{ items: WonPrize[] }>('/api/wallet/prizes')).items;

export const readUpcoming = async (): Promise<Upcoming[]> =>
  (await ask<{ items: Upcoming[] }>('/api/wallet/upcoming')).items;
