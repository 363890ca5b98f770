import { Injectable } from '@nestjs/common';
import { paid } from '@palmares/shared/ledger/budget';
import { POINTS } from '@palmares/shared/ledger/currency';
import type { WalletQuery, WalletView } from '@palmares/shared/ledger/wallet';
import { MemberService } from '../people/member.service.js';
import { Database } from '../platform/database.js';
import * as budgetStore from './budget.store.js';
import * as currencyStore from './currency.store.js';
import * as store from './wallet-view.store.js';

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** One item more was asked for than is shown, to know whether there are more. */
function page<Item>(rows: Item[], limit: number, cursor: (item: Item) => string): Page<Item> {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : cursor(last) };
}

/** What there is to see of wallets and budgets. */
@Injectable()
export class WalletService {
  constructor(
    private readonly database: Database,
    private readonly members: MemberService,
  ) {}

  /** The wallets of a member, one for each points currency. */
  async wallet(organisationId: string, memberId: string): Promise<WalletView> {
    return this.database.snapshot(async (tx) => {
      const currencies = await currencyStore.list(tx, organisationId);
      const rows = await store.walletsOf(tx, organisationId, memberId);
      const wallets = [...new Set([POINTS, ...currencies])].map((currency) => {
        const row = rows.find((one) => one.currency === currency);
        const { available = 0, pending = 0, held = 0, owed = 0 } = row ?? {};
        const { nextOn: on = null, nextAmount: amount = null } = row ?? {};
        const nextExpiry = on === null || amount === null ? null : { on, amount };
        return { currency, available, pending, held, owed, nextExpiry };
      });
      return { memberId, wallets };
    });
  }

  /** The last line of a statement. */
  async lastLine(organisationId: string, memberId: string): Promise<number> {
    return this.database.read((tx) => store.lastLine(tx, organisationId, memberId));
  }

  /** What came to, or went from, the points that may be spent after a line of the statement. */
  async postedSince(organisationId: string, memberId: string, line: number) {
    return this.database.read((tx) => store.postedSince(tx, organisationId, memberId, line));
  }

  /** The statement, the latest posting first. */
  async postings(organisationId: string, memberId: string, query: WalletQuery) {
    const more = { ...query, limit: query.limit + 1 };
    const rows = await this.database.read((tx) =>
      store.statement(tx, organisationId, memberId, more),
    );
    return page(rows, query.limit, ({ line }) => String(line));
  }

  /** What is left of what was earned, the earliest to expire first. */
  async lots(organisationId: string, memberId: string, query: WalletQuery) {
    const more = { ...query, limit: query.limit + 1 };
    const rows = await this.database.read((tx) => store.lots(tx, organisationId, memberId, more));
    return page(rows, query.limit, ({ id }) => id);
  }

  /** Somebody else's wallet. Problems: `not-found`. */
  async walletOf(organisationId: string, memberId: string): Promise<WalletView> {
    await this.members.view(organisationId, memberId);
    return this.wallet(organisationId, memberId);
  }

  /** Somebody else's statement. Problems: `not-found`. */
  async postingsOf(organisationId: string, memberId: string, query: WalletQuery) {
    await this.members.view(organisationId, memberId);
    return this.postings(organisationId, memberId, query);
  }

  async budgets(organisationId: string, limit: number, cursor?: string) {
    const rows = await this.database.read((tx) =>
      budgetStore.list(tx, organisationId, limit + 1, cursor),
    );
    const budgets = rows.map((row) => ({ ...row, paid: paid(row), left: row.balance }));
    return page(budgets, limit, ({ id }) => id);
  }
}
