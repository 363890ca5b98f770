import fc from 'fast-check';
import { addDays, type Day } from '../time/day.js';
import { emptyBudget, paid, pay, release, reserve, type Budget } from './budget.js';
import { difference, expire, posted, type Entitlement } from './entitlement.js';
import { giveBack, hold, spend } from './order.js';
import { afterAll, emptyWallet, isSource, type Posting, type Wallet } from './posting.js';

/** What may happen to the points of a small organisation; members, lines and orders by number. */
export type LedgerCommand =
  | { do: 'due'; dues: { member: number; line: number; due: number }[]; lasts: number | null }
  | { do: 'adjust'; member: number; amount: number }
  | { do: 'hold'; order: number; member: number; amount: number }
  | { do: 'spend' | 'give-back'; order: number }
  | { do: 'reserve'; amount: number }
  | { do: 'release' | 'expire' }
  | { do: 'wait'; days: number };

export const MEMBERS = 3;
export const START: Day = '2026-03-15';

const anyMember = fc.nat(MEMBERS - 1);
const anyOrder = fc.nat(4);
const anyDues = fc.uniqueArray(
  fc.record({ member: anyMember, line: fc.nat(2), due: fc.nat(120) }),
  { minLength: 1, maxLength: 4, selector: ({ member, line }) => `${member} ${line}` },
);
const anyLedgerCommand: fc.Arbitrary<LedgerCommand> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('due' as const),
      dues: anyDues,
      lasts: fc.option(fc.integer({ min: 1, max: 30 })),
    }),
  },
  fc.record({
    do: fc.constant('adjust' as const),
    member: anyMember,
    amount: fc.integer({ min: -150, max: 150 }).filter((amount) => amount !== 0),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('hold' as const),
      order: anyOrder,
      member: anyMember,
      amount: fc.integer({ min: 1, max: 100 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('spend' as const), order: anyOrder }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('give-back' as const), order: anyOrder }) },
  fc.record({ do: fc.constant('reserve' as const), amount: fc.nat(900) }),
  fc.record({ do: fc.constantFrom('release' as const, 'expire' as const) }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.nat(12) }) },
);

export const anyLedgerCourse = fc
  .array(anyLedgerCommand, { minLength: 1, maxLength: 40 })
  .map((course): LedgerCommand[] => [{ do: 'reserve', amount: 600 }, ...course]);

export type Outcome = 'done' | 'insufficient-points' | 'budget-exceeded' | 'taken';

/** A posting, whose wallet it is and what for. */
export interface Entry extends Posting {
  member: number;
  reference: string;
}

export const lineReference = (line: number) => `challenge/1/${line}`;

/** A ledger in memory, led by the pure functions alone. */
export class LedgerModel {
  readonly wallets: Wallet[] = Array.from({ length: MEMBERS }, () => emptyWallet);
  readonly entries: Entry[] = [];
  /** Who ordered. */
  readonly orders = new Map<number, number>();
  budget: Budget = emptyBudget;
  today = START;
  private readonly byPurpose = new Map<string, Entry[]>();
  private ids = 0;
  private adjustments = 0;

  private readonly nextId = () => String((this.ids += 1)).padStart(8, '0');

  run(command: LedgerCommand): Outcome {
    switch (command.do) {
      case 'due':
        return this.due(command);
      case 'adjust':
        return this.adjust(command.member, command.amount);
      case 'hold':
        return this.hold(command);
      case 'spend':
      case 'give-back':
        return this.follow(command.do, command.order);
      case 'reserve':
        return this.keep(reserve(this.budget, command.amount));
      case 'release':
        return this.keep({ ok: true, budget: release(this.budget) });
      case 'expire':
        for (let member = 0; member < MEMBERS; member++) this.expire(member);
        return 'done';
      case 'wait':
        this.today = addDays(this.today, command.days);
        return 'done';
    }
  }

  lasting(days: number | null): Day | null {
    return days === null ? null : addDays(this.today, days);
  }

  under(reference: string, member: number): Entry[] {
    return this.byPurpose.get(`${member} ${reference}`) ?? [];
  }

  private enter(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const purpose = `${entry.member} ${entry.reference}`;
      const known = this.byPurpose.get(purpose);
      if (known) known.push(entry);
      else this.byPurpose.set(purpose, [entry]);
      this.entries.push(entry);
    }
  }

  private due({ dues, lasts }: LedgerCommand & { do: 'due' }): Outcome {
    const more = { regime: 'test', from: 'budget' as const };
    const expiresOn = this.lasting(lasts);
    const wallets = [...this.wallets];
    const made: Entry[] = [];
    for (const { member, line, due } of dues) {
      const reference = lineReference(line);
      const entitlement = { ...more, reference, due, expiresOn };
      const standing = posted(this.under(reference, member));
      const wallet = wallets[member] ?? emptyWallet;
      const postings = difference(wallet, entitlement, standing, this.today, this.nextId);
      wallets[member] = afterAll(wallet, postings);
      made.push(...postings.map((one) => ({ ...one, member, reference })));
    }
    const paying = pay(this.budget, posted(made));
    if (!paying.ok) return 'budget-exceeded';
    this.budget = paying.budget;
    this.wallets.splice(0, MEMBERS, ...wallets);
    this.enter(made);
    return 'done';
  }

  private adjust(member: number, due: number): Outcome {
    const reference = `adjustment/${(this.adjustments += 1)}`;
    const entitlement: Entitlement = {
      reference,
      due,
      from: 'issuance',
      regime: 'adjustment',
      expiresOn: null,
    };
    const wallet = this.wallets[member] ?? emptyWallet;
    this.write(member, reference, difference(wallet, entitlement, 0, this.today, this.nextId));
    return 'done';
  }

  private hold({ order, member, amount }: LedgerCommand & { do: 'hold' }): Outcome {
    if (this.orders.has(order)) return 'taken';
    const decided = hold(this.wallets[member] ?? emptyWallet, amount, this.today, this.nextId);
    if (!decided.ok) return 'insufficient-points';
    this.orders.set(order, member);
    this.write(member, `order/${order}`, decided.postings);
    return 'done';
  }

  private follow(what: 'spend' | 'give-back', order: number): Outcome {
    const member = this.orders.get(order);
    if (member === undefined) return 'done';
    const reference = `order/${order}`;
    const standing = this.under(reference, member);
    const wallet = this.wallets[member] ?? emptyWallet;
    const made =
      what === 'spend'
        ? spend(standing, this.nextId)
        : giveBack(wallet, standing, this.today, this.nextId);
    this.write(member, reference, made);
    return 'done';
  }

  private expire(member: number): void {
    const made = expire(this.wallets[member] ?? emptyWallet, this.today, this.nextId);
    for (const one of made) this.write(member, `expiry/${one.parts[0]?.lotId}`, [one]);
  }

  private keep(decided: ReturnType<typeof reserve>): Outcome {
    if (!decided.ok) return 'budget-exceeded';
    this.budget = decided.budget;
    return 'done';
  }

  private write(member: number, reference: string, made: readonly Posting[]): void {
    this.wallets[member] = afterAll(this.wallets[member] ?? emptyWallet, made);
    this.enter(made.map((one) => ({ ...one, member, reference })));
  }

  /** What has left for the wallets from an account, less what has come back. */
  given(source: 'issuance' | 'budget'): number {
    const from = this.entries.filter((one) => one.from === source || one.to === source);
    return posted(from.filter((one) => isSource(one.from) || isSource(one.to)));
  }

  get paid(): number {
    return paid(this.budget);
  }
}

/** What a lot is, but for its id. */
export const lotsOf = (wallet: Wallet) =>
  wallet.lots
    .map(({ id: _id, ...lot }) => lot)
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
