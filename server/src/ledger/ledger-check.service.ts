import { Injectable } from '@nestjs/common';
import { accounts } from '@palmares/shared/ledger/posting';
import { Database, type Tx } from '../platform/database.js';
import * as store from './ledger-check.store.js';
import type { LedgerDifference } from './ledger-check.store.js';

export type { LedgerDifference } from './ledger-check.store.js';

const SHOWN = 20;
const LOOKED_AT = 1_000;

/** Adds up every posting again, and compares. */
@Injectable()
export class LedgerCheckService {
  constructor(private readonly database: Database) {}

  /** What is wrong with the ledger of an organisation, all of it as of one instant. */
  async check(organisationId: string) {
    return this.database.snapshot(async (tx) => {
      const found = await this.differences(tx, organisationId);
      return {
        differences: found.length,
        first: found.slice(0, SHOWN),
        checked: await store.counts(tx, organisationId),
        currencies: await this.currencies(tx, organisationId),
      };
    });
  }

  /** Where what is stored contradicts itself. */
  async differences(tx: Tx, organisationId: string): Promise<LedgerDifference[]> {
    return store.differences(tx, organisationId, LOOKED_AT);
  }

  private async currencies(tx: Tx, organisationId: string) {
    const rows = await store.totals(tx, organisationId);
    return [...new Set(rows.map(({ currency }) => currency))].map((currency) => {
      const own = rows.filter((row) => row.currency === currency);
      const balanceOf = (account: string) =>
        own.find((row) => row.account === account)?.balance ?? 0;
      return {
        currency,
        accounts: Object.fromEntries(accounts.map((one) => [one, balanceOf(one)])),
      };
    });
  }
}
