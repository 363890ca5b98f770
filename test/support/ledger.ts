import { LedgerCheckService } from '@palmares/server/ledger/ledger-check.service';
import { LedgerService, type Due, type Settled } from '@palmares/server/ledger/ledger.service';
import { SpendingService } from '@palmares/server/ledger/spending.service';
import { PeopleService } from '@palmares/server/people/people.service';
import type { Turn } from '@palmares/server/people/sequence';
import { Database, type Tx } from '@palmares/server/platform/database';
import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { TestServer } from './server.js';

/** A programme that pays points to the members of one organisation, each call a transaction. */
export class Programme {
  readonly budgetId = randomUUID();

  constructor(
    private readonly server: TestServer,
    readonly organisationId: string,
  ) {}

  private get ledger() {
    return this.server.app.get(LedgerService);
  }

  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.server.app.get(Database).transaction(work);
  }

  private inTurn<T>(work: (tx: Tx, turn: Turn) => Promise<T>): Promise<T> {
    const people = this.server.app.get(PeopleService);
    return this.transaction(async (tx) => work(tx, await people.turn(tx, this.organisationId)));
  }

  reserve(amount: number): Promise<void> {
    const { budgetId } = this;
    const wanted = { budgetId, name: 'Sprint', currency: 'points', amount };
    return this.inTurn((tx, turn) => this.ledger.reserve(tx, turn, wanted));
  }

  release(): Promise<void> {
    return this.inTurn((tx, turn) => this.ledger.release(tx, turn, this));
  }

  due(memberId: string, due: number, more: Partial<Due> = {}): Due {
    return {
      reference: 'challenge/1/0',
      memberId,
      budgetId: this.budgetId,
      currency: 'points',
      due,
      expiresOn: null,
      regime: 'test',
      reason: 'Sprint',
      ...more,
    };
  }

  settle(...dues: Due[]): Promise<Settled> {
    return this.inTurn((tx, turn) => this.ledger.settle(tx, turn, dues));
  }

  hold(memberId: string, order: number | string, amount: number): Promise<void> {
    return this.transaction((tx) => this.spending.hold(tx, this.purpose(memberId, order), amount));
  }

  spend(memberId: string, order: number | string): Promise<void> {
    return this.transaction((tx) => this.spending.spend(tx, this.purpose(memberId, order)));
  }

  giveBack(memberId: string, order: number | string): Promise<void> {
    return this.transaction((tx) => this.spending.giveBack(tx, this.purpose(memberId, order)));
  }

  vest(memberId: string, reference: string): Promise<void> {
    const purpose = { ...this.purpose(memberId, ''), reference };
    return this.transaction((tx) => this.spending.vest(tx, purpose));
  }

  check() {
    return this.server.app.get(LedgerCheckService).check(this.organisationId);
  }

  /** The ledger has something in it, and contradicts itself nowhere. */
  async expectClean(): Promise<void> {
    const { differences, first, checked } = await this.check();
    expect({ differences, first }).toEqual({ differences: 0, first: [] });
    expect(checked.postings).toBeGreaterThan(0);
  }

  private get spending() {
    return this.server.app.get(SpendingService);
  }

  private purpose(memberId: string, order: number | string) {
    const { organisationId } = this;
    const reference = `order/${order}`;
    return { organisationId, memberId, currency: 'points', reference, reason: '', actor: null };
  }
}
