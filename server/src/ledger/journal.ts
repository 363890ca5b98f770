import { afterAll, type Lot, type Posting } from '@palmares/shared/ledger/posting';
import { breathe } from '../platform/breathe.js';
import type { Signal } from '../live/signal.js';
import type { Tx } from '../platform/database.js';
import type { BudgetRow } from './budget.store.js';
import * as postingStore from './posting.store.js';
import type { Entry, MadeLot, Stamp } from './posting.store.js';
import * as walletStore from './wallet.store.js';
import type { OpenWallet } from './wallet.store.js';

/** A signal is small. */
const NAMED_MAX = 50;

/** Lines put into words before the sockets are served again. */
const AT_ONCE = 5_000;

/** What some postings are for, and how many there were before them. */
export interface Heading {
  reference: string;
  count: number;
  reason: string;
  budgetId?: string | null;
}

/** Collects what one command posts, keeps wallets up to date with it, and writes all of it at once. */
export class Journal {
  private readonly entries: Entry[] = [];
  private readonly touched = new Set<OpenWallet>();

  constructor(
    private readonly stamp: Stamp,
    private readonly signal: Signal,
  ) {}

  get size(): number {
    return this.entries.length;
  }

  /** Enters postings of a wallet, which is open. */
  enter(open: OpenWallet, postings: readonly Posting[], heading: Heading): void {
    if (postings.length === 0) return;
    open.wallet = afterAll(open.wallet, postings);
    for (const [at, posting] of postings.entries()) {
      this.add(open.memberId, open.currency, (open.lines += 1), posting, heading, at);
    }
    this.touched.add(open);
  }

  /** Enters a posting between issuance and a budget. */
  enterBudget(budget: BudgetRow, posting: Posting, reason: string): void {
    const heading = {
      reference: `budget/${budget.id}`,
      count: budget.lines,
      reason,
      budgetId: budget.id,
    };
    this.add(budget.id, budget.currency, (budget.lines += 1), posting, heading, 0);
  }

  /** Writes postings, lots, movements and balances. */
  async write(tx: Tx): Promise<void> {
    if (this.entries.length === 0) return;
    const { stamp, entries } = this;
    const amounts = new Map<string, number>();
    for (const { posting } of entries) if (posting.makes) amounts.set(posting.id, posting.amount);
    const made: MadeLot[] = [];
    const moved: Lot[] = [];
    for (const { wallet, stored, memberId, currency } of this.touched) {
      for (const lot of wallet.lots) {
        const amount = amounts.get(lot.id);
        if (amount !== undefined) made.push({ ...lot, memberId, currency, amount });
        else if (!stored.has(lot)) moved.push(lot);
      }
    }
    // One after the other on the connection, while the next ones are being put into words.
    tx.meanwhile(postingStore.appendLots(tx, stamp, made));
    for (let at = 0; at < entries.length; at += AT_ONCE) {
      const some = entries.slice(at, at + AT_ONCE);
      tx.meanwhile(postingStore.append(tx, stamp, some));
      tx.meanwhile(postingStore.appendMovements(tx, stamp, some));
      await breathe();
    }
    tx.meanwhile(walletStore.writeLots(tx, stamp.organisationId, moved));
    await walletStore.write(tx, stamp.organisationId, [...this.touched]);
    await this.announce(tx);
  }

  /** Of many at once it is not said who they are. */
  private async announce(tx: Tx): Promise<void> {
    const { organisationId } = this.stamp;
    const all = [...new Set([...this.touched].map(({ memberId }) => memberId))];
    if (all.length === 0) return;
    const memberIds = all.length > NAMED_MAX ? null : all;
    await this.signal.send(tx, { kind: 'posted', organisationId, memberIds });
  }

  private add(
    ownerId: string,
    currency: string,
    line: number,
    posting: Posting,
    { reference, count, reason, budgetId }: Heading,
    at: number,
  ): void {
    const number = count + at + 1;
    const entry = { posting, ownerId, currency, line, reference, number, reason };
    this.entries.push({ ...entry, budgetId: budgetId ?? null });
  }
}
