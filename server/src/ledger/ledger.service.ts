import { Injectable } from '@nestjs/common';
import { pay, release, reserve } from '@palmares/shared/ledger/budget';
import { verdictOf } from '@palmares/shared/challenge/signature';
import { difference, type Entitlement } from '@palmares/shared/ledger/entitlement';
import { posting, type Posting } from '@palmares/shared/ledger/posting';
import { POINTS } from '@palmares/shared/ledger/currency';
import type { Adjusted, Adjustment } from '@palmares/shared/ledger/wallet';
import { v7 as uuid } from 'uuid';
import { AuditService } from '../audit/audit.service.js';
import { CommandAnswers } from '../http/command-answers.js';
import type { CommandKey } from '../http/command-key.js';
import { ProblemError } from '../http/problem-error.js';
import { Signal } from '../live/signal.js';
import { needCounting } from '../people/needs-counting.js';
import { PeopleService } from '../people/people.service.js';
import { ProvenanceService } from '../people/provenance.service.js';
import type { Turn } from '../people/sequence.js';
import { breathe } from '../platform/breathe.js';
import { Clock } from '../platform/clock.js';
import { Database, type Tx } from '../platform/database.js';
import * as budgetStore from './budget.store.js';
import type { BudgetRow } from './budget.store.js';
import * as currencyStore from './currency.store.js';
import { Journal } from './journal.js';
import * as postingStore from './posting.store.js';
import * as walletStore from './wallet.store.js';
import { nameOf, type OpenWallet } from './wallet.store.js';

/** Wallets decided on before the sockets are served again. */
const AT_ONCE = 5_000;

/** What a member is due for something; postings are numbered under reference and member. */
export interface Due {
  reference: string;
  memberId: string;
  /** What pays; null for issuance itself. */
  budgetId: string | null;
  currency: string;
  due: number;
  /** The first local day on which what is earned cannot be spent any more. */
  expiresOn: string | null;
  regime: string;
  reason: string;
  pending?: boolean;
}

export interface Settled {
  postings: number;
  /** Points that the members got, less those that were taken back. */
  paid: number;
}

/** What a programme may do with points: reserve a budget, pay what is due, give the rest back. */
@Injectable()
export class LedgerService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly signal: Signal,
    private readonly answers: CommandAnswers,
    private readonly audit: AuditService,
    private readonly provenance: ProvenanceService,
  ) {}

  /**
   * Makes the envelope of a budget this large; doing it again changes nothing.
   * Problems: `budget-exceeded` when more has been paid, `points-currency-unknown`.
   */
  async reserve(
    tx: Tx,
    turn: Turn,
    wanted: { budgetId: string; name: string; currency: string; amount: number },
    actor: string | null = null,
  ): Promise<void> {
    const { budgetId, name, currency, amount } = wanted;
    await this.needCurrency(tx, turn.organisationId, currency);
    const now = this.clock.now();
    const row = { id: budgetId, name, currency };
    await budgetStore.ensure(tx, turn.organisationId, row, now);
    await this.changeBudget(tx, turn, budgetId, 'reserve', actor, (budget) => {
      if (budget.currency !== currency) throw new RangeError(`a budget in ${budget.currency}`);
      const decided = reserve(budget, amount);
      if (!decided.ok) throw new ProblemError(decided.problem, budget.name);
      return decided.budget;
    });
  }

  /** Gives back what is left of a budget. Without a budget there is nothing to do. */
  async release(
    tx: Tx,
    turn: Turn,
    { budgetId }: { budgetId: string },
    actor: string | null = null,
  ): Promise<void> {
    await this.changeBudget(tx, turn, budgetId, 'release', actor, release);
  }

  /**
   * Posts for each entitlement the difference between what is due and what stands posted; so
   * running twice posts once, and whatever was corrected ends where it should.
   * Problems: `budget-exceeded` with the name of the budget, `points-currency-unknown`.
   */
  async settle(
    tx: Tx,
    turn: Turn,
    dues: readonly Due[],
    actor: string | null = null,
  ): Promise<Settled> {
    refuseRepeated(dues);
    const { organisationId } = turn;
    for (const currency of new Set(dues.map((one) => one.currency))) {
      await this.needCurrency(tx, organisationId, currency);
    }
    const open = await walletStore.lock(tx, organisationId, dues);
    const changes = await this.changes(tx, organisationId, dues, open);
    await walletStore.loadLots(tx, organisationId, [
      ...new Set(
        changes.flatMap(({ due, wallet, count }) => {
          return due.due < 0 || count > 0 ? [wallet] : [];
        }),
      ),
    ]);
    const today = await this.people.today(organisationId, tx);
    const journal = this.journal(turn, actor);
    const paid = new Map<string, number>();
    const settled: Settled = { postings: 0, paid: 0 };
    for (const [at, { due, wallet, posted, count }] of changes.entries()) {
      if (at % AT_ONCE === 0) await breathe();
      const postings = difference(wallet.wallet, entitlementOf(due), posted, today, uuid);
      const { reference, reason, budgetId } = due;
      journal.enter(wallet, postings, { reference, count, reason, budgetId });
      settled.paid += due.due - posted;
      if (budgetId) paid.set(budgetId, (paid.get(budgetId) ?? 0) + due.due - posted);
    }
    await this.payFrom(tx, organisationId, paid);
    await journal.write(tx);
    return { ...settled, postings: journal.size };
  }

  /**
   * Gives points to a member, or takes them, by the hand of somebody, with a reason. What cannot
   * be taken is owed. Problems: `idempotency-key-reused`, `own-wallet`, `member-unknown`,
   * `points-currency-unknown`, `signature-does-not-count`.
   */
  async adjust(
    organisationId: string,
    by: { memberId: string; signature: string },
    key: CommandKey,
    { memberId, currency, amount, reason }: Adjustment,
  ): Promise<Adjusted> {
    if (by.memberId === memberId) throw new ProblemError('own-wallet');
    return this.database.transaction((tx) =>
      this.answers.once(tx, organisationId, by.signature, key, async () => {
        const turn = await this.people.turn(tx, organisationId);
        const directory = await this.people.directory(tx, turn);
        if (!directory.byId.has(memberId)) throw new ProblemError('member-unknown');
        if (amount > 0) await this.refuseHand(tx, organisationId, by.signature, memberId);
        const reference = `adjustment/${uuid()}`;
        const more = { budgetId: null, expiresOn: null, regime: 'adjustment' };
        const due = { ...more, reference, memberId, currency, due: amount, reason };
        await this.settle(tx, turn, [due], by.signature);
        const what = { action: 'adjustment.post', subject: `member:${memberId}` } as const;
        const after = { reference, currency, amount };
        await this.audit.write(tx, { organisationId, ...what, after });
        const open = await walletStore.lock(tx, organisationId, [due]);
        const { available, pending, held, owed } = walletOf(open, due).wallet;
        return { reference, memberId, currency, available, pending, held, owed: 0 - owed };
      }),
    );
  }

  /** HR gives no points to a member from whom they have their account, their way in or their role. */
  private async refuseHand(
    tx: Tx,
    organisationId: string,
    signature: string,
    memberId: string,
  ): Promise<void> {
    const gainers = new Set([`member:${memberId}`]);
    const grants = await this.provenance.grants(tx, organisationId, [signature]);
    needCounting(verdictOf({ signature, roles: ['hr'], teams: [] }, { gainers, grants }));
  }

  /** The entitlements of which something else stands posted than is due. */
  private async changes(
    tx: Tx,
    organisationId: string,
    dues: readonly Due[],
    open: Map<string, OpenWallet>,
  ) {
    // Whoever has no wallet has no postings.
    const known = dues.filter((due) => walletOf(open, due).known);
    const about = known.map(({ reference, memberId }) => ({ reference, ownerId: memberId }));
    const found = await postingStore.standings(tx, organisationId, about);
    const standing = new Map(known.map((due, at) => [due, found[at]]));
    return dues.flatMap((due) => {
      const { posted, count } = standing.get(due) ?? { posted: 0, count: 0 };
      return due.due === posted ? [] : [{ due, wallet: walletOf(open, due), posted, count }];
    });
  }

  private async payFrom(tx: Tx, organisationId: string, paid: ReadonlyMap<string, number>) {
    if (paid.size === 0) return;
    const budgets = await budgetStore.lock(tx, organisationId, [...paid.keys()]);
    for (const [id, amount] of paid) {
      const budget = budgets.get(id);
      if (!budget) throw new RangeError(`there is no budget ${id}`);
      const decided = pay(budget, amount);
      if (!decided.ok) throw new ProblemError(decided.problem, budget.name);
      await budgetStore.write(tx, organisationId, { ...budget, ...decided.budget });
    }
  }

  private async changeBudget(
    tx: Tx,
    turn: Turn,
    id: string,
    reason: string,
    actor: string | null,
    decide: (budget: BudgetRow) => Pick<BudgetRow, 'reserved' | 'returned' | 'balance'>,
  ): Promise<void> {
    const budget = (await budgetStore.lock(tx, turn.organisationId, [id])).get(id);
    if (!budget) return;
    const { balance } = budget;
    Object.assign(budget, decide(budget));
    const more = budget.balance - balance;
    if (more === 0) return;
    const journal = this.journal(turn, actor);
    const move: Posting =
      more > 0
        ? posting(uuid(), 'issuance', 'budget', more)
        : posting(uuid(), 'budget', 'issuance', -more);
    journal.enterBudget(budget, move, reason);
    await budgetStore.write(tx, turn.organisationId, budget);
    await journal.write(tx);
  }

  /** Every organisation has points; another currency has to be there. */
  private async needCurrency(tx: Tx, organisationId: string, code: string): Promise<void> {
    if ((await currencyStore.list(tx, organisationId)).includes(code)) return;
    if (code !== POINTS) throw new ProblemError('points-currency-unknown', code);
    await currencyStore.ensure(tx, organisationId, code, this.clock.now());
  }

  private journal({ organisationId, seq }: Turn, actor: string | null): Journal {
    return new Journal({ organisationId, seq, now: this.clock.now(), actor }, this.signal);
  }
}

function walletOf(open: ReadonlyMap<string, OpenWallet>, due: Due): OpenWallet {
  const wallet = open.get(nameOf(due));
  if (!wallet) throw new RangeError(`the wallet of ${due.memberId} is not open`);
  return wallet;
}

function entitlementOf({ reference, due, budgetId, regime, expiresOn, pending }: Due): Entitlement {
  const from = budgetId === null ? 'issuance' : 'budget';
  return { reference, due, from, regime, expiresOn, ...(pending && { pending }) };
}

function refuseRepeated(dues: readonly Due[]): void {
  const names = new Set(dues.map(({ reference, memberId }) => `${memberId} ${reference}`));
  if (names.size < dues.length) throw new RangeError('an entitlement is settled twice at once');
}
