import type {
  Adjusted,
  adjustmentSchema,
  budgetPageSchema,
  ledgerCheckSchema,
  PostingView,
  WalletView,
} from '@palmares/shared/ledger/wallet';
import type { z } from 'zod';
import { ask, askAll } from '../http/http';

export type Budget = z.output<typeof budgetPageSchema>['items'][number];
export type LedgerCheck = z.output<typeof ledgerCheckSchema>;
export type { PostingView, WalletView };

const walletOf = (id: string) => `/api/members/${encodeURIComponent(id)}/wallet`;

export const readBudgets = (): Promise<Budget[]> => askAll('/api/budgets');
export const readCheck = (): Promise<LedgerCheck> => ask('/api/ledger/check');
export const readWallet = (memberId: string): Promise<WalletView> => ask(walletOf(memberId));
export const readPostings = async (memberId: string): Promise<PostingView[]> =>
  (await ask<{ items: PostingView[] }>(`${walletOf(memberId)}/postings?limit=50`)).items;

/** Gives or takes points; the same key twice does it once. */
export const adjust = (
  body: z.output<typeof adjustmentSchema>,
  idempotencyKey: string,
): Promise<Adjusted> => ask('/api/ledger/adjustments', { method: 'POST', body, idempotencyKey });
