import { Injectable } from '@nestjs/common';
import { giveBack, hold, spend, vest } from '@palmares/shared/ledger/order';
import type { Posting } from '@palmares/shared/ledger/posting';
import { v7 as uuid } from 'uuid';
import { ProblemError } from '../http/problem-error.js';
import { Signal } from '../live/signal.js';
import { PeopleService } from '../people/people.service.js';
import { Clock } from '../platform/clock.js';
import type { Tx } from '../platform/database.js';
import { Journal } from './journal.js';
import * as postingStore from './posting.store.js';
import * as walletStore from './wallet.store.js';
import { nameOf, type OpenWallet, type WalletName } from './wallet.store.js';

/** Something that a member spends points on, or has earned but not got yet. */
export interface Purpose extends WalletName {
  organisationId: string;
  reference: string;
  reason: string;
  actor: string | null;
}

type Decide = (open: OpenWallet, before: Posting[], today: string) => Posting[];

/**
 * What members do with their points. None of it needs a turn: only the wallet is locked, before
 * rewards and budgets. Each may be done again, and posts once.
 */
@Injectable()
export class SpendingService {
  constructor(
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly signal: Signal,
  ) {}

  /** Sets points aside. Problems: `insufficient-points`. */
  async hold(tx: Tx, purpose: Purpose, amount: number): Promise<void> {
    await this.post(tx, purpose, ({ wallet }, before, today) => {
      if (before.length > 0) return [];
      const decided = hold(wallet, amount, today, uuid);
      if (!decided.ok) throw new ProblemError(decided.problem);
      return decided.postings;
    });
  }

  /** Spends what is held. */
  async spend(tx: Tx, purpose: Purpose): Promise<void> {
    await this.post(tx, purpose, (_open, before) => spend(before, uuid));
  }

  /** Gives back what is held or was spent: to its lots, and where one has expired it has too. */
  async giveBack(tx: Tx, purpose: Purpose): Promise<void> {
    await this.post(tx, purpose, ({ wallet }, before, today) =>
      giveBack(wallet, before, today, uuid),
    );
  }

  /** What was earned as pending may be spent from now on. */
  async vest(tx: Tx, purpose: Purpose): Promise<void> {
    await this.post(tx, purpose, ({ wallet }, before, today) => vest(wallet, before, today, uuid));
  }

  /** Whose points of these references became pending, and may still be. */
  async pending(tx: Tx, organisationId: string, references: readonly string[]) {
    return postingStore.pending(tx, organisationId, references);
  }

  private async post(tx: Tx, purpose: Purpose, decide: Decide): Promise<void> {
    const { organisationId, reference, memberId, reason, actor } = purpose;
    const open = (await walletStore.lock(tx, organisationId, [purpose])).get(nameOf(purpose));
    if (!open) throw new RangeError(`the wallet of ${memberId} is not open`);
    const before = await postingStore.under(tx, organisationId, { reference, ownerId: memberId });
    await walletStore.loadLots(tx, organisationId, [open]);
    const postings = decide(open, before, await this.people.today(organisationId, tx));
    const journal = new Journal(
      { organisationId, seq: null, now: this.clock.now(), actor },
      this.signal,
    );
    journal.enter(open, postings, { reference, count: before.length, reason });
    await journal.write(tx);
  }
}
